"""What was typed about a contact, checked; saving is the job of ``actions``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from programme.access.models import User
from programme.contacts.models import Contact
from programme.contacts.reads import Place, PlaceOption, in_a_sentence, worker_of
from programme.core.choices import ContactMode, ContactOutcome, ContactPurpose
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
MORE = ("minutes", "planned", "purpose", "statutory_visit", "due_on")
NEXT = ("next_step", "next_step_due_on")
FACTS = ("happened_at", "mode", "outcome", "note", *MORE)
AS_SENTENCES = {"spellcheck": "true", "autocapitalize": "sentences"}
# How one may have tried without an answer; the button says it.
NO_ANSWER = {
    ContactMode.PHONE: "tried by phone, no answer",
    ContactMode.HOME_VISIT: "went to the home, no answer",
    ContactMode.TEXT: "sent a text, no answer",
    ContactMode.EMAIL: "sent an email, no answer",
}


class KeyField(django_forms.UUIDField):
    """The key of the row to come, carried by its form: sent twice, it is one row."""

    widget = django_forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(initial=uuid4, required=False)

    def clean(self, value: Any) -> UUID:
        """The key; one that is spoiled costs the check for a second send, never the words."""
        try:
            return super().clean(value) or uuid4()
        except ValidationError:
            return uuid4()


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


class ContactForm(PlaceForm):
    """What a contact is: when, how, what happened, and more for those who want it."""

    happened_at = fields.WhenField(label="When", called="when it was", initial="now", latest=None)
    mode = fields.ChoiceField(
        label="How", called="how you were in touch", choices=ContactMode.choices, inline=True
    )
    outcome = fields.ChoiceField(
        label="What happened?", called="what happened", choices=ContactOutcome.choices
    )
    note = fields.LongTextField(
        label="Note",
        required=False,
        attrs=AS_SENTENCES,
    )
    minutes = fields.WholeNumberField(
        label="How long", required=False, min_value=0, max_value=1440, suffix="minutes"
    )
    planned = fields.YesNoField(label="Was it planned?", required=False)
    purpose = fields.SelectField(
        label="What for", required=False, choices=[("", "Not said"), *ContactPurpose.choices]
    )
    statutory_visit = fields.YesNoField(label="Was it a statutory visit?", required=False)
    due_on = fields.DateField(
        label="When was the visit due?", called="the day the visit was due", required=False
    )

    def facts(self) -> dict[str, Any]:
        """What was said about the contact itself, as an action or the record takes it."""
        return {name: self.cleaned_data[name] for name in FACTS}

    def apply_to(self, contact: Contact) -> Contact:
        """The contact as it was typed; a time shown to the minute keeps its seconds."""
        earlier = contact.happened_at
        for name, value in self.facts().items():
            setattr(contact, name, value)
        if _to_the_minute(earlier) == _to_the_minute(contact.happened_at):
            contact.happened_at = earlier
        return contact

    def more(self) -> list[DesignBoundField]:
        """The folded fields."""
        return [designed(self[name]) for name in (*MORE, *NEXT) if name in self.fields]

    @property
    def more_is_open(self) -> bool:
        """Whether the folded part holds something typed or wrong."""
        return any(one.errors or _typed(one) for one in self.more())

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


class LogContactForm(ContactForm):
    """A new contact. Its outcome is the button that saves it (decision 0004)."""

    key = KeyField()
    next_step = fields.TextField(
        label="Next step",
        required=False,
        attrs=AS_SENTENCES,
    )
    next_step_due_on = fields.DateField(
        label="Do it by", called="the day to do it by", required=False
    )

    field_order = ("happened_at", "mode", "place", "note", *MORE, *NEXT, "outcome")

    def __init__(self, *args: Any, last_mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].initial = last_mode
        outcome = self.fields["outcome"]
        assert isinstance(outcome, fields.ChoiceField)
        outcome.choices = [
            (value, f"Save: {in_a_sentence(label)}") for value, label in ContactOutcome.choices
        ]
        if not any(option.may_plan for option in self.places.values()):
            for name in NEXT:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A day without a next step, or a next step where none can be agreed, is sent back."""
        typed = self.cleaned_data
        if typed.get("next_step_due_on") and not typed.get("next_step"):
            self.add_error("next_step", "Enter the next step, or take its day out")
        if typed.get("next_step") and not self.chosen.may_plan:
            self.add_error("next_step", "A next step needs an open episode that you work in")
        return typed

    def for_action(self, user: User) -> dict[str, Any]:
        """Everything ``actions.record_contact`` takes but the parent and who is saving."""
        planned = {name: self.cleaned_data[name] for name in NEXT if name in self.fields}
        key = self.cleaned_data["key"]
        return {**self.facts(), **planned, **self.place_and_worker(user), "key": key}

    @property
    def is_now(self) -> bool:
        """Whether "when" was left at now, which is another moment at every send."""
        return bool(self["happened_at"].data.choice == "now")


