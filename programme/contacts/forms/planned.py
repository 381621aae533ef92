"""A contact to come, and what became of one."""

from datetime import datetime
from typing import Any

from programme.access.models import User
from programme.contacts.forms.happened import HappenedForm
from programme.contacts.forms.places import AS_SENTENCES, HowForm
from programme.core.choices import ContactKind, ContactMode
from programme.core.dates import at_local, today
from programme.core.forms import KeyField
from recurrent.design import fields


class PlanForm(HowForm):
    """When a contact is to be, how, and with whom."""

    key = KeyField()
    day = fields.DateField(label="Day", called="the day", earliest=today)
    at = fields.TimeField(label="Time", called="the time")
    with_whom = fields.TextField(
        label="Who else will be there?",
        called="who else will be there",
        required=False,
        max_length=200,
        attrs=AS_SENTENCES,
    )

    mode = fields.ChoiceField(
        label="How", called="how you will be in touch", choices=ContactMode.choices, inline=True
    )

    kind = fields.ChoiceField(
        label="Is it one of these?",
        called="which of these it is",
        help_text="What became of it is then to be written down sooner",
        required=False,
        initial="",
        choices=[*ContactKind.choices, ("", "Neither")],
    )

    field_order = ("day", "at", "mode", "place", "with_whom", "kind")

    def for_action(self, user: User) -> dict[str, Any]:
        """Everything ``actions.plan_contact`` takes but the parent and who is saving."""
        typed = {name: self.cleaned_data[name] for name in ("key", "mode", "with_whom", "kind")}
        return {**typed, **self.place_and_worker(user), "planned_for": self._planned_for()}

    def _planned_for(self) -> datetime:
        return at_local(self.cleaned_data["day"], self.cleaned_data["at"])


class BecameForm(HappenedForm):
    """What became of a planned contact; its answers are the buttons that save."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.make_buttons()

    def for_action(self) -> dict[str, Any]:
        """What ``actions.settle_planned_contact`` takes."""
        return {name: self.cleaned_data[name] for name in ("outcome", "missed_because")}
