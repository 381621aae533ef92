"""What was typed about supervision, handing over and signing off, checked."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.db import models
from django.http import QueryDict

from programme.core.dates import today
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.episodes.models import Allocation, Supervision
from programme.pathways.models import Programme, StageDefinition, Worker
from programme.supervision.actions import Agreed
from recurrent.design import fields, forms

ACTIONS = (1, 2, 3)
AS_SENTENCES = {"spellcheck": "true", "autocapitalize": "sentences"}
ABOUT_THE_PARENT = (
    "About the parent and the work. How a worker is doing belongs to the worker: "
    "nothing about that is asked here or kept in a parent’s record."
)
WEIGHTS = ("0.5", "1.0", "1.5", "2.0", "2.5", "3.0")
ONE = "1.0"


class SupervisionWords(forms.Form):
    """What was said in a supervision."""

    held_on = fields.DateField(
        label="When did you talk?", called="the day you talked", initial=today, latest=today
    )
    talked_about = fields.LongTextField(
        label="What did you talk about?",
        called="what you talked about",
        help_text=ABOUT_THE_PARENT,
        rows=5,
        attrs=AS_SENTENCES,
    )
    decision = fields.LongTextField(
        label="What was decided?",
        called="what was decided",
        help_text="Write “nothing new” if so",
        rows=4,
        attrs=AS_SENTENCES,
    )

    def said(self) -> dict[str, Any]:
        """The words and the day, as ``Supervision`` keeps them."""
        return {name: self.cleaned_data[name] for name in SupervisionWords.base_fields}


class SupervisionForm(SupervisionWords):
    """A supervision of one open episode, with up to three actions."""

    key = KeyField()

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(one.pk): one for one in workers}
        if not workers:
            return
        for place in ACTIONS:
            self._ask(place)

    def _ask(self, place: int) -> None:
        self.fields[f"action_{place}"] = fields.LongTextField(
            label=f"Action {place}, if there is one",
            called=f"action {place}",
            required=False,
            rows=2,
            attrs=AS_SENTENCES,
        )
        self.fields[f"worker_{place}"] = fields.SelectField(
            label=f"Who does action {place}?",
            called=f"who does action {place}",
            required=False,
            choices=[(key, one.name) for key, one in self.workers.items()],
        )
        self.fields[f"due_on_{place}"] = fields.DateField(
            label=f"Action {place} is due on", called=f"the day for action {place}", required=False
        )

    def clean(self) -> dict[str, Any]:
        """An action has a day, and a day has an action."""
        typed = self.cleaned_data
        for place in ACTIONS if self.workers else ():
            wording, due_on = (typed.get(f"{name}_{place}") for name in ("action", "due_on"))
            if wording and not due_on and f"due_on_{place}" not in self.errors:
                self.add_error(f"due_on_{place}", f"Enter the day for action {place}")
            if due_on and not wording:
                self.add_error(f"action_{place}", f"Enter action {place}, or clear its day")
            if wording and not (typed.get(f"worker_{place}") or f"worker_{place}" in self.errors):
                self.add_error(f"worker_{place}", f"Choose who does action {place}")
        return typed

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.record_supervision`` takes but the episode and who is saving."""
        typed = self.cleaned_data
        agreed = [
            Agreed(
                typed[f"action_{place}"],
                typed[f"due_on_{place}"],
                self.workers[typed[f"worker_{place}"]],
            )
            for place in (ACTIONS if self.workers else ())
            if typed[f"action_{place}"]
        ]
        return {"key": typed["key"], **self.said(), "agreed": agreed}

    def renew_key(self) -> None:
        """The next save from this page is another supervision."""
        send_again(self, key=str(uuid4()))


class CorrectSupervisionForm(AmendingForm, SupervisionWords):
    """A supervision put right; its actions are next steps, and are changed as such."""

    version = VersionField()

    def __init__(self, *args: Any, supervision: Supervision, **kwargs: Any) -> None:
        names = ("version", *SupervisionWords.base_fields)
        shown = {name: getattr(supervision, name) for name in names}
        super().__init__(*args, initial=shown, **kwargs)
        self.order_fields([*SupervisionWords.base_fields, "reason"])

    def says_the_same(self) -> bool:
        """Whether nothing was changed."""
        names = SupervisionWords.base_fields
        return all(self.cleaned_data.get(name) == self.initial[name] for name in names)


