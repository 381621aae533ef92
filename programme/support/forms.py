"""What was typed about a goal or help, checked; saving is the job of ``actions``."""

from typing import Any

from programme.core.choices import (
    GoalEnd,
    GoalKind,
    GoalSetBy,
    SupportCategory,
    SupportResponse,
)
from programme.core.dates import today
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.episodes.forms import OfWorkForm
from programme.support.models import Goal, Support
from recurrent.design import fields, forms

GOES_ON = "goes_on"
# Therapy is a part of the record of its own.
CATEGORIES = [one for one in SupportCategory.choices if one[0] != SupportCategory.THERAPEUTIC]
REASON = "Why are you changing what was written?"
# Asked of help by what the parent said to it.
OF_HELP: dict[str, list[str]] = {
    SupportResponse.TAKEN: ["started_on", "ended_on", "parent_rating"],
    SupportResponse.DECLINED: [],
    SupportResponse.WAITING: [],
    SupportResponse.NOT_YET_ANSWERED: [],
}


def _rating(label: str, help_text: str) -> fields.WholeNumberField:
    return fields.WholeNumberField(
        label=label,
        called="the number",
        help_text=help_text,
        suffix="of 10",
        width=2,
        min_value=0,
        max_value=10,
        required=False,
    )


class GoalWords(forms.Form):
    """A goal as it was agreed."""

    wording = fields.LongTextField(
        label="What is the goal, in the parent’s own words?", called="the goal", rows=3
    )
    set_by = fields.ChoiceField(
        label="Whose goal is it?", called="whose goal it is", choices=GoalSetBy.choices
    )
    kind = fields.SelectField(
        label="What is it about?",
        choices=[("", "Not said"), *GoalKind.choices],
        required=False,
    )
    agreed_on = fields.DateField(
        label="When was it agreed?", called="the day it was agreed", initial=today, latest=today
    )


class AgreeGoalForm(GoalWords, OfWorkForm):
    """A goal that was agreed."""

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.agree_goal`` takes but the key and who is saving."""
        return {"episode": self.chosen, **_typed(self, GoalWords)}


class AmendingWords(AmendingForm):
    """How something stands now; other words for it need a reason, how it stands does not."""

    key = KeyField()
    version = VersionField()
    reason = fields.TextField(
        label=REASON,
        called="why you are changing what was written",
        help_text="Only if you change it. Kept with what it said before",
    )
    # Said by a subclass: what is written once.
    words: tuple[str, ...] = ()

    def __init__(self, *args: Any, row: Goal | Support, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_ended = row.ended_on is not None

    def says_the_same(self) -> bool:
        """Whether nothing that was written changes; how it goes on is written on."""
        names = [*self.words, *(["stands", "ended_on"] if self.has_ended else [])]
        asked = [name for name in names if name in self.fields]
        return all(self.cleaned_data.get(name) == self.initial.get(name) for name in asked)


class ChangeGoalForm(AmendingWords, GoalWords):
    """How a goal stands now."""

    words = tuple(GoalWords.base_fields)
    stands = fields.ChoiceField(
        label="How does it stand?",
        called="how it stands",
        choices=[
            (GOES_ON, "It goes on"),
            (GoalEnd.REACHED, "It was reached"),
            (GoalEnd.CHANGED, "Another goal took its place"),
            (GoalEnd.LET_GO, "It was let go"),
        ],
        reveals={end: ["ended_on"] for end in GoalEnd.values},
    )
    ended_on = fields.DateField(
        label="Since when?", called="the day it ended", initial=today, latest=today
    )
    rating = _rating(
        "How far has it come today?",
        "As the parent says: 0 is not at all, 10 is there. Leave it out if nobody asked",
    )

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, row=goal, initial=_as_goal(goal), **kwargs)
        self.order_fields(["stands", "ended_on", "rating", *self.words, "reason"])

    def for_action(self) -> dict[str, Any]:
        """What ``actions.change_goal`` takes of how it stands."""
        typed = self.cleaned_data
        goes_on = typed["stands"] == GOES_ON
        return {
            **_typed(self, GoalWords),
            "ended_on": None if goes_on else typed["ended_on"],
            "ended_how": "" if goes_on else typed["stands"],
            "rating": typed["rating"],
        }


class HelpWords(forms.Form):
    """Help as it was offered."""

    category = fields.ChoiceField(
        label="What kind of help?", called="what kind of help it is", choices=CATEGORIES
    )
    kind = fields.TextField(
        label="What was offered?",
        called="what was offered",
        help_text="For example, help with a housing form",
        max_length=200,
    )
    provider = fields.TextField(label="Who gives it?", max_length=200, required=False)
    offered_on = fields.DateField(
        label="When was it offered?", called="the day it was offered", initial=today, latest=today
    )


class HelpStanding(forms.Form):
    """What became of it."""

    response = fields.ChoiceField(
        label="What did the parent say?",
        called="what the parent said",
        choices=SupportResponse.choices,
        reveals=OF_HELP,
        initial=SupportResponse.NOT_YET_ANSWERED,
    )
    started_on = fields.DateField(
        label="When did it begin?", called="the day it began", latest=today, required=False
    )
    ended_on = fields.DateField(
        label="When did it end?",
        called="the day it ended",
        help_text="Leave it out while it goes on",
        latest=today,
        required=False,
    )
    parent_rating = _rating(
        "How much did it help?", "As the parent says: 0 is not at all, 10 is a great deal"
    )


class OfferHelpForm(HelpStanding, HelpWords, OfWorkForm):
    """Help that was offered."""

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.offer_help`` takes but the key and who is saving."""
        return {"episode": self.chosen, **_typed(self, HelpWords), **_standing(self)}


class ChangeHelpForm(AmendingWords, HelpStanding, HelpWords):
    """How help stands now."""

    words = tuple(HelpWords.base_fields)

    def __init__(self, *args: Any, support: Support, **kwargs: Any) -> None:
        super().__init__(*args, row=support, initial=_as_help(support), **kwargs)
        self.order_fields([*HelpStanding.base_fields, *self.words, "reason"])

    def for_action(self) -> dict[str, Any]:
        """What ``actions.change_help`` takes of how it stands."""
        return {**_typed(self, HelpWords), **_standing(self)}


def _typed(form: forms.Form, asked: type[forms.Form]) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in asked.base_fields}


def _standing(form: forms.Form) -> dict[str, Any]:
    """What was not asked, of help nobody took up, is blank."""
    typed = form.cleaned_data
    response = typed["response"]
    asked = OF_HELP[response]
    named = {name: typed[name] if name in asked else None for name in OF_HELP["taken"]}
    return {"response": response, **named}


def _as_goal(goal: Goal) -> dict[str, Any]:
    return {
        **{name: getattr(goal, name) for name in GoalWords.base_fields},
        "version": goal.version,
        "stands": goal.ended_how or (GoalEnd.CHANGED if goal.ended_on else GOES_ON),
        "ended_on": goal.ended_on or today(),
    }


def _as_help(support: Support) -> dict[str, Any]:
    names = [*HelpWords.base_fields, *HelpStanding.base_fields]
    return {name: getattr(support, name) for name in names} | {"version": support.version}
