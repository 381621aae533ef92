"""What a page does with a form: saves what it holds, or says on it why that cannot be."""

from collections.abc import Callable

from programme.access.writing import ChangedMeanwhile
from programme.core.errors import RuleBroken
from programme.core.forms import give_back_beside
from recurrent.design import forms


def is_saved(form: forms.Form, save: Callable[[], object]) -> bool:
    """Whether what was typed is stored; else the reason is on the form, and every word with it."""
    if not form.is_valid():
        return False
    try:
        save()
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile as problem:
        give_back_beside(form, problem.current.version)
    else:
        return True
    return False
