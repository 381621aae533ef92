"""Links from a parent to a child that do not open the child's row (``told.sql``)."""

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from programme.audit.actor import current_actor


def is_held(*why: str) -> Exists:
    """Whether a link is held back at all, or for one of these reasons."""
    held = apps.get_model("programme", "HeldLink").objects.filter(link_id=OuterRef("id"))
    return Exists(held.filter(why__in=why) if why else held)


def opens_the_child() -> Q:
    """The links that open the row of their child; for counting, all."""
    return Q() if current_actor().reads_figures else Q(~is_held())
