"""What was typed about court, checked; saving is the job of ``actions``."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from programme.core.choices import (
    CourtDateKind,
    CourtSource,
    FinalOrder,
    HearingKind,
    HearingOutcome,
    ProceedingsEnd,
    UrgencyReason,
    YesNoNotRecorded,
)
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.people.models import Child, Parent
from programme.proceedings.actions import Dated, Said, Sitting
from programme.proceedings.models import (
    Hearing,
    Named,
    ProceedingsParent,
    Representation,
)
from recurrent.design import fields, forms


class SaidForm(forms.Form):
    """Who says so and since when it is known; without papers, the parent told us."""

    key = KeyField()
    source = fields.ChoiceField(
        label="Who says so?", called="who says so", choices=CourtSource.choices
    )
    source_words = fields.TextField(
        label="Which paper, or in which words",
        help_text="Such as “order of 4 March” or “on the phone”",
        required=False,
        max_length=200,
    )
    known_on = fields.DateField(
        label="When did it become known to us?",
        called="the day it became known",
        initial=timezone.localdate,
        latest=timezone.localdate,
    )
    said_last: Sequence[str] = ("source", "source_words", "known_on")

    def __init__(self, *args: Any, from_papers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not from_papers:
            del self.fields["source"]
            self.fields["source_words"].label = "How was it said"
            self.fields["source_words"].help_text = "Such as “on the phone”"
        self.order_fields([name for name in self.fields if name not in self.said_last])

    def said(self) -> Said:
        """Who says so, as an action takes it."""
        typed = self.cleaned_data
        source = typed.get("source") or CourtSource.PARENT.value
        return Said(source, typed["known_on"], typed["source_words"])


class DateForm(SaidForm):
    """One date of a set as one source gives it."""

    kind = fields.ChoiceField(
        label="Which date is it?",
        called="which date it is",
        choices=CourtDateKind.choices,
        reveals={
            CourtDateKind.FIRST_HEARING: ["notice_days", "urgency_reason"],
            CourtDateKind.CONCLUDED: ["ended_how"],
            CourtDateKind.ORDER: ["child", "order"],
        },
    )
    notice_days = fields.WholeNumberField(
        label="How much notice was given?",
        called="the notice",
        required=False,
        min_value=0,
        max_value=365,
        suffix="days",
    )
    urgency_reason = fields.ChoiceField(
        label="Why was it urgent?", required=False, choices=UrgencyReason.choices
    )
    ended_how = fields.ChoiceField(
        label="How did they end?", required=False, choices=ProceedingsEnd.choices
    )
    child = fields.ChoiceField(label="Which child?", called="the child")
    order = fields.ChoiceField(label="Which order?", called="the order", choices=FinalOrder.choices)
    happened_on = fields.DateField(label="On which day?", called="the day", required=False)
    taken_back = fields.ConfirmField(label="This date was wrong: take it back", required=False)

    def __init__(self, *args: Any, children: Iterable[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(child.pk): child for child in children}
        child = self.fields["child"]
        assert isinstance(child, fields.ChoiceField)
        child.choices = [
            (key, one.given_names or "A child, no name recorded")
            for key, one in self.children.items()
        ]
        if not self.children:
            self._leave_orders_out()

    def _leave_orders_out(self) -> None:
        kind = self.fields["kind"]
        assert isinstance(kind, fields.ChoiceField)
        kind.choices = [one for one in CourtDateKind.choices if one[0] != CourtDateKind.ORDER]

    def clean(self) -> dict[str, Any]:
        """A date has a day, unless it is taken back."""
        typed = self.cleaned_data
        has_day = typed.get("happened_on") or "happened_on" in self.errors
        if not typed.get("taken_back") and not has_day:
            self.add_error("happened_on", "Enter the day")
        return typed

    def dated(self) -> Dated:
        """The date, as an action takes it."""
        typed = self.cleaned_data
        taken_back = bool(typed.get("taken_back"))
        return Dated(
            kind=typed["kind"],
            happened_on=None if taken_back else typed["happened_on"],
            taken_back=taken_back,
            notice_days=typed["notice_days"],
            urgency_reason=typed["urgency_reason"],
            ended_how=typed["ended_how"],
            child=self.children.get(typed["child"]),
            order="" if taken_back else typed["order"],
        )


class SetForm(DateForm):
    """A new set, by its first date."""

    court_reference = fields.TextField(
        label="Court reference", required=False, max_length=100, autocomplete="off"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["taken_back"]
        self.fields["happened_on"].required = True
        self._leave_orders_out()
        if "source" not in self.fields:
            del self.fields["court_reference"]


class HearingForm(SaidForm):
    """A hearing: when, where, what for."""

    held_on = fields.DateField(label="On which day?", called="the day")
    begins_at = fields.TimeField(label="At what time?", required=False)
    kind = fields.ChoiceField(
        label="Which hearing?", called="which hearing it is", choices=HearingKind.choices
    )
    court = fields.TextField(label="Which court", required=False, max_length=200)
    what_for = fields.LongTextField(label="What is to be decided", required=False, rows=3)

    def sitting(self) -> Sitting:
        """The hearing, as an action takes it."""
        names = ("held_on", "kind", "begins_at", "court", "what_for")
        return Sitting(**{name: self.cleaned_data[name] for name in names})


class HearingChangeForm(AmendingForm, SaidForm):
    """What became of a hearing: held, moved to another day, called off."""

    version = VersionField()
    outcome = fields.ChoiceField(
        label="What happened?",
        called="what happened",
        choices=HearingOutcome.choices,
        reveals={
            HearingOutcome.HELD: ["what_came_of_it"],
            HearingOutcome.MOVED: ["held_on", "begins_at"],
        },
    )
    what_came_of_it = fields.LongTextField(label="What came of it", required=False, rows=3)
    held_on = fields.DateField(label="The new day", called="the new day")
    begins_at = fields.TimeField(label="The new time", required=False)

    def __init__(self, *args: Any, hearing: Hearing, from_papers: bool, **kwargs: Any) -> None:
        initial = {"version": hearing.version, "begins_at": hearing.begins_at}
        super().__init__(*args, from_papers=from_papers, initial=initial, **kwargs)
        self.recorded = (hearing.outcome, hearing.what_came_of_it)
        self.only_moves = hearing.parent_id is None and not from_papers
        if self.only_moves:
            # The parent's word about a hearing that papers know: another day, beside it.
            outcome = self.fields["outcome"]
            assert isinstance(outcome, fields.ChoiceField)
            outcome.choices = [(HearingOutcome.MOVED.value, "The parent says it was moved")]

    def says_the_same(self) -> bool:
        """Whether this outcome is recorded already; a new day is no outcome."""
        typed = (self.cleaned_data.get("outcome"), self.cleaned_data.get("what_came_of_it", ""))
        return typed == self.recorded or typed[0] == HearingOutcome.MOVED


class CompanyForm(forms.Form):
    """Whether the parent wants somebody along."""

    key = KeyField()
    is_wanted = fields.YesNoField(
        label="Does the parent want somebody along?",
        called="whether somebody is to come along",
        reveals={"yes": ["who"]},
    )
    who = fields.TextField(
        label="Who is to come", help_text="Such as you, or a friend", required=False, max_length=200
    )


class RepresentationForm(SaidForm):
    """Who stands for the parent."""

    at_first_hearing = fields.ChoiceField(
        label="Did somebody stand for the parent at the first hearing?",
        called="whether somebody stood for the parent",
        choices=YesNoNotRecorded.choices,
        inline=True,
    )
    now = fields.ChoiceField(
        label="And now?",
        called="whether somebody stands for the parent now",
        choices=YesNoNotRecorded.choices,
        inline=True,
        reveals={YesNoNotRecorded.YES: ["solicitor"]},
    )
    solicitor = fields.TextField(
        label="Which solicitor",
        help_text="The firm is enough",
        required=False,
        max_length=200,
        autocomplete="off",
    )

    ANSWERS = ("at_first_hearing", "now", "solicitor")

    def __init__(
        self, *args: Any, link: ProceedingsParent, said: Representation | None, **kwargs: Any
    ) -> None:
        initial = {"at_first_hearing": link.represented_at_first_hearing}
        if said:
            initial = {name: getattr(said, name) for name in self.ANSWERS}
        super().__init__(*args, from_papers=True, initial=initial, **kwargs)

    def answers(self) -> dict[str, str]:
        """The answers, as the action takes them."""
        return {name: self.cleaned_data[name] for name in self.ANSWERS}


def offer(form: forms.Form, name: str, offered: list[tuple[UUID, str]]) -> None:
    """The boxes of a field; where there is nobody to choose, it is not asked."""
    field = form.fields[name]
    assert isinstance(field, fields.CheckboxesField)
    field.choices = [(str(key), words) for key, words in offered]
    if not offered:
        del form.fields[name]


class PeopleForm(forms.Form):
    """Whom a set is about, beside the parent."""

    children = fields.CheckboxesField(label="Children", required=False)
    parents = fields.CheckboxesField(
        label="Other parents who are party",
        help_text="Their workers will see what papers say, and nothing this parent told us",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        children: Iterable[Child],
        parents: Iterable[tuple[Parent, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "children", [(one.pk, one.given_names or "A child") for one in children])
        offer(self, "parents", [(one.pk, name) for one, name in parents])

    def clean(self) -> dict[str, Any]:
        """Somebody has to be chosen."""
        nobody = not any(self.cleaned_data.get(name) for name in self.fields)
        if self.fields and nobody and not self.errors:
            self.add_error(next(iter(self.fields)), "Choose at least one")
        return self.cleaned_data


class MistakeForm(forms.Form):
    """Who was named by mistake, and why that was one."""

    people = fields.CheckboxesField(label="Who was named by mistake?")
    because = fields.TextField(
        label="Why was it a mistake?",
        called="why it was a mistake",
        help_text="Such as “another family of the same name”",
        max_length=500,
    )

    def __init__(self, *args: Any, named: Iterable[tuple[Named, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "people", [(row.pk, words) for row, words in named])
