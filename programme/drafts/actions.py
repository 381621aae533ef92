"""Keeping a draft while somebody types, ending it once its page is saved or she drops it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.actors import DRAFT_KEEPER
from programme.access.models import User
from programme.access.scope import acting_as
from programme.access.writing import store_once
from programme.audit import events
from programme.drafts.models import KEPT_FOR, Draft
from programme.drafts.reads import Earlier, Page

events.declare(
    drafts__draft_begun="began a draft",
    drafts__draft_ended="ended a draft",
)


@transaction.atomic
def keep_draft(
    *, key: UUID, turn: int, page: Page, words: str, by: User, earlier: Earlier | None = None
) -> Draft | None:
    """Keeps what is on a page now; what was sent before it and came later changes nothing.

    Each opening of a page has a key of its own, so that two tabs never overwrite each other. What
    went on from an ``earlier`` draft takes its place. None where the draft has ended meanwhile: on
    a slow line its page may be saved before an earlier send arrives.
    """
    draft = Draft.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if draft is None:
        return None if _has_ended(key, turn) else _begin(key, turn, page, words, by, earlier)
    if turn >= draft.turn:
        # A page may go on as another: what was logged already is sent again to correct it.
        draft.page, draft.about, draft.title = page.name, page.about, page.title
        draft.turn, draft.words, draft.saved_at = turn, words, timezone.now()
        draft.save()
    return draft


@transaction.atomic
def end_draft(*, draft: Draft, by: User) -> None:
    """Its page was saved, or its writer threw it away: the words are gone for good."""
    events.record("drafts.draft_ended", subject=draft, parent=draft.parent, by=by)
    draft.delete()


@transaction.atomic
def end_drafts_of(*, key: UUID, earlier: Earlier | None, by: User) -> None:
    """What a saved page kept while it was typed, and what it went on from."""
    for draft in Draft.objects.select_related("parent").filter(pk=key):
        end_draft(draft=draft, by=by)
    _replace(earlier, by)


@transaction.atomic
def end_old_drafts() -> int:
    """Deletes what nobody went on with for 30 days; says how many."""
    with acting_as(DRAFT_KEEPER):
        old = list(Draft.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR))
        for draft in old:
            draft.delete()
    return len(old)


def _has_ended(key: UUID, turn: int) -> bool:
    """Whether the page was saved after it had sent this turn.

    A browser may send the same turn twice where a connection broke. Without script each is turn 0.
    """
    ended = Draft.history.filter(id=key, history_type="-", turn__gte=max(turn, 1))
    return bool(ended.exists())


def _begin(
    key: UUID, turn: int, page: Page, words: str, by: User, earlier: Earlier | None
) -> Draft | None:
    draft, is_new = store_once(
        Draft(
            id=key,
            parent_id=page.parent_id,
            page=page.name,
            about=page.about,
            title=page.title,
            words=words,
            turn=turn,
            saved_at=timezone.now(),
            written_by=by,
        )
    )
    if is_new:
        events.record("drafts.draft_begun", subject=draft, parent=draft.parent, by=by)
        _replace(earlier, by)
        if _has_ended(key, turn):
            # A later send and the page itself were stored while this one waited.
            end_draft(draft=draft, by=by)
            return None
    return draft


def _replace(earlier: Earlier | None, by: User) -> None:
    """Ends an earlier draft, unless another tab wrote on in it since."""
    if earlier is not None:
        found = Draft.objects.filter(pk=earlier.draft_id, version=earlier.version)
        for draft in found.select_related("parent"):
            end_draft(draft=draft, by=by)
