"""The one function that says what is due."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from programme.core.dates import today
from programme.pathways.models import TimescaleRule
from programme.pathways.timescales import due_on, rule_in_force
from programme.workboard.reads.facts import Facts, facts_of
from programme.workboard.reads.items import AGREED, PLANNED, RETURNED, REVIEW, SET, Item
from programme.workboard.reads.losses import meeting_is_of_a_loss
from programme.workboard.reads.saying import reason
from programme.workboard.reads.watched import Watched, watched
from recurrent.design.words import clock as time_of
from recurrent.design.words import day_and_year, local_day

ONE_DAY = timedelta(days=1)
WAS_SET = "this day was set"


def due_items(parent_ids: Iterable[UUID], on: date | None = None) -> list[Item]:
    """Everything that is due to these parents, the earliest first, as far as one may read.

    A fixed number of queries, however many parents. ``on`` is today unless told. What an agreed
    pause stops is not due while it lasts, and is put off by its days once it has ended.
    """
    return items_of(facts_of(parent_ids, on or today()))


def items_of(facts: Facts) -> list[Item]:
    """The same from facts that a page has read already."""
    return items_from(facts, facts.rules)


def items_from(facts: Facts, rules: Collection[TimescaleRule]) -> list[Item]:
    """The same from facts at hand: no clock, no database."""
    found = [
        *_by_rules(facts, rules),
        *_by_days_set(facts),
        *_reviews(facts),
        *_planned_today(facts),
        *_returned(facts),
    ]
    return sorted(found, key=lambda one: (one.due_on or date.max, one.what, one.row))


def _by_rules(facts: Facts, rules: Collection[TimescaleRule]) -> Iterator[Item]:
    for clock in watched(facts):
        stage = clock.episode.stage if clock.episode else ""  # type: ignore[attr-defined]
        rule = rule_in_force(rules, clock.rule, clock.pathway, clock.since, stage or "", clock.kind)
        if rule is not None:
            paused = _paused(facts, clock) if rule.stopped_by_pause else set()
            if facts.on not in paused:
                closed = facts.closed_days(clock.parent_id, clock.programme_id)
                day = due_on(rule, clock.since, closed)
                yield _item(clock, rule, _put_off(day, clock.since, paused))


def _item(clock: Watched, rule: TimescaleRule, by_rule: date) -> Item:
    is_set = clock.at_latest is not None and clock.at_latest < by_rule
    return Item(
        parent_id=clock.parent_id,
        episode_id=clock.episode.pk if clock.episode else None,
        what=rule.step[:1].upper() + rule.step[1:],
        due_on=min(clock.at_latest or by_rule, by_rule),
        why=f"{WAS_SET}, sooner than {reason(rule, clock)}" if is_set else reason(rule, clock),
        rule=rule.code,
        row=clock.row,
    )


def _paused(facts: Facts, clock: Watched) -> set[date]:
    """Every day of an agreed pause until the day asked; one that has not ended still lasts."""
    on = facts.on
    pauses = facts.pauses.get(clock.episode.pk, ()) if clock.episode else ()
    return {
        one.from_date + timedelta(days=offset)
        for one in pauses
        for offset in range((min(one.to_date or on, on) - one.from_date).days + 1)
    }


def _put_off(day: date, since: date, paused: set[date]) -> date:
    """The day moved on by every day of a pause in between; it falls on none of them."""
    left = (day - since).days
    at = since
    while left > 0 or at in paused:
        at += ONE_DAY
        left -= at not in paused
    return at if paused else day


def _by_days_set(facts: Facts) -> Iterator[Item]:
    parents = {one.pk: one.parent_id for one in facts.episodes}
    for step in facts.steps:
        if step.episode_id in parents:
            key = parents[step.episode_id]
            why = f"agreed {day_and_year(local_day(step.stored_at))}"
            yield Item(key, step.episode_id, step.wording, step.due_on, why, AGREED, step.pk)
    for one in facts.episodes:
        for row in facts.meetings.get(one.pk, ()):
            set_on = local_day(row.stored_at)
            is_due = row.due_on and not row.held_on
            if is_due and not meeting_is_of_a_loss(facts, one, row.kind, set_on):
                what = row.get_kind_display()
                why = f"{WAS_SET} on {day_and_year(set_on)}"
                yield Item(one.parent_id, one.pk, what, row.due_on, why, SET, row.pk)


def _returned(facts: Facts) -> Iterator[Item]:
    """Contacts of open work, or of none yet, that wait for an answer since the day they came."""
    open_now = {one.pk for one in facts.episodes}
    for one in facts.returned:
        contact = one.contact
        if contact.episode_id is None or contact.episode_id in open_now:
            yield Item(
                parent_id=contact.parent_id,
                episode_id=contact.episode_id,
                what=f"Contact of {day_and_year(local_day(contact.happened_at))} was returned",
                due_on=local_day(one.stored_at),
                why=f"{one.by}: “{one.comment}”",
                rule=RETURNED,
                row=contact.pk,
            )


def _reviews(facts: Facts) -> Iterator[Item]:
    """Every pause that has not ended is looked at again: no pause stops that."""
    for one in facts.episodes:
        for pause in facts.pauses.get(one.pk, ()):
            if pause.to_date is None or pause.to_date >= facts.on:
                why = f"the pause since {day_and_year(pause.from_date)} has not ended"
                what, day = "Review the pause", pause.review_by
                yield Item(one.parent_id, one.pk, what, day, why, REVIEW, pause.pk)


def _planned_today(facts: Facts) -> Iterator[Item]:
    """A contact that is planned for the day itself; of an earlier one, T22 asks what became."""
    for one in facts.plans:
        if local_day(one.planned_for) == facts.on:
            what = f"{one.get_mode_display()}, {time_of(one.planned_for)}"
            why = f"planned {day_and_year(local_day(one.stored_at))}"
            yield Item(one.parent_id, one.episode_id, what, facts.on, why, PLANNED, one.pk)
