"""Choosing the events of a chronology, answering for each line, and letting it leave."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.records import refused_by_row_security
from programme.access.writing import check, save_changes, store_once
from programme.audit import events
from programme.chronology.kinds import places_of
from programme.chronology.reads import Mark
from programme.core.errors import RuleBroken
from programme.papers.models import Chronology, ChronologyLine, LetterTemplate
from programme.papers.reads.chronology import Checked, Whole
from programme.pathways.models import Programme
from programme.people.models import Parent

events.declare(
    papers__chronology_begun="chose the events of a chronology",
    papers__chronology_answered="answered for the lines of a chronology",
    papers__chronology_checked="read a chronology before it leaves",
    papers__template_changed="changed the words of a letter template",
)
Reply = tuple[str, Sequence[tuple[str, str]]]


@transaction.atomic
def begin_chronology(
    *,
    key: UUID,
    parent: Parent,
    programme: Programme,
    marks: Sequence[Mark],
    first_day: date | None,
    last_day: date,
    for_whom: str,
    recipient: str,
    names_workers: bool,
    by: User,
) -> Chronology:
    """Keeps which events were chosen and for whom, once however often it is sent."""
    if not marks:
        raise RuleBroken("Choose at least one event of this period.", field="events")
    chronology, is_new = store_once(
        Chronology(
            id=key,
            parent=parent,
            programme=programme,
            first_day=first_day,
            last_day=last_day,
            for_whom=for_whom,
            recipient=recipient,
            names_workers=names_workers,
            line_count=len(marks),
            made_by=by,
        )
    )
    if is_new:
        _add_lines(chronology, marks)
        events.record("papers.chronology_begun", subject=chronology, parent=parent, by=by)
    return chronology


def _add_lines(chronology: Chronology, marks: Sequence[Mark]) -> None:
    """All lines at once: years of a life are hundreds."""
    places = places_of(chronology.parent, marks)
    if set(marks) - places.keys():
        raise RuleBroken("One of these events is no longer there.", field="events")
    lines = [
        ChronologyLine(
            id=uuid5(chronology.pk, f"{kind} {key}"),
            chronology=chronology,
            parent=chronology.parent,
            kind=kind,
            row=UUID(key),
            part=places[kind, key].part,
            programme_id=places[kind, key].programme_id,
            pregnancy_id=places[kind, key].pregnancy_id,
        )
        for kind, key in marks
    ]
    with refused_by_row_security():
        ChronologyLine.objects.bulk_create(lines)
    ChronologyLine.refuse_unless_writable([line.pk for line in lines])


@transaction.atomic
def answer_lines(*, found: Whole, replies: Mapping[UUID, Reply], by: User) -> None:
    """Keeps an answer for each of these lines; the same answers again change nothing."""
    if not found.is_complete:
        raise RuleBroken("This chronology has lines that you may not read.")
    these = [one for one in found.lines if one.row.pk in replies]
    changed = [row for one in these if (row := _answered(one, *replies[one.row.pk]))]
    if not changed:
        return
    # The chronology is held first: whoever answers at the same moment waits, and is told.
    _take_check_back(found.chronology)
    for row in changed:
        check(row)
        row.save()
    events.record(
        "papers.chronology_answered",
        subject=found.chronology,
        parent=found.chronology.parent,
        by=by,
    )


def _answered(
    one: Checked, answer: str, replaced: Sequence[tuple[str, str]]
) -> ChronologyLine | None:
    """The line with its answer; None if that is what it was."""
    row = one.row
    pairs = json.dumps([list(pair) for pair in replaced]) if replaced else ""
    if (row.answer, row.replaced, row.digest) == (answer, pairs, one.line.digest):
        return None
    row.answer, row.replaced, row.digest = answer, pairs, one.line.digest
    return row


def _take_check_back(chronology: Chronology) -> None:
    chronology.checked_by, chronology.checked_at, chronology.digest = None, None, ""
    save_changes(chronology, seen_version=chronology.version)


@transaction.atomic
def finish_check(*, found: Whole, seen_digest: str, by: User) -> Chronology:
    """Lets a chronology leave: who read it, when, and a fingerprint of what was read."""
    if found.open or not found.is_complete:
        raise RuleBroken("Some lines still wait for an answer.")
    if seen_digest != found.digest:
        raise RuleBroken("The record has changed since you opened this page. Read it again.")
    chronology = found.chronology
    if found.may_leave:
        return chronology
    chronology.checked_by, chronology.checked_at = by, timezone.now()
    chronology.digest = found.digest
    stored = save_changes(chronology, seen_version=chronology.version)
    events.record("papers.chronology_checked", subject=stored, parent=stored.parent, by=by)
    return stored


@transaction.atomic
def change_template(
    *,
    programme: Programme,
    code: str,
    name: str,
    recipient: str,
    words: str,
    seen_version: int,
    by: User,
) -> LetterTemplate:
    """Keeps a programme's own words for a letter; the same words again change nothing.

    ``seen_version`` is 0 for words that ship. Raises ``ChangedMeanwhile`` when another senior has
    kept hers since; of two first ones at once, the later.
    """
    said = {"name": name, "recipient": recipient, "words": words}
    key = uuid5(programme.pk, code)
    template = LetterTemplate.objects.filter(programme=programme, code=code).first()
    if template is None:
        template = LetterTemplate(id=key, programme=programme, code=code, **said)
        template, is_new = store_once(template)
        if is_new:
            events.record("papers.template_changed", subject=template, by=by)
            return template
    if all(getattr(template, field) == value for field, value in said.items()):
        return template
    for field, value in said.items():
        setattr(template, field, value)
    stored = save_changes(template, seen_version=seen_version)
    events.record("papers.template_changed", subject=stored, by=by)
    return stored
