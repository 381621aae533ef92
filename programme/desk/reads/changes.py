"""What others did on a practitioner's parents while she was away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from programme.access.actors import NAMES
from programme.access.models import User
from programme.contacts.models import Contact, NextStep
from programme.core.dates import at_local, today
from programme.core.together import Questions
from programme.episodes.models import Stage
from programme.people.models import SafeContact
from programme.pregnancies.models import Pregnancy
from programme.proceedings.models import Hearing
from programme.proceedings.reads import HearingLine

MOST = 10


@dataclass(frozen=True)
class Change:
    """One thing that is new on a parent's record."""

    parent_id: UUID
    name: str
    what: str
    at: datetime


@dataclass(frozen=True)
class ChangeQuestions(Questions):
    """What changes are read from."""

    contacts: QuerySet[Contact]
    pregnancies: QuerySet[Pregnancy]
    stages: QuerySet[Stage]
    steps: QuerySet[NextStep]
    rules: QuerySet[SafeContact]
    hearings: QuerySet[Hearing]


def change_questions(day: date, parent_ids: Iterable[UUID], *, not_by: User) -> ChangeQuestions:
    """What to ask for what others did with these parents since a day."""
    keys, since = list(parent_ids), at_local(day, time.min)
    known = Pregnancy.objects.filter(mother__in=keys, known_on__range=(day, today()))
    own = Pregnancy.history.filter(history_type="+", history_user_id=not_by.pk)
    open_work = {"episode__parent__in": keys, "episode__closed_on": None}
    return ChangeQuestions(
        contacts=Contact.objects.filter(parent__in=keys, stored_at__gte=since)
        .exclude(written_by=not_by)
        .select_related("written_by")
        .order_by("-happened_at")[:MOST],
        pregnancies=known.exclude(pk__in=own.values("id")),
        stages=Stage.objects.filter(pk__in=_brought(Stage, since, not_by), **open_work)
        .select_related("episode__programme")
        .order_by("-stored_at")[:MOST],
        steps=NextStep.objects.filter(pk__in=_brought(NextStep, since, not_by), **open_work)
        .select_related("episode")
        .order_by("-stored_at")[:MOST],
        rules=SafeContact.objects.filter(
            pk__in=_written(SafeContact, since, not_by), parent__in=keys
        ).order_by("stored_at"),
        hearings=Hearing.objects.filter(
            pk__in=_brought(Hearing, since, not_by), held_on__gte=today()
        ),
    )


def changes_from(
    asked: ChangeQuestions,
    names: Mapping[UUID, str],
    labels: Mapping[tuple[str, str], str],
    to_come: Iterable[HearingLine],
) -> list[Change]:
    """What others brought: contacts, stages, next steps, pregnancies, hearings, safe contact.

    The newest first. ``labels`` name the stages, by pathway and code; of hearings, those
    ``to_come`` to her parents.
    """
    set_since = {one.pk for one in asked.hearings}
    found = [
        (
            one.parent_id,
            f"{one.written_by.name}: {one.get_mode_display().lower()},"
            f" {one.get_outcome_display().lower()}",
            one.happened_at,
        )
        for one in asked.contacts
    ]
    found += [
        (one.mother_id, "A pregnancy became known", at_local(one.known_on, time.min))
        for one in asked.pregnancies
    ]
    found += [
        (one.episode.parent_id, f"Now in “{_label(one, labels)}”", one.stored_at)
        for one in asked.stages
    ]
    found += [
        (one.episode.parent_id, f"New next step: {one.wording}", one.stored_at)
        for one in asked.steps
    ]
    # What holds now is read on her record, never in a list.
    reached = {one.parent_id: _changed_at(one) for one in asked.rules}
    found += [(key, "How to reach safely has changed", at) for key, at in reached.items()]
    found += [
        (one.parent_id, f"A hearing was set: {one.when}, {one.what}", one.hearing.stored_at)
        for one in to_come
        if one.hearing.pk in set_since
    ]
    newest = sorted(found, key=lambda one: one[2], reverse=True)[:MOST]
    return [Change(key, names.get(key, "A parent"), what, at) for key, what, at in newest]


def _changed_at(rule: SafeContact) -> datetime:
    return at_local(rule.ended_on, time.min) if rule.ended_on else rule.stored_at


def _label(spell: Stage, labels: Mapping[tuple[str, str], str]) -> str:
    return labels.get((spell.episode.programme.pathway_id, spell.stage), spell.stage)


def _brought(model: Any, since: datetime, not_by: User) -> Any:
    """The rows of a table that other people brought; a package that was loaded is no person."""
    return _written(model, since, not_by, history_type="+")


def _written(model: Any, since: datetime, not_by: User, **of: str) -> Any:
    """The rows that other people brought, changed or ended."""
    lines = model.history.filter(history_date__gte=since, **of)
    return lines.exclude(history_user_id__in=[not_by.pk, *NAMES]).values("id")
