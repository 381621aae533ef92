"""One visit with several people: what all of them may read, and what only one of them may."""

from collections.abc import Sequence
from typing import Any

from programme.access.models import User
from programme.contacts.actions import Present
from programme.contacts.forms.places import AS_SENTENCES, HowForm
from programme.contacts.reads import Place, There, worker_of
from programme.core.forms import KeyField
from recurrent.design import fields
from recurrent.design.bound import DesignBoundField, designed


class TogetherForm(HowForm):
    """A contact of several people, typed once; each will have a row of their own."""

    key = KeyField()
    happened_at = fields.WhenField(label="When", called="when it was", initial="now", latest=None)
    others = fields.CheckboxesField(label="Who else was there?", called="who else was there")
    shared = fields.LongTextField(
        label="What everyone who was there may read",
        required=False,
        help_text="On each record. Nothing that only one of them told you.",
        attrs=AS_SENTENCES,
    )
    because = fields.TextField(
        label="Why one entry for all of them?", required=False, attrs=AS_SENTENCES
    )

    def __init__(
        self, *args: Any, me: There, others: Sequence[There], last_mode: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.me, self.there = me, {one.key: one for one in others}
        self.fields["mode"].initial = last_mode
        field = self.fields["others"]
        assert isinstance(field, fields.CheckboxesField)
        field.choices = [(one.key, one.name) for one in others]
        for one in (me, *others):
            self.fields[f"only_{one.key}"] = fields.LongTextField(
                label=f"Only on the record of {one.name}",
                required=False,
                rows=3,
                attrs=AS_SENTENCES,
            )
        if not self.at_risk():
            del self.fields["because"]

    def everyone(self) -> list[There]:
        """The parent of this record first, then those who may have been there."""
        return [self.me, *self.there.values()]

    def at_risk(self) -> list[There]:
        """Those of them whose rules on safe contact tell of a risk."""
        return [one for one in self.everyone() if one.tells_of_risk]

    def private(self) -> list[DesignBoundField]:
        """What only one of them may read, one box for each."""
        return [designed(self[f"only_{one.key}"]) for one in self.everyone()]

    def clean(self) -> dict[str, Any]:
        """A risk needs a reason; words about somebody who was not there are sent back."""
        typed = self.cleaned_data
        chosen = typed.get("others", [])
        for key, one in self.there.items():
            if typed.get(f"only_{key}") and key not in chosen:
                self.add_error("others", f"Choose {one.name}, or take out what you wrote")
        at_risk = [one for one in self.at_risk() if one is self.me or one.key in chosen]
        if at_risk and chosen and not typed.get("because"):
            self.add_error("because", "Say why it is one entry, or log each of them apart")
        return typed

    def for_action(self, user: User) -> dict[str, Any]:
        """Everything ``actions.record_together`` takes but who is saving."""
        typed, beside = self.cleaned_data, self.chosen.place
        return {
            "key": typed["key"],
            "happened_at": typed["happened_at"],
            "mode": typed["mode"],
            "people": [self._said_of(one, beside, user) for one in self.chosen_people()],
        }

    def chosen_people(self) -> list[There]:
        """Everybody who was there."""
        return [self.me, *(self.there[key] for key in self.cleaned_data["others"])]

    def _said_of(self, one: There, beside: Place, user: User) -> Present:
        typed = self.cleaned_data
        place = beside if one is self.me else one.place_beside(beside)
        said = (typed["shared"], typed[f"only_{one.key}"])
        return Present(
            parent=one.parent,
            place=place,
            worker=worker_of(user, place.programme),
            note="\n\n".join(filter(None, said)),
            # The reason speaks of the risk: it stands only where the risk is known from.
            together_because=typed.get("because", "") if one.tells_of_risk else "",
        )
