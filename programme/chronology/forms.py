"""What was typed about an event, checked; saving is the job of ``actions``."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms as plain
from django.utils import timezone

from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.pathways.models import Programme
from recurrent.design import fields, forms


class MarkForm(forms.Form):
    """Which event is marked: its kind and its key.

    It is sent, and stands in no address: a kind alone may tell much.
    """

    event = fields.HiddenField()

    def clean_event(self) -> tuple[str, UUID]:
        """The kind, which need not be one of ours, and the key of the row."""
        kind, _, row = self.cleaned_data["event"].partition(" ")
        try:
            return kind, UUID(row)
        except ValueError:
            raise plain.ValidationError("Press the button beside the event again") from None


class EntryForm(AmendingForm):
    """An event from outside the record: dated, sourced, in plain words."""

    key = KeyField()
    version = VersionField(required=False)
    happened_on = fields.DateField(
        label="When did it happen?", called="the day it happened", latest=timezone.localdate
    )
    known_on = fields.DateField(
        label="When did you learn of it?",
        called="the day you learned of it",
        help_text="Only if that was another day",
        required=False,
        latest=timezone.localdate,
    )
    what = fields.LongTextField(
        label="What happened?", called="what happened", help_text="Facts, in plain words"
    )
    source = fields.TextField(
        label="How do you know?",
        called="how you know",
        help_text="Whose letter or record it is, or who told you",
        max_length=200,
    )
    programme = fields.ChoiceField(label="Whose record is it?", called="whose record it is")

    def __init__(
        self,
        *args: Any,
        programmes: Sequence[Programme],
        needs_reason: bool = False,
        **kwargs: Any,
    ) -> None:
        """``programmes`` are those one may write for; with one, nobody is asked."""
        super().__init__(*args, needs_reason=needs_reason, **kwargs)
        self.programmes = {str(one.pk): one for one in programmes}
        if len(programmes) == 1:
            del self.fields["programme"]
        else:
            choices = [(key, one.name) for key, one in self.programmes.items()]
            self.fields["programme"].choices = choices  # type: ignore[attr-defined]

    def chosen_programme(self) -> Programme:
        """The programme in whose name it is written."""
        chosen = self.cleaned_data.get("programme") or next(iter(self.programmes))
        return self.programmes[chosen]

    def for_action(self) -> dict[str, Any]:
        """The event as the actions take it."""
        return {
            name: self.cleaned_data[name] for name in ("happened_on", "known_on", "what", "source")
        }


class WhyForm(AmendingForm):
    """Why an event is significant, if that is worth saying."""

    version = VersionField()
    why = fields.LongTextField(
        label="Why does it matter?", help_text="In your own words", required=False, rows=3
    )
