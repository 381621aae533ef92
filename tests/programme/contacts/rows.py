"""What the contact pages stored, read past the wall, and what they post."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access import actors
from programme.access.scope import acting_as
from programme.contacts.models import Contact, NextStep
from programme.people.models import Parent
from tests.programme.families.rows import Couple, Side

HERS, HIS, SHARED = "hercanary", "hiscanary", "sharedwords"


def contacts() -> list[Contact]:
    with acting_as(actors.SEEDER):
        found = Contact.objects.select_related(
            "parent", "worker", "episode", "referral", "programme", "written_by"
        )
        return list(found.order_by("stored_at"))


def steps() -> list[NextStep]:
    with acting_as(actors.SEEDER):
        return list(NextStep.objects.select_related("episode").order_by("stored_at"))


def reasons(contact: Contact) -> list[str]:
    """Why each version was stored, the newest first."""
    with acting_as(actors.SEEDER):
        return [line.history_change_reason or "" for line in contact.history.all()]


@contextmanager
def queries(number: int) -> Iterator[None]:
    """So many queries, whatever PostgreSQL is told beside them about who asks.

    SQLite is asked some of them in several, so no fewer.
    """
    with CaptureQueriesContext(connection) as asked:
        yield
    found = [one["sql"] for one in asked if "set_config" not in one["sql"]]
    is_right = len(found) == number if connection.vendor == "postgresql" else len(found) >= number
    assert is_right, "\n".join(found)


def url_of(name: str, parent: Parent, *rest: Any) -> str:
    return reverse(f"contacts:{name}", args=[parent.pk, *rest])


def a_visit(**typed: Any) -> dict[str, Any]:
    """What the page sends for a home visit just now at which they met."""
    return {
        "key": str(uuid4()),
        "happened_at": "now",
        "mode": "home_visit",
        "outcome": "met",
        "note": "We talked about housing.",
        **typed,
    }


def own(name: str, side: Side) -> str:
    """The name of what is asked about one of them."""
    return f"{name}_{side.parent.pk}"


def a_visit_to_both(couple: Couple, **typed: Any) -> dict[str, Any]:
    """What the page of the mother's record sends for a visit to both."""
    return {
        "key": str(uuid4()),
        "happened_at": "now",
        "mode": "home_visit",
        "others": [str(couple.owen.parent.pk)],
        "shared": SHARED,
        own("only", couple.mira): HERS,
        own("only", couple.owen): HIS,
        **typed,
    }


def send_together(browser: Client, couple: Couple, **typed: Any) -> Any:
    return browser.post(
        url_of("log_together", couple.mira.parent), a_visit_to_both(couple, **typed)
    )
