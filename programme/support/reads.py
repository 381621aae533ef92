"""Goals and help of a parent's work, as a page shows and offers them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from programme.core.choices import SupportResponse
from programme.core.together import ask_together
from programme.people.models import Parent
from programme.support.models import Goal, GoalRating, Support
from recurrent.design.words import day_and_year


@dataclass(frozen=True)
class Line:
    """One goal or one kind of help: its words, and how it stands."""

    key: UUID
    words: str
    said: tuple[str, ...]
    goes_on: bool
    may_change: bool


@dataclass(frozen=True)
class Plan:
    """Everything of one parent: what goes on first, then what has ended, each newest first."""

    goals: tuple[Line, ...]
    support: tuple[Line, ...]


def plan_of(parent: Parent, written: set[UUID]) -> Plan:
    """As far as the acting user may read; ``written`` are programmes whose notes she writes."""
    of_parent = {"episode__parent": parent}
    goals = Goal.objects.filter(**of_parent).select_related("episode")
    support = Support.objects.filter(**of_parent).select_related("episode")
    ratings = GoalRating.objects.filter(goal__episode__parent=parent)
    goals, support = goals.order_by("-agreed_on"), support.order_by("-offered_on")
    ratings = ratings.order_by("rated_on", "stored_at")
    ask_together(goals, support, ratings)
    latest = {one.goal_id: one for one in ratings}
    return Plan(
        _sorted(_of_goal(one, latest.get(one.pk), written) for one in goals),
        _sorted(_of_help(one, written) for one in support),
    )


def may_change(row: Goal | Support, written: set[UUID]) -> bool:
    """Whether the work goes on, and the acting user writes its notes."""
    return row.episode.is_open and row.episode.programme_id in written


def _of_goal(goal: Goal, rating: GoalRating | None, written: set[UUID]) -> Line:
    said = [f"Agreed on {day_and_year(goal.agreed_on)}"]
    if rating:
        said.append(f"{rating.rating} out of 10 on {day_and_year(rating.rated_on)}")
    if goal.ended_on:
        how = goal.get_ended_how_display() or "Ended"
        said.append(f"{how} on {day_and_year(goal.ended_on)}")
    return _line(goal, goal.wording, said, goal.ended_on is None, written)


def _of_help(one: Support, written: set[UUID]) -> Line:
    said = [one.get_category_display()] if one.kind else []
    said += [one.provider] if one.provider else []
    said.append(f"Offered on {day_and_year(one.offered_on)}")
    if one.response:
        said.append(one.get_response_display())
    if one.started_on:
        said.append(f"Began on {day_and_year(one.started_on)}")
    if one.ended_on:
        said.append(f"Ended on {day_and_year(one.ended_on)}")
    goes_on = one.ended_on is None and one.response != SupportResponse.DECLINED
    return _line(one, one.kind or one.get_category_display(), said, goes_on, written)


def _line(
    row: Goal | Support, words: str, said: Iterable[str], goes_on: bool, written: set[UUID]
) -> Line:
    return Line(row.pk, words, tuple(said), goes_on, may_change(row, written))


def _sorted(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: not line.goes_on))
