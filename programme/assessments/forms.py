"""What was typed about an assessment or a meeting, checked; saving is the job of ``actions``."""

from collections.abc import Mapping, Sequence
from typing import Any

from programme.assessments.models import Assessment, Meeting
from programme.assessments.reads import is_open
from programme.core.choices import AssessmentKind, MeetingKind, ParentRole, YesNoNotRecorded
from programme.core.dates import today
from programme.core.forms import AmendingForm, VersionField
from programme.episodes.forms import OfWorkForm
from recurrent.design import fields, forms

GOES_ON, COMPLETED, CALLED_OFF = "goes_on", "completed", "called_off"
SET, HELD = "set", "held"
NOBODY = ("", "Nobody in particular")
# What is asked of an assessment, and of a meeting, by how it stands.
ASSESSED = {
    GOES_ON: ["due_on"],
    COMPLETED: ["completed_on", "conclusion"],
    CALLED_OFF: ["cancelled_reason"],
}
MET = {SET: ["due_on"], HELD: ["held_on", "parent_attended", "father_attended"], CALLED_OFF: []}


def _attended(label: str) -> fields.ChoiceField:
    return fields.ChoiceField(
        label=label, choices=YesNoNotRecorded.choices, required=False, inline=True
    )


class StartAssessmentForm(OfWorkForm):
    """An assessment that was begun."""

    kind = fields.ChoiceField(
        label="Which assessment?", called="which assessment it is", choices=AssessmentKind.choices
    )
    about = fields.ChoiceField(label="Whom is it about?", called="whom it is about")
    started_on = fields.DateField(
        label="When was it started?", called="the day it was started", initial=today, latest=today
    )
    due_on = fields.DateField(
        label="By when is it to be completed?",
        called="the day it is to be completed",
        help_text="Only if somebody set a day. Otherwise the rules of your service say",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        about: Sequence[tuple[str, str, dict[str, Any]]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {key: stored for key, _, stored in about}
        field = self.fields["about"]
        assert isinstance(field, fields.ChoiceField)
        field.choices, field.required = [NOBODY, *((key, words) for key, words, _ in about)], False
        if not about:
            del self.fields["about"]
        self.order_fields(["episode", "kind", "about", "started_on", "due_on"])

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.start_assessment`` takes but the key and who is saving."""
        typed = self.cleaned_data
        names = ("kind", "started_on", "due_on")
        about = self.stored.get(typed.get("about", ""), {})
        return {"episode": self.chosen, **{name: typed[name] for name in names}, **about}


class ChangeAssessmentForm(AmendingForm):
    """How an assessment stands now."""

    version = VersionField()
    stands = fields.ChoiceField(
        label="How does it stand?",
        called="how it stands",
        choices=[
            (GOES_ON, "It goes on"),
            (COMPLETED, "It was completed"),
            (CALLED_OFF, "It will not be completed"),
        ],
        reveals=ASSESSED,
    )
    due_on = fields.DateField(
        label="By when is it to be completed?",
        called="the day it is to be completed",
        help_text="Only if somebody set a day",
        required=False,
    )
    completed_on = fields.DateField(
        label="When was it completed?", called="the day it was completed", latest=today
    )
    conclusion = fields.LongTextField(
        label="What did it conclude?", required=False, rows=4, help_text="In a few plain words"
    )
    cancelled_reason = fields.TextField(
        label="Why not?", called="why it will not be completed", max_length=200
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, initial=_as_assessed(assessment), **kwargs)
        self.assessment = assessment

    def says_the_same(self) -> bool:
        """Whether it stands so already."""
        return _stands_so(self, ASSESSED)

    def for_action(self) -> dict[str, Any]:
        """What ``actions.change_assessment`` takes of how it stands."""
        typed = self.cleaned_data
        if typed["stands"] == COMPLETED:
            kept = {"completed_on": typed["completed_on"], "conclusion": typed["conclusion"]}
            return {"due_on": self.assessment.due_on, **kept}
        if typed["stands"] == CALLED_OFF:
            why = typed["cancelled_reason"]
            return {"due_on": self.assessment.due_on, "cancelled_reason": why}
        return {"due_on": typed["due_on"]}


class DaysOfMeeting(forms.Form):
    """When it is set for or was held, and who came."""

    due_on = fields.DateField(label="For which day?", called="the day it is set for")
    held_on = fields.DateField(label="On which day?", called="the day it was held", latest=today)
    parent_attended = _attended("Did the parent attend?")
    father_attended = _attended("Did the father of the child attend?")


class MeetingForm(DaysOfMeeting, OfWorkForm):
    """A meeting that is set, or was held."""

    kind = fields.ChoiceField(
        label="Which meeting?", called="which meeting it is", choices=MeetingKind.choices
    )
    stands = fields.ChoiceField(
        label="Is it set, or was it held?",
        called="whether it is set or was held",
        choices=[(SET, "It is set for a day"), (HELD, "It was held")],
        reveals=MET,
    )

    def __init__(self, *args: Any, parent_role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_once(self, parent_role)
        self.order_fields(["episode", "kind", "stands"])

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.record_meeting`` takes but the key and who is saving."""
        kind = {"episode": self.chosen, "kind": self.cleaned_data["kind"]}
        return kind | _of_meeting(self.cleaned_data, None)


class ChangeMeetingForm(DaysOfMeeting, AmendingForm):
    """How a meeting stands now."""

    version = VersionField()
    stands = fields.ChoiceField(
        label="How does it stand?",
        called="how it stands",
        choices=[
            (SET, "It is set for a day"),
            (HELD, "It was held"),
            (CALLED_OFF, "It will not be held"),
        ],
        reveals=MET,
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, initial=_as_met(meeting), **kwargs)
        self.meeting = meeting
        _ask_once(self, meeting.episode.parent.parent_role)
        self.order_fields(["stands", *MET[SET], *MET[HELD], "reason"])

    def says_the_same(self) -> bool:
        """Whether it stands so already."""
        return _stands_so(self, MET)

    def for_action(self) -> dict[str, Any]:
        """What ``actions.change_meeting`` takes of how it stands."""
        is_called_off = self.cleaned_data["stands"] == CALLED_OFF
        return {"is_called_off": is_called_off} | _of_meeting(self.cleaned_data, self.meeting)


def _stands_so(form: AmendingForm, asked: Mapping[str, Sequence[str]]) -> bool:
    """Whether what was typed is what the row says; of what was not asked, nothing is."""
    typed = form.cleaned_data
    names = ["stands", *asked.get(typed.get("stands", ""), ())]
    return all(typed.get(name) == form.initial.get(name) for name in names if name in form.fields)


def _ask_once(form: forms.Form, parent_role: str) -> None:
    """Where the parent is the father, one question says whether he came."""
    if parent_role == ParentRole.FATHER:
        del form.fields["father_attended"]


def _of_meeting(typed: dict[str, Any], meeting: Meeting | None) -> dict[str, Any]:
    """Its days as they are stored: the day it was set for stays when it was held."""
    was_set_for = meeting.due_on if meeting else None
    if typed["stands"] == SET:
        return {"due_on": typed["due_on"]}
    if typed["stands"] == CALLED_OFF:
        return {"due_on": was_set_for}
    names = ("held_on", "parent_attended", "father_attended")
    return {"due_on": was_set_for, **{name: typed.get(name, "") for name in names}}


def _as_assessed(row: Assessment) -> dict[str, Any]:
    ended = CALLED_OFF if row.cancelled_on else COMPLETED
    return {
        "version": row.version,
        "stands": GOES_ON if is_open(row) else ended,
        "due_on": row.due_on,
        "completed_on": row.completed_on,
        "conclusion": row.conclusion,
        "cancelled_reason": row.cancelled_reason,
    }


def _as_met(row: Meeting) -> dict[str, Any]:
    ended = CALLED_OFF if row.cancelled_on else HELD
    return {
        "version": row.version,
        "stands": SET if is_open(row) else ended,
        "due_on": row.due_on,
        "held_on": row.held_on,
        "parent_attended": row.parent_attended,
        "father_attended": row.father_attended,
    }
