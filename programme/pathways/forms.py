"""What was typed about a day off, checked."""

from collections.abc import Sequence
from typing import Any

from programme.pathways.models import Programme
from recurrent.design import fields, forms


class ClosedDayForm(forms.Form):
    """A day on which a programme is closed; it asks which only when there is more than one."""

    programme = fields.ChoiceField(label="Which programme?", called="the programme")
    day = fields.DateField(label="Which day?", called="the day")
    why = fields.TextField(label="Why?", called="why", max_length=200)

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        field: Any = self.fields["programme"]
        field.choices = [(key, one.name) for key, one in self.programmes.items()]
        if len(self.programmes) == 1:
            del self.fields["programme"]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.add_closed_day`` takes but who is saving."""
        typed = self.cleaned_data
        key = typed.get("programme") or next(iter(self.programmes))
        return {"programme": self.programmes[key], "day": typed["day"], "why": typed["why"]}
