"""Where a child lives, in words that one parent's record may say."""

from typing import Any

from programme.core.choices import LivingWith
from programme.people.models import Parent


def is_home_of_another(row: Any, parent: Parent) -> bool:
    """Whether a row, or a line of its history, tells of another parent's parent-and-baby home.

    Such a home is that parent's address in kind: only their own record says so.
    """
    in_a_home = row.living_with == LivingWith.PARENT_AND_BABY_PLACEMENT
    return bool(in_a_home and row.written_for_id != parent.pk)


def lives_with(row: Any, parent: Parent) -> str:
    """With whom the child lives: ``With foster carers``."""
    if is_home_of_another(row, parent):
        return "With a parent"
    return str(row.get_living_with_display())
