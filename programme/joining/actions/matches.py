"""Pairs that are two people; the look among all records, whose findings reach keepers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from programme.access.actors import MATCHER
from programme.access.models import User
from programme.access.scope import acting_as
from programme.access.writing import save_changes, store_once
from programme.audit import events
from programme.core.errors import RuleBroken
from programme.jobs.work import job
from programme.joining.models import NotTheSame, PossibleMatch
from programme.joining.reads.alike import LookAlike, known_of, look_alikes
from programme.pathways.models import Programme
from programme.people.models import Identity, Parent

events.declare(
    joining__not_the_same_said="said that two records are of two people",
    joining__not_the_same_taken_back="said that two records may be of one person after all",
    joining__keepers_asked="asked the keepers of other records",
    joining__match_answered="answered a possible match",
)


@transaction.atomic
def say_not_the_same(*, parent: Parent, others: Iterable[Parent], by: User) -> None:
    """These are other people than ``parent``: no pair of them is suggested again."""
    for other in others:
        if keep_apart(parent.pk, other.pk, by):
            events.record("joining.not_the_same_said", subject=other, parent=parent, by=by)


def keep_apart(parent_id: UUID, other_id: UUID, by: User) -> bool:
    """Stores that two records are of two people, once for the pair; whether it was new."""
    one, other = sorted((parent_id, other_id))
    pair = NotTheSame(id=uuid5(one, other.hex), one_id=one, other_id=other, said_by_id=by.pk)
    with acting_as(MATCHER):
        return store_once(pair)[1]


@transaction.atomic
def take_back_not_the_same(*, parent: Parent, others: Iterable[Parent], why: str, by: User) -> None:
    """These may be the same person after all: they are suggested together again.

    That they were kept apart, by whom, and why no longer stays in the history of the pair.
    """
    if not why.strip():
        raise RuleBroken("Enter why they may be the same person.", field="why")
    for other in others:
        if _forget_pair(parent.pk, other.pk, why):
            events.record("joining.not_the_same_taken_back", subject=other, parent=parent, by=by)


def _forget_pair(parent_id: UUID, other_id: UUID, why: str) -> bool:
    both = Q(one=parent_id, other=other_id) | Q(one=other_id, other=parent_id)
    with acting_as(MATCHER):
        pairs: list[Any] = list(NotTheSame.objects.filter(both))
        for pair in pairs:
            pair._change_reason = why
            pair.delete()
    return bool(pairs)


@dataclass
class Key:
    """A parent by her key alone: whoever keeps watch need not read her row."""

    pk: UUID


@transaction.atomic
def ask_keepers(*, parent: Parent, programme: Programme, by: User) -> None:
    """Looks for the parent among all records; what is found is told to its keepers, never here.

    In service a worker looks, after the answer: it takes as long whatever there is to find.
    """
    events.record("joining.keepers_asked", subject=parent, parent=parent, by=by)
    look_among_all.enqueue(str(parent.pk), str(programme.pk), str(by.pk))


@job("Look for the same person among all records")
def look_among_all(parent_id: str, programme_id: str, by_id: str) -> None:
    """Tells the keepers of records that the asking person may not read and that may be hers."""
    asked = UUID(parent_id), UUID(programme_id), UUID(by_id)
    with acting_as(MATCHER):
        facts = known_of([asked[0]]).get(asked[0])
        found = look_alikes(facts, but=asked[0]) if facts else []
    with acting_as(asked[2]):
        keys = [one.parent_id for one in found]
        seen = set(Identity.objects.filter(parent__in=keys).values_list("parent_id", flat=True))
    with acting_as(MATCHER):
        for one in found:
            if one.parent_id not in seen:
                _tell_keepers(one, *asked)


def _tell_keepers(one: LookAlike, parent_id: UUID, programme_id: UUID, by_id: UUID) -> None:
    store_once(
        PossibleMatch(
            id=uuid5(one.parent_id, parent_id.hex),
            parent_id=one.parent_id,
            found_for_id=parent_id,
            programme_id=programme_id,
            asked_by_id=by_id,
            words="\n".join(score.words for score in one.likeness.scores if score.points > 0),
        )
    )


@transaction.atomic
def answer_possible_match(
    *, match: PossibleMatch, answer: str, seen_version: int, by: User, note: str = ""
) -> PossibleMatch:
    """A keeper says what she found out; whoever looked is told nothing by the service."""
    if match.answer:
        raise RuleBroken("This has been answered.")
    if answer not in PossibleMatch.Answer.values:
        raise RuleBroken("Choose what you found out.", field="answer")
    match.answer, match.answer_note = answer, note
    match.answered_by, match.answered_at = by, timezone.now()
    save_changes(match, seen_version=seen_version)
    if answer == PossibleMatch.Answer.NOT_THE_SAME:
        keep_apart(match.parent_id, match.found_for_id, by)
    events.record("joining.match_answered", subject=match, parent=Key(match.parent_id), by=by)
    return match
