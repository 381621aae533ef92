"""Who covers, from which day to which, and who rings each parent."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.forms import BoundField

from programme.access.models import User
from programme.core.dates import today
from programme.core.forms import KeyField
from recurrent.design import fields, forms

# The answer that leaves a parent with the colleague who covers.
WHO_COVERS = "stand_in"


class CoverForm(forms.Form):
    """One colleague for all, unless another is chosen for a parent."""

    key = KeyField()
    from_day = fields.DateField(label="First day away", called="the first day", initial=today)
    to_day = fields.DateField(label="Last day away", called="the last day")
    stand_in = fields.SelectField(
        label="Who covers?",
        called="who covers",
        help_text=(
            "Sees and writes what this worker does, until the end of the last day. Notes about"
            " contraception only where the parent agreed to a stand-in."
        ),
    )

    def __init__(
        self, *args: Any, colleagues: Sequence[User], parents: Iterable[tuple[UUID, str]], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.colleagues = {str(one.pk): one for one in colleagues}
        choices = [(key, one.name) for key, one in self.colleagues.items()]
        field: Any = self.fields["stand_in"]
        field.choices = [("", "Choose"), *choices]
        self.parent_ids = []
        for parent_id, name in parents:
            self.parent_ids.append(parent_id)
            self.fields[_name(parent_id)] = fields.SelectField(
                label=f"Who rings {name}?",
                called=f"who rings {name}",
                choices=[(WHO_COVERS, "Whoever covers"), *choices],
            )

    def asks_about(self, parent_id: UUID) -> BoundField:
        """The question who rings one parent."""
        return self[_name(parent_id)]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.arrange_cover`` takes but the worker and who is saving."""
        typed = self.cleaned_data
        chosen = {key: _chosen(typed[_name(key)], typed["stand_in"]) for key in self.parent_ids}
        stand_ins = {key: self.colleagues[user] for key, user in chosen.items()}
        return {**{name: typed[name] for name in ("from_day", "to_day")}, "stand_ins": stand_ins}


def _chosen(who: str, stand_in: str) -> str:
    return stand_in if who == WHO_COVERS else who


def _name(parent_id: UUID) -> str:
    return f"rings_{parent_id.hex}"
