"""Agreeing goals and offering help, and saying what became of them."""

from typing import Any
from uuid import UUID

from django.db import transaction

from programme.access.models import User
from programme.access.writing import store_once
from programme.audit import events
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.episodes.rows import keep_once, refuse_closed, refuse_future, write_on
from programme.support.models import Goal, GoalRating, Support

# What was written once and is amended; the rest of a row says how it stands by now.
WORDS_OF_GOAL = ("wording", "set_by", "kind", "agreed_on")
WORDS_OF_HELP = ("category", "kind", "provider", "offered_on")

events.declare(
    support__goal_agreed="agreed a goal",
    support__goal_changed="changed a goal",
    support__goal_rated="asked how far a goal has come",
    support__help_offered="offered help",
    support__help_changed="changed what became of help",
)


@transaction.atomic
def agree_goal(*, key: UUID, episode: Episode, by: User, **said: Any) -> Goal:
    """Keeps a goal once, however often it is sent; ``said`` are the fields of ``Goal``."""
    refuse_closed(episode)
    refuse_future(said["agreed_on"], "agreed_on")
    return keep_once(Goal(id=key, episode=episode, **said), "support.goal_agreed", by)


@transaction.atomic
def offer_help(*, key: UUID, episode: Episode, by: User, **said: Any) -> Support:
    """Keeps help that was offered once; ``said`` are the fields of ``Support``."""
    refuse_closed(episode)
    refuse_future(said["offered_on"], "offered_on")
    return keep_once(Support(id=key, episode=episode, **said), "support.help_offered", by)


@transaction.atomic
def change_goal(
    *,
    goal: Goal,
    key: UUID,
    seen_version: int,
    by: User,
    reason: str = "",
    rating: int | None = None,
    **said: Any,
) -> Goal:
    """It goes on, was reached, replaced or let go; other words for it need a reason.

    ``rating`` is how far it has come today, 0 to 10, as the parent says; ``key`` keeps it once.
    """
    refuse_future(said.get("ended_on"), "ended_on")
    stored = write_on(
        goal,
        said,
        amends=_amends(goal, said, WORDS_OF_GOAL),
        seen_version=seen_version,
        reason=reason,
        event="support.goal_changed",
        by=by,
    )
    if rating is not None:
        _rate(stored, key, rating, by)
    return stored


@transaction.atomic
def change_help(
    *, support: Support, seen_version: int, by: User, reason: str = "", **said: Any
) -> Support:
    """What the parent said to it, whether it began, ended and helped; other words need a reason."""
    refuse_future(said.get("started_on"), "started_on")
    refuse_future(said.get("ended_on"), "ended_on")
    return write_on(
        support,
        said,
        amends=_amends(support, said, WORDS_OF_HELP),
        seen_version=seen_version,
        reason=reason,
        event="support.help_changed",
        by=by,
    )


def _amends(row: Goal | Support, said: dict[str, Any], words: tuple[str, ...]) -> bool:
    """Whether something that was written changes: its words, or how it ended."""
    if row.ended_on and row.ended_on != said.get("ended_on"):
        return True
    return any(name in said and getattr(row, name) != said[name] for name in words)


def _rate(goal: Goal, key: UUID, rating: int, by: User) -> None:
    row = GoalRating(id=key, goal=goal, rated_on=today(), rating=rating)
    stored, is_new = store_once(row)
    if is_new:
        events.record("support.goal_rated", subject=stored, parent=goal.episode.parent, by=by)
