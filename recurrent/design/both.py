"""What was typed beside what stands in the record, where the two differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.choices import flatten_choices

from recurrent.design.bound import designed
from recurrent.design.forms import DesignForm, answers
from recurrent.design.words import day_and_year, moment

NOT_SAID = "Not recorded"


@dataclass(frozen=True)
class Difference:
    """One thing that differs: as it stands in the record, and as it was typed."""

    label: str
    stored: str
    typed: str


@dataclass(frozen=True)
class Both:
    """Two versions, and who saved the one in the record, where that was asked."""

    saved_by: str
    differences: tuple[Difference, ...]


def differences(form: DesignForm) -> tuple[Difference, ...]:
    """What a form was opened with beside what was typed into it since, in words.

    Only what the page itself would show stands here: a field without a value to begin with has
    nothing to be compared with.
    """
    return tuple(one for one in _compared(form) if one.stored != one.typed)


def _compared(form: DesignForm) -> Iterator[Difference]:
    hidden_before = _hidden(form, form.initial)
    for bound in map(designed, form.visible_fields()):
        if bound.name in form.initial and bound.name not in form.errors:
            stored = None if bound.name in hidden_before else form.initial[bound.name]
            typed = form.cleaned_data.get(bound.name)
            label = str(bound.label)
            yield Difference(label, in_words(bound.field, stored), in_words(bound.field, typed))


def _hidden(form: DesignForm, values: Mapping[str, Any]) -> set[str]:
    """The fields that these values do not reveal: what they hold was not said."""
    shown = {
        target for name, answer, target in form.revealers() if answer in answers(values.get(name))
    }
    return form.revealed_names - shown


def in_words(field: forms.Field, value: Any) -> str:
    """A value of a field as a reader says it."""
    if value in (None, "") or value == []:
        return NOT_SAID
    if hasattr(field, "choices"):
        prepared = field.prepare_value(value)
        chosen = answers(prepared)
        known: list[tuple[Any, Any]] = list(flatten_choices(field.choices))
        named = [str(label) for key, label in known if str(key) in chosen]
        return ", ".join(named) or NOT_SAID
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day_and_year(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)
