"""A parent known before, and what the re-referral page sends about her."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from programme.core.dates import today
from programme.returning.reads import Offer
from programme.support.models import Goal
from tests import builders

ENDED_ON = today() - timedelta(days=60)


def refer_url(parent: Any) -> str:
    return reverse("returning:re_refer", args=[parent.pk])


def record_url(parent: Any) -> str:
    return reverse("desk:show_parent", args=[parent.pk])


def make_last_time(parent: Any, programme: Any, worker: Any) -> dict[str, Any]:
    """An episode that ended two months ago with goals, permissions, a rule and its worker."""
    episode = builders.make_episode(
        parent,
        programme,
        worker,
        opened_on=ENDED_ON - timedelta(days=300),
        closed_on=ENDED_ON,
        closure_reason="completed",
    )
    builders.enter_stage(episode, "engagement", episode.opened_on, ENDED_ON)
    goals = [
        builders.stored(
            Goal,
            episode=episode,
            wording=wording,
            set_by="parent",
            kind="practical",
            agreed_on=episode.opened_on,
        )
        for wording in ("A flat of my own", "See Ivy every week")
    ]
    return {
        "episode": episode,
        "goals": goals,
        "take_part": builders.make_consent(parent, "take_part"),
        "notes": builders.make_consent(parent, "record_contraception", covers_own_worker=True),
        "rule": builders.make_safe_contact(parent, number="07700 900123", may_text=True),
    }


def line_of(row: Any) -> str:
    return f"line_{row.pk.hex}_{row.version}"


def a_return(programme: Any, **typed: Any) -> dict[str, Any]:
    """What the page sends when nothing of last time is kept and she is not pregnant."""
    return {
        "key": str(uuid4()),
        "pregnancy": "no",
        "programme": str(programme.pk),
        "source": "self",
        "received_on": str(today()),
        **typed,
    }


def pregnant(due_on: date) -> dict[str, Any]:
    return {
        "pregnancy": "new",
        "known_on": str(today()),
        "estimated_due_date": str(due_on),
        "basis": "dating_scan",
    }


def offer_in(response: Any) -> Offer:
    offer: Offer = response.context["form"].offer
    return offer