def send_again(form: forms.Form, **hidden: str) -> None:
    """Puts other values in the hidden fields of a form that is shown once more."""
    assert isinstance(form.data, QueryDict)
    form.data = form.data.copy()
    for name, value in hidden.items():
        form.data[name] = value


class HandOverForm(forms.Form):
    """Who takes an episode on, from which day, and what that worker needs to know."""

    # The lead that the page showed; blank for nobody.
    seen = fields.TextField(required=False, widget=fields.HiddenInput)
    worker = fields.SelectField(label="Who takes it on?", called="who takes it on")
    from_date = fields.DateField(label="From which day?", called="the day", initial=today)
    note = fields.LongTextField(
        label="Handover note",
        called="the handover note",
        help_text=(
            "What the next worker needs to know: what matters to the parent, what was promised. "
            "The note is part of the record."
        ),
        rows=6,
        attrs=AS_SENTENCES,
    )

    def __init__(
        self,
        *args: Any,
        workers: Sequence[Worker],
        lead: Allocation | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = lead.pk.hex if lead else ""
        self.workers = {str(one.pk): one for one in workers if not lead or one != lead.worker}
        field: Any = self.fields["worker"]
        field.choices = [("", "Choose"), *((key, one.name) for key, one in self.workers.items())]
        self.fields["note"].required = lead is not None

    def have_now_seen(self, lead: Allocation | None) -> None:
        """The page goes back with the lead as it stands: the next send may change that."""
        send_again(self, seen=lead.pk.hex if lead else "")

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.hand_over`` takes but the episode and who is saving."""
        return {**self.cleaned_data, "worker": self.workers[self.cleaned_data["worker"]]}


class Answer(models.TextChoices):
    """What a supervisor says of a contact."""

    SIGN = "sign", "Sign it off"
    RETURN = "return", "Return it with comments"


class SignOffForm(forms.Form):
    """What comes of reading over a contact, with the version that was read."""

    version = VersionField()
    answer = fields.ChoiceField(
        label="What do you want to do?", called="what you want to do", choices=Answer.choices
    )
    comment = fields.LongTextField(
        label="Comments",
        called="your comments",
        help_text="Needed when you return it. Part of the record, like the contact",
        required=False,
        rows=4,
        attrs=AS_SENTENCES,
    )

    def clean(self) -> dict[str, Any]:
        """Nobody can answer to nothing."""
        typed = self.cleaned_data
        if typed.get("answer") == Answer.RETURN and not typed.get("comment"):
            self.add_error("comment", "Enter what should be looked at again")
        return typed


class AnswerForm(forms.Form):
    """What the worker answers about a returned contact."""

    comment = fields.LongTextField(
        label="Your answer",
        called="your answer",
        help_text="What you corrected, or why it stays as it is",
        rows=4,
        attrs=AS_SENTENCES,
    )


class SettingsForm(forms.Form):
    """How a programme supervises: signing off, and how much a parent counts in each stage."""

    signs_off = fields.YesNoField(
        label="Does a senior sign off written contacts?",
        called="whether a senior signs off",
        help_text="Contacts written from the day you say yes wait to be read by a senior",
    )

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        stages: Sequence[StageDefinition],
        weights: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.stages = [one.code for one in stages]
        self.fields["signs_off"].initial = "yes" if programme.signs_off_since else "no"
        for one in stages:
            self.fields[f"weight_{one.code}"] = fields.SelectField(
                label=f"{one.label}: a parent counts as",
                called="how much a parent counts",
                choices=[(weight, weight.removesuffix(".0")) for weight in WEIGHTS],
                initial=weights.get(one.code, ONE),
            )

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.change_settings`` takes but the programme and who is saving."""
        typed = self.cleaned_data
        weights = {code: typed[f"weight_{code}"] for code in self.stages}
        return {
            "signs_off": typed["signs_off"],
            "weights": {code: weight for code, weight in weights.items() if weight != ONE},
        }
