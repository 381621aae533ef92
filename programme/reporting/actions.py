"""Proposing and deciding a release: two people, and an attacker's audit each time."""

import json
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.audit import events
from programme.core.errors import RuleBroken
from programme.pathways.models import Programme
from programme.reporting.board.report import figures_for
from programme.reporting.disclosure.ledger import Scope, Statement
from programme.reporting.disclosure.protect import Protected, StillGivenAway, protect
from programme.reporting.models import Release, ReleaseTable
from programme.reporting.periods import Period

events.declare(
    reporting__release_proposed="proposed a release",
    reporting__release_approved="approved a release",
    reporting__release_returned="returned a release",
)


@transaction.atomic
def propose_release(
    *, key: UUID, programme: Programme, period: Period, words: str, by: User
) -> Release:
    """Works out the figures, protects them, and stores what a reader would see.

    Nothing of it is seen outside until a second person approves it. Sent twice it is one.
    """
    earlier = Release.objects.filter(pk=key).first()
    if earlier is not None:
        return earlier
    protected = _protected(programme.pk, period)
    release = Release.objects.create(
        pk=key,
        programme=programme,
        programme_name=programme.name,
        title=f"{programme.name}: outcomes",
        period_from=period.first,
        period_to=period.last,
        words=words,
        proposed_by=by,
    )
    _store_tables(release, protected)
    events.record("reporting.release_proposed", subject=release, by=by)
    return release


@transaction.atomic
def decide_release(*, release: Release, decision: str, why: str, by: User) -> Release:
    """Approves or returns a proposal; never one's own, and never one that gives somebody away.

    Releases approved since the proposal are earlier ones now, so the audit is run again; where
    it would hide more than was proposed, the proposal has to be made anew.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.state != Release.State.PROPOSED:
        raise RuleBroken("This release has been decided.")
    if release.proposed_by_id == by.pk:
        raise RuleBroken("Someone else has to decide this: you proposed it.")
    if decision == Release.State.APPROVED:
        _refuse_if_outdated(release)
    release.state = decision
    release.returned_because = why
    release.decided_by, release.decided_at = by, timezone.now()
    release.decided_by_name = by.name
    release.save()
    events.record(f"reporting.release_{decision}", subject=release, by=by)
    return release


def scope_of(programme_id: UUID, period: Period) -> Scope:
    """The population and days that a release speaks of, for the ledger."""
    return Scope(frozenset({str(programme_id)}), period.first, period.last, period.report_date)


def ledger_of(programme_id: UUID) -> list[list[Statement]]:
    """What every approved release of this programme has said, oldest first."""
    approved = Release.objects.filter(programme_id=programme_id, state=Release.State.APPROVED)
    releases = approved.order_by("decided_at").prefetch_related("tables")
    return [
        [Statement.from_json(said) for table in release.tables.all() for said in table.equations]
        for release in releases
    ]


def _protected(programme_id: UUID, period: Period) -> Protected:
    figures = figures_for(programme_id, period)
    try:
        return protect(figures, scope_of(programme_id, period), ledger_of(programme_id))
    except StillGivenAway:
        raise RuleBroken(
            "This cannot be released yet: whatever is hidden, earlier releases would give somebody"
            " away. Choose a longer period, or wait until more people are counted."
        ) from None


def _store_tables(release: Release, protected: Protected) -> None:
    """One frozen row a figure; the statements that belong to no figure go with the first."""
    ids = [figure.id for figure in protected.figures]
    for position, figure in enumerate(protected.figures):
        said = [
            statement.to_json()
            for statement in protected.statements
            if _owner(statement.table, ids) == position
        ]
        ReleaseTable.objects.create(
            release=release,
            position=position,
            indicator=figure.id,
            figure=figure.to_json(),
            equations=said,
        )


def _owner(table: str, ids: list[str]) -> int:
    indicator = table.split(" by ")[0]
    return ids.index(indicator) if indicator in ids else 0


def _refuse_if_outdated(release: Release) -> None:
    period = Period(release.period_from, release.period_to)
    now = _protected(release.programme_id, period)
    proposed = [table.figure for table in release.tables.all()]
    # As stored: PostgreSQL keeps no order of keys, and numbers go through JSON once.
    if proposed != json.loads(json.dumps([figure.to_json() for figure in now.figures])):
        raise RuleBroken(
            "The record or the earlier releases have changed since this was proposed. Return it,"
            " so that it can be proposed again."
        )