class CorrectContactForm(ContactForm):
    """A contact put right, with the version that was on the page."""

    version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    why = fields.TextField(
        label="Why are you correcting it?",
        called="why you are correcting it",
        help_text="Kept with the earlier version",
    )

    field_order = ("happened_at", "mode", "outcome", "place", "note", *MORE, "why")

    def __init__(self, *args: Any, contact: Contact, needs_reason: bool, **kwargs: Any) -> None:
        shown = {name: getattr(contact, name) for name in (*FACTS, "version")}
        super().__init__(*args, initial=shown, **kwargs)
        if not needs_reason:
            del self.fields["why"]

    def move(self, contact: Contact, user: User) -> None:
        """Puts the contact where it was said to belong, with the user as worker there."""
        place: Place = self.chosen.place
        if contact.programme != place.programme:
            contact.worker = worker_of(user, place.programme)
        contact.programme = place.programme
        contact.episode, contact.referral = place.episode, place.referral


@dataclass(frozen=True)
class Way:
    """One button: how it was tried."""

    value: str
    label: str


class NoAnswerForm(PlaceForm):
    """Tried, no answer: nothing typed. How it was tried is the button that saves it."""

    key = KeyField()
    mode = fields.ChoiceField(label="How you tried", choices=list(NO_ANSWER.items()))

    def __init__(self, *args: Any, last_mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = ContactMode(last_mode) if last_mode in NO_ANSWER else ContactMode.PHONE

    def ways(self) -> list[Way]:
        """Each way with its button; as last time, or by phone, first."""
        ordered = sorted(NO_ANSWER.items(), key=lambda way: way[0] != self.first)
        return [Way(mode.value, f"Save: {words}") for mode, words in ordered]

    def for_action(self, user: User) -> dict[str, Any]:
        """Everything ``actions.record_contact`` takes but the parent and who is saving."""
        return {
            "key": self.cleaned_data["key"],
            "mode": self.cleaned_data["mode"],
            "outcome": ContactOutcome.TRIED_NO_ANSWER,
            "happened_at": timezone.now(),
            **self.place_and_worker(user),
        }


class NextStepForm(PlaceForm):
    """What was agreed to do next, in one of the open episodes given as ``places``."""

    key = KeyField()
    wording = fields.LongTextField(
        label="What is the next step?", called="the next step", rows=3, attrs=AS_SENTENCES
    )
    due_on = fields.DateField(label="Do it by", called="the day to do it by", required=False)

    field_order = ("wording", "due_on", "place")

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.add_next_step`` takes but who is saving."""
        typed = {name: self.cleaned_data[name] for name in ("key", "wording", "due_on")}
        return {**typed, "episode": self.chosen.place.episode}

    def renew_key(self) -> None:
        """Makes the next send of the same page another step."""
        assert isinstance(self.data, QueryDict)
        again = self.data.copy()
        again["key"] = str(uuid4())
        self.data = again


def _typed(bound: DesignBoundField) -> bool:
    """Whether a field shows anything."""
    shown = bound.value()
    return shown not in (None, "", TypedDate())


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
