"""Drafts that wait for whoever wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from programme.access.actors import DRAFT_KEEPER
from programme.access.models import User
from programme.access.scope import acting_as
from programme.drafts.models import KEPT_FOR, Draft
from programme.people.reads import names_of


@dataclass(frozen=True)
class Page:
    """The page that a draft belongs to."""

    parent_id: UUID
    name: str
    about: str
    title: str


@dataclass(frozen=True)
class Earlier:
    """The draft that a page was filled with, as it stood then."""

    draft_id: UUID
    version: int


@dataclass(frozen=True)
class Waiting:
    """One draft in a list: what it is, about whom, since when, and where it goes on; no words."""

    draft_id: UUID
    parent_id: UUID
    title: str
    name: str
    saved_at: datetime
    url: str


def drafts_waiting(user: User) -> list[Waiting]:
    """The drafts of one person, the newest first (two queries)."""
    drafts = list(_kept().filter(written_by=user).select_related("parent"))
    names = names_of(draft.parent_id for draft in drafts)
    return [
        Waiting(
            draft_id=draft.pk,
            parent_id=draft.parent_id,
            title=draft.title,
            name=names.get(draft.parent_id, draft.parent.reference),
            saved_at=draft.saved_at,
            url=address_of(draft),
        )
        for draft in drafts
    ]


@dataclass(frozen=True)
class Begun:
    """That somebody began to write something about a parent, and when; not one word of it."""

    parent_id: UUID
    title: str
    saved_at: datetime


def begun_by(user_id: UUID | None, parent_ids: Iterable[UUID]) -> list[Begun]:
    """What a worker who is away began about these parents, the newest first (one query).

    For whoever arranges her cover, who says which parents she may ask about: only their titles
    are read, for the words are their writer's alone.
    """
    with acting_as(DRAFT_KEEPER):
        rows = _kept().filter(written_by=user_id, parent__in=list(parent_ids))
        return [Begun(*row) for row in rows.values_list("parent_id", "title", "saved_at")]


def waiting_drafts(user: User) -> "QuerySet[Draft, UUID]":
    """The keys of the drafts of one person that wait."""
    return _kept().filter(written_by=user).values_list("pk", flat=True)


def drafts_of(page: Page, user: User) -> list[Draft]:
    """What this person began on one page, the newest first (one query)."""
    of_page = {"parent_id": page.parent_id, "page": page.name, "about": page.about}
    return list(_kept().filter(written_by=user, **of_page))


def address_of(draft: Draft) -> str:
    """The page of a draft, opened with what was typed."""
    about = QueryDict(draft.about).dict()
    return f"{reverse(draft.page, kwargs={'parent_id': draft.parent_id, **about})}?draft={draft.pk}"


def _kept() -> QuerySet[Draft]:
    drafts: QuerySet[Draft] = Draft.objects.filter(saved_at__gt=timezone.now() - KEPT_FOR)
    return drafts.order_by("-saved_at", "-pk")
