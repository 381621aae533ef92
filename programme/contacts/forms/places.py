"""Where a contact belongs and how it was made: the questions several forms ask."""

from collections.abc import Sequence
from typing import Any

from programme.access.models import User
from programme.contacts.reads import Place, PlaceOption, worker_of
from programme.core.choices import ContactMode
from recurrent.design import fields, forms
from recurrent.design.bound import DesignBoundField, Option, designed
from recurrent.design.typed import TypedDate

# Always in sight; the rest are one tap away, under "Another way".
USUAL_MODES = (
    ContactMode.HOME_VISIT,
    ContactMode.PHONE,
    ContactMode.TEXT,
    ContactMode.COMMUNITY_VISIT,
)
AS_SENTENCES = {"spellcheck": "true", "autocapitalize": "sentences"}


def shows_something(bound: DesignBoundField) -> bool:
    """Whether a field shows anything typed or ticked."""
    return bound.value() not in (None, "", [], TypedDate())


class PlaceForm(forms.Form):
    """A form about one of several places; it asks which only when there is more than one."""

    place = fields.ChoiceField(label="Which work is this part of?", called="where this belongs")

    def __init__(self, *args: Any, places: Sequence[PlaceOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {option.place.key: option for option in places}
        field = self.fields["place"]
        assert isinstance(field, fields.ChoiceField)
        field.choices = [(key, option.words) for key, option in self.places.items()]
        field.initial = next(iter(self.places))
        if len(self.places) == 1:
            del self.fields["place"]

    @property
    def chosen(self) -> PlaceOption:
        """The place chosen, or the only one."""
        return self.places[self.cleaned_data.get("place") or next(iter(self.places))]

    def place_and_worker(self, user: User) -> dict[str, Any]:
        """The place, and who the user is as a worker there."""
        place: Place = self.chosen.place
        return {"place": place, "worker": worker_of(user, place.programme)}


class HowForm(PlaceForm):
    """A form that also asks how; the usual ways are in sight, the rest one tap away."""

    mode = fields.ChoiceField(
        label="How", called="how you were in touch", choices=ContactMode.choices, inline=True
    )

    def _modes(self) -> list[Option]:
        return designed(self["mode"]).options

    def modes_in_sight(self) -> list[Option]:
        """The usual ways, and the one chosen or used last time."""
        usual = {*USUAL_MODES, self.get_initial_for_field(self.fields["mode"], "mode")}
        return [option for option in self._modes() if option.value in usual]

    def other_modes(self) -> list[Option]:
        """The ways that stay folded."""
        shown = {option.value for option in self.modes_in_sight()}
        return [option for option in self._modes() if option.value not in shown]

    @property
    def other_mode_is_chosen(self) -> bool:
        """Whether the folded ways must be in sight."""
        return any(option.selected for option in self.other_modes())
