"""What a page does with a form: saves what it holds, or says on it why that cannot be."""

from collections.abc import Callable
from typing import Any

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile
from programme.audit.records import Record
from programme.core.errors import RuleBroken
from programme.core.forms import give_back_beside, is_out_of_date
from recurrent.design import forms


def is_saved(form: forms.Form, save: Callable[[], object]) -> bool:
    """Whether what was typed is stored; else the reason is on the form, and every word with it.

    Where somebody else stored other words meanwhile, both stand on the form.
    """
    if not form.is_valid():
        if is_out_of_date(form):
            give_back_beside(form)
        return False
    try:
        save()
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile as problem:
        give_back_beside(form, last_changed_by(problem.current))
    else:
        return True
    return False


def last_changed_by(row: Record) -> str:
    """The name of whoever stored the present version."""
    kept: Any = row
    line = kept.history.first()
    user = User.objects.filter(pk=line.history_user_id).first() if line else None
    return user.name if user else "Someone else"
