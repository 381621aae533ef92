"""One visit with several people: what all of them may read, and what only one of them may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.http import QueryDict
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import own_key
from programme.contacts.actions import Present
from programme.contacts.forms.places import AS_SENTENCES, HowForm, shows_something
from programme.contacts.reads import (
    ANSWERS,
    MISSED,
    Place,
    There,
    happened_of,
    in_a_sentence,
    served_keys,
    worker_of,
)
from programme.core.choices import ContactOutcome
from programme.core.forms import KeyField
from recurrent.design import fields
from recurrent.design.bound import DesignBoundField, designed

WAS_THERE = (ContactOutcome.MET.value, "Was there, or spoke with us")
# Of somebody who did not come it is asked whose reason it was, and nothing else.
HAPPENED = [WAS_THERE, *(one for one in ANSWERS if happened_of(one[0])[0] == MISSED)]
IN_SIGHT = ("outcome", "needs_met", "only")
FOLDED = ("served", "next_step", "next_step_due_on")


@dataclass(frozen=True)
class Own:
    """What is asked about one of them: in sight, and folded."""

    name: str
    in_sight: list[DesignBoundField]
    folded: list[DesignBoundField]

    @property
    def is_open(self) -> bool:
        """Whether the folded part holds something typed or wrong."""
        return any(one.errors or shows_something(one) for one in self.folded)


class TogetherForm(HowForm):
    """A contact of several people, typed once; each will have a row of their own."""

    key = KeyField()
    happened_at = fields.WhenField(label="When", called="when it was", initial="now", latest=None)
    others = fields.CheckboxesField(
        label="Who else was there, or should have been?",
        called="who else was there, or should have been",
    )
    shared = fields.LongTextField(
        label="What everyone who was there may read",
        required=False,
        help_text="On the record of each who was there. Nothing that only one of them told you.",
        attrs=AS_SENTENCES,
    )
    because = fields.TextField(
        label="Why one entry for all of them?", required=False, attrs=AS_SENTENCES
    )

    def __init__(self, *args: Any, people: Sequence[There], last_mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me, self.there = people[0], {one.key: one for one in people[1:]}
        self.fields["mode"].initial = last_mode
        field = self.fields["others"]
        assert isinstance(field, fields.CheckboxesField)
        field.choices = [(one.key, one.name) for one in self.there.values()]
        for one in people:
            self._ask_about(one)
        if not self.is_apart:
            del self.fields["because"]

    def _ask_about(self, one: There) -> None:
        """What is asked about one of them; a need, goals and help only where there are some."""
        own: dict[str, Any] = {
            "outcome": fields.ChoiceField(
                label=f"Was {one.name} there?",
                choices=HAPPENED,
                initial=WAS_THERE[0],
                required=False,
            ),
            "only": fields.LongTextField(
                label=f"Only on the record of {one.name}",
                required=False,
                rows=3,
                attrs=AS_SENTENCES,
            ),
        }
        if one.asked.need:
            need = f"{one.name}: {in_a_sentence(one.asked.need)}"
            own["needs_met"] = fields.YesNoField(label=need, required=False)
        if one.asked.served:
            own["served"] = fields.CheckboxesField(
                label=f"What it served for {one.name}", required=False, choices=one.asked.served
            )
        if one is not self.me or any(option.may_plan for option in self.places.values()):
            own["next_step"] = fields.TextField(
                label=f"Next step with {one.name}", required=False, attrs=AS_SENTENCES
            )
            own["next_step_due_on"] = fields.DateField(
                label=f"Do the next step with {one.name} by",
                called="the day to do it by",
                required=False,
            )
        self.fields.update({f"{name}_{one.key}": field for name, field in own.items()})

    def everyone(self) -> list[There]:
        """The parent of this record first, then those who may have been there."""
        return [self.me, *self.there.values()]

    @property
    def is_apart(self) -> bool:
        """Whether separate entries are needed for one of them."""
        return any(one.is_apart for one in self.everyone())

    def own(self) -> list[Own]:
        """What is asked about each."""
        return [
            Own(one.name, self._bound(one, IN_SIGHT), self._bound(one, FOLDED))
            for one in self.everyone()
        ]

    def _bound(self, one: There, names: Sequence[str]) -> list[DesignBoundField]:
        keys = (f"{name}_{one.key}" for name in names)
        return [designed(self[key]) for key in keys if key in self.fields]

    def clean(self) -> dict[str, Any]:
        """A risk needs a reason; words about somebody who was not there are sent back."""
        typed = self.cleaned_data
        chosen = typed.get("others", [])
        for key, one in self.there.items():
            if self._says_something(one) and key not in chosen:
                self.add_error("others", f"Choose {one.name}, or take out what you wrote")
        people = [self.me, *(self.there[key] for key in chosen)]
        for one in people:
            self._check_step(one)
        if typed.get("shared") and not any(self._came(one) for one in people):
            self.add_error("shared", "Nobody was there: write it on the record of each")
        if chosen and not typed.get("because") and any(one.is_apart for one in people):
            self.add_error("because", "Say why it is one entry, or log each of them apart")
        return typed

    def _check_step(self, one: There) -> None:
        """A day without a next step, or a next step where none can be agreed, is sent back."""
        step, due_on = self._said(one, "next_step"), self._said(one, "next_step_due_on")
        if due_on and not step:
            self.add_error(f"next_step_{one.key}", "Enter the next step, or take its day out")
        if step and not one.may_plan(self._place_of(one)):
            self.add_error(
                f"next_step_{one.key}", "A next step needs an open episode that you work in"
            )

    def _said(self, one: There, name: str) -> Any:
        return self.cleaned_data.get(f"{name}_{one.key}")

    def _says_something(self, one: There) -> bool:
        """Whether anything was said of somebody, beside that this person was there."""
        if self._said(one, "outcome") not in ("", None, WAS_THERE[0]):
            return True
        names = ("needs_met", "only", *FOLDED)
        return any(self._said(one, name) not in ("", None, []) for name in names)

    def for_action(self, user: User) -> dict[str, Any]:
        """Everything ``actions.record_together`` takes but who is saving."""
        typed = self.cleaned_data
        return {
            "key": typed["key"],
            "happened_at": typed["happened_at"],
            "mode": typed["mode"],
            "people": [self._said_of(one, user) for one in self.chosen_people()],
        }

    def chosen_people(self) -> list[There]:
        """Everybody whom the visit was for."""
        return [self.me, *(self.there[key] for key in self.cleaned_data["others"])]

    def _place_of(self, one: There) -> Place:
        beside = self.chosen.place
        return beside if one is self.me else one.place_beside(beside)

    def _said_of(self, one: There, user: User) -> Present:
        """What goes on one record; who was not there has the shared part on no record."""
        place = self._place_of(one)
        outcome, missed_because = happened_of(self._said(one, "outcome") or WAS_THERE[0])
        was_there = outcome == ContactOutcome.MET
        shared = self.cleaned_data["shared"] if was_there else ""
        return Present(
            parent=one.parent,
            place=place,
            worker=worker_of(user, place.programme),
            note="\n\n".join(filter(None, (shared, self._said(one, "only")))),
            together_because=self._reason_on(one),
            outcome=outcome,
            missed_because=missed_because,
            needs_met=self._said(one, "needs_met") if was_there else None,
            next_step=self._said(one, "next_step") or "",
            next_step_due_on=self._said(one, "next_step_due_on"),
            **served_keys(self._said(one, "served") or []),
        )

    def _reason_on(self, one: There) -> str:
        """The reason speaks of the risk: it stands only where the reader knows of the risk from.

        Where only a protection asks for it, it stands on the record it was typed on: which of
        them is protected is told by nothing.
        """
        known = [who for who in self.chosen_people() if who.tells_of_risk]
        stands = one.tells_of_risk if known else one is self.me
        return self.cleaned_data.get("because", "") if stands else ""

    # --- Apart ------------------------------------------------------------------------------

    def apart(self, user: User) -> list[tuple[There, UUID, str]]:
        """For each of them the key of a draft and its words: a page of its own, as far as typed.

        Read as it was sent, for what is wrong with it is said on the page it goes to. Who was
        there takes the shared part along; where nobody was, each does, so that no word is lost.
        """
        self.full_clean()
        assert isinstance(self.data, QueryDict)
        sent = KeyField().clean(self.data.get("key"))
        people = [one for one in self.everyone() if one is self.me or _was_named(one, self.data)]
        came = [one for one in people if self._came(one)] or people
        found = []
        for one in people:
            key = uuid5(own_key(sent, one.parent.pk, user.pk), "apart")
            shared = self.data.get("shared", "") if one in came else ""
            found.append((one, key, self._words(one, key, shared, self.data)))
        return found

    def _came(self, one: There) -> bool:
        return (self.data.get(f"outcome_{one.key}") or WAS_THERE[0]) == WAS_THERE[0]

    def _words(self, one: There, key: UUID, shared: str, sent: QueryDict) -> str:
        """What was typed of one person, in the names of the page that logs one contact."""
        words = QueryDict(mutable=True)
        for name, values in sent.lists():
            if name.startswith(("mode", "happened_at")) or (name == "place" and one is self.me):
                words.setlist(name, values)
            elif one.key in name and not name.startswith(("only_", "outcome_")):
                words.setlist(name.replace(f"_{one.key}", ""), values)
        # "Now" would be another moment when the draft is opened.
        if when := self.cleaned_data.get("happened_at"):
            words["happened_at"] = f"{timezone.localtime(when):%Y-%m-%dT%H:%M}"
        words["note"] = "\n\n".join(filter(None, (shared, sent.get(f"only_{one.key}"))))
        words["key"] = str(key)
        return words.urlencode()


def _was_named(one: There, sent: QueryDict) -> bool:
    """Whether somebody was chosen, or anything was written or ticked beside the name."""
    own = [values for name, values in sent.lists() if one.key in name and "outcome" not in name]
    return one.key in sent.getlist("others") or any(any(values) for values in own)
