"""What was typed about a contact, checked; saving is the job of ``actions``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils import timezone

from programme.access.models import User
from programme.contacts.forms.happened import HappenedForm
from programme.contacts.forms.places import AS_SENTENCES, HowForm, PlaceForm, shows_something
from programme.contacts.models import Contact
from programme.contacts.reads import Asked, Place, answer_of, served_keys, worker_of
from programme.core.choices import ContactMode, ContactOutcome, ContactPurpose
from programme.core.forms import AmendingForm, KeyField, VersionField
from recurrent.design import fields
from recurrent.design.bound import DesignBoundField, designed

SAID_OF_IT = ("minutes", "planned", "purpose", "statutory_visit", "due_on")
MORE = ("served", *SAID_OF_IT)
NEXT = ("next_step", "next_step_due_on")
FACTS = ("happened_at", "mode", "outcome", "missed_because", "needs_met", "note", *SAID_OF_IT)
# How one may have tried without an answer; the button says it.
NO_ANSWER = {
    ContactMode.PHONE: "tried by phone, no answer",
    ContactMode.HOME_VISIT: "went to the home, no answer",
    ContactMode.TEXT: "sent a text, no answer",
    ContactMode.EMAIL: "sent an email, no answer",
}


class ContactForm(HappenedForm, HowForm):
    """What a contact is: when, how, what happened, and more for those who want it."""

    happened_at = fields.WhenField(label="When", called="when it was", initial="now", latest=None)
    needs_met = fields.YesNoField(required=False)
    note = fields.LongTextField(
        label="Note",
        required=False,
        attrs=AS_SENTENCES,
    )
    served = fields.CheckboxesField(label="What it served", required=False)
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

    def __init__(self, *args: Any, asked: Asked | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = asked or Asked()
        self.fields["needs_met"].label = asked.need
        if not asked.need:
            del self.fields["needs_met"]
        served = self.fields["served"]
        assert isinstance(served, fields.CheckboxesField)
        served.choices = asked.served
        served.initial = sorted(asked.ticked)
        if not asked.served:
            del self.fields["served"]

    def facts(self) -> dict[str, Any]:
        """What was said about the contact itself, as an action or the record takes it.

        Nobody asks for an interpreter of one who did not come.
        """
        said = {name: self.cleaned_data.get(name) for name in FACTS}
        if said["outcome"] != ContactOutcome.MET:
            said["needs_met"] = None
        return said

    def served_keys(self) -> dict[str, list[UUID]]:
        """The goals and the help that were ticked, as an action takes them."""
        return served_keys(self.cleaned_data.get("served", []))

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
        return any(one.errors or shows_something(one) for one in self.more())


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

    field_order = ("happened_at", "mode", "place", "needs_met", "note", *MORE, *NEXT, "outcome")

    def __init__(self, *args: Any, last_mode: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"].initial = last_mode
        self.make_buttons()
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
        said = {**self.facts(), **self.served_keys(), **planned}
        return {**said, **self.place_and_worker(user), "key": key}

    @property
    def is_now(self) -> bool:
        """Whether "when" was left at now, which is another moment at every send."""
        return bool(self["happened_at"].data.choice == "now")


class CorrectContactForm(AmendingForm, ContactForm):
    """A contact put right, with the version that was on the page."""

    version = VersionField()

    field_order = ("happened_at", "mode", "outcome", "place", "needs_met", "note", *MORE, "reason")

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        shown = {name: getattr(contact, name) for name in (*FACTS, "version")}
        shown["outcome"] = answer_of(contact.outcome, contact.missed_because)
        super().__init__(*args, initial=shown, **kwargs)
        self.keep_answer(shown["outcome"], contact.get_outcome_display())

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


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
