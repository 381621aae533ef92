"""What was typed about a questionnaire, checked; saving is the job of ``actions``."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from programme.core.dates import today
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.episodes.forms import OfWorkForm
from programme.measures.instruments import Instrument
from programme.measures.models import Measure
from programme.measures.reads import score_of
from recurrent.design import fields, forms

# What the four questions of personal wellbeing are about, in their order.
OF_WELLBEING = (
    "Satisfied with life",
    "Finds life worthwhile",
    "Happy yesterday",
    "Anxious yesterday",
)


class MeasureForm(AmendingForm):
    """A completed questionnaire: its day and its total, or its answers where none are added up."""

    key = KeyField()
    version = VersionField(required=False)
    completed_on = fields.DateField(
        label="When was it filled in?",
        called="the day it was filled in",
        initial=today,
        latest=today,
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for name, field in _answers(instrument):
            self.fields[name] = field
        self.order_fields(["completed_on", *dict(_answers(instrument)), "reason"])

    def for_action(self) -> dict[str, Any]:
        """The day, and the score or the answers, as the actions take them."""
        typed = self.cleaned_data
        if self.instrument.has_total:
            total: Decimal | None = self.instrument.stored(typed["total"])
            return {"completed_on": typed["completed_on"], "total": total, "items": ""}
        items = ";".join(str(typed[name]) for name, _ in _answers(self.instrument))
        return {"completed_on": typed["completed_on"], "total": None, "items": items}


class RecordMeasureForm(OfWorkForm, MeasureForm):
    """A new one: also whether an answer asks for a talk, and of which work it is."""

    said_risk = fields.YesNoField(
        label="Did the parent mark any answer about self-harm or not wanting to live?",
        called="whether such an answer was marked",
        help_text="If so, a next step for today is added: talk with the parent",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, needs_reason=False, **kwargs)
        if not self.instrument.asks_about_risk:
            del self.fields["said_risk"]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.record_measure`` takes but the key and who is saving."""
        return {
            **super().for_action(),
            "instrument": self.instrument,
            "episode": self.chosen,
            "said_risk": bool(self.cleaned_data.get("said_risk")),
        }


class CorrectMeasureForm(MeasureForm):
    """One that was recorded, put right."""

    def __init__(self, *args: Any, measure: Measure, instrument: Instrument, **kwargs: Any) -> None:
        shown = _as_typed(measure, instrument)
        super().__init__(*args, instrument=instrument, initial=shown, **kwargs)

    def says_the_same(self) -> bool:
        """Whether day and answers stand already as they were typed."""
        names = ("completed_on", *dict(_answers(self.instrument)))
        return all(self.cleaned_data.get(name) == self.initial.get(name) for name in names)


class TakeOffForm(forms.Form):
    """Why a questionnaire that stands here by mistake is taken off."""

    reason = fields.TextField(
        label="Why is this wrong?",
        called="why this is wrong",
        help_text="Such as “recorded on the wrong record”",
        max_length=100,
    )


def _as_typed(measure: Measure, instrument: Instrument) -> dict[str, Any]:
    """What stood on the form when this was recorded."""
    shown: dict[str, Any] = {"completed_on": measure.completed_on, "version": measure.version}
    if instrument.has_total:
        score = score_of(measure)
        return shown | {"total": None if score is None else instrument.typed(score)}
    names = [name for name, _ in _answers(instrument)]
    answers = [int(one) if one.isdecimal() else None for one in measure.items.split(";")]
    return shown | dict(zip(names, answers, strict=False))


def _answers(instrument: Instrument) -> Iterator[tuple[str, fields.WholeNumberField]]:
    if instrument.has_total:
        yield (
            "total",
            fields.WholeNumberField(
                label="What is the total?",
                called="the total",
                help_text=f"From {instrument.low} to {instrument.high}, as added up on the form",
                min_value=instrument.low,
                max_value=instrument.high,
            ),
        )
        return
    for number, words in enumerate(OF_WELLBEING, start=1):
        yield (
            f"answer_{number}",
            fields.WholeNumberField(
                label=words,
                called=f"“{words}”",
                help_text=f"From {instrument.item_low} to {instrument.item_high}",
                min_value=instrument.item_low,
                max_value=instrument.item_high,
            ),
        )
