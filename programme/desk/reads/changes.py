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
from programme.pregnancies.models import Pregnancy

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
    )


def changes_from(
    asked: ChangeQuestions, names: Mapping[UUID, str], labels: Mapping[tuple[str, str], str]
) -> list[Change]:
    """Contacts, stages, next steps and pregnancies that others brought, the newest first.

    ``labels`` name the stages, by pathway and code.
    """
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
    newest = sorted(found, key=lambda one: one[2], reverse=True)[:MOST]
    return [Change(key, names.get(key, "A parent"), what, at) for key, what, at in newest]


def _label(spell: Stage, labels: Mapping[tuple[str, str], str]) -> str:
    return labels.get((spell.episode.programme.pathway_id, spell.stage), spell.stage)


def _brought(model: Any, since: datetime, not_by: User) -> Any:
    """The rows of a table that other people brought; a package that was loaded is no person."""
    lines = model.history.filter(history_type="+", history_date__gte=since)
    return lines.exclude(history_user_id__in=[not_by.pk, *NAMES]).values("id")
