"""The error summary: every problem on the page in one list, each leading to its control."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

from recurrent.design.bound import designed


@dataclass(frozen=True)
class Problem:
    """Words, and the id of the control they are about ("" when about the whole form)."""

    words: str
    focus_id: str = ""


def problems(forms: Iterable[Any]) -> list[Problem]:
    """The problems of forms and formsets, in the order of the page."""
    return [problem for form in forms for problem in _of_one(form)]


def _of_one(form: Any) -> Iterator[Problem]:
    if isinstance(form, BaseFormSet):
        yield from (Problem(str(words)) for words in form.non_form_errors())
        for member in form.forms:
            yield from _of_form(member)
    elif isinstance(form, BaseForm):
        yield from _of_form(form)


def _of_form(form: BaseForm) -> Iterator[Problem]:
    errors = form.errors
    yield from (Problem(str(words)) for words in form.non_field_errors())
    for name in form.fields:
        if name in errors:
            bound = designed(form[name])
            focus = "" if bound.is_hidden else bound.focus_id
            yield from (Problem(str(words), focus) for words in errors[name])
