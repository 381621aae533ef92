"""The chain of the log: each line is sealed with its number and the seal of the line before.

A line's bytes are its parts one after another, each as ``<length in bytes>:<text>`` and nothing
as ``-``: the seal before, the number, the form's name, then the columns of ``FORMS`` in order. Ids
are 32 small hexadecimal digits, times are UTC to the microsecond (``2026-03-04T09:30:00.000000Z``).
The seal is SHA-256 in small hexadecimal digits. The database seals (``programme.access.chain``);
this module works it out anew, to find what was altered (decision 0007).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models

from programme.audit.models import ChainHead, ChainLink, Event, Sight

FIRST_SEAL = "0" * 64
LOGS: dict[str, type[models.Model]] = {"sight": Sight, "event": Event}
# What a seal covers. A log that gets another column gets another form ("sight_2"): lines are
# sealed for ever with the form they were written in.
FORMS: dict[str, tuple[str, ...]] = {
    "sight": (
        "id",
        "seen_at",
        "user_id",
        "parent_id",
        "page",
        "method",
        "outcome",
        "listed",
    ),
    "event": ("id", "happened_at", "name", "user_id", "subject_id", "parent_id"),
}
AT_ONCE = 2_000


@dataclass(frozen=True)
class Mark:
    """A place in the chain, to be kept elsewhere: its number and its seal."""

    number: int
    seal: str

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"


@dataclass(frozen=True)
class Verdict:
    """What was found: how many lines there are, where the chain ends, and what is wrong."""

    lines: int
    head: Mark
    problems: tuple[str, ...]


def seal_of(previous: str, number: int, form: str, line: Any) -> str:
    """The seal that belongs to a line of the log."""
    columns = (getattr(line, name) for name in FORMS[form])
    told = "".join(_said(value) for value in (previous, number, form, *columns))
    return sha256(told.encode()).hexdigest()


def _said(value: object) -> str:
    if value is None:
        return "-"
    text = str(value)
    if isinstance(value, UUID):
        text = value.hex
    elif isinstance(value, datetime):
        text = f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    return f"{len(text.encode())}:{text}"


def verify(known: Mark | None = None) -> Verdict:
    """Works every seal out anew; with ``known``, also that the chain still goes through it.

    Asked of all rows, so the caller must be able to read them all, and in one snapshot.
    """
    reading = _Reading(known)
    links = ChainLink.objects.order_by("number").iterator(chunk_size=AT_ONCE)
    problems: list[str] = []
    while batch := list(islice(links, AT_ONCE)):
        problems += reading.batch(batch)
    problems += reading.end()
    return Verdict(reading.lines, reading.last, tuple(problems))


class _Reading:
    """The chain as far as it has been read."""

    def __init__(self, known: Mark | None) -> None:
        self.known = known
        self.last = Mark(0, FIRST_SEAL)
        self.lines = 0
        self.linked: dict[str, set[UUID]] = {form: set() for form in LOGS}

    def batch(self, links: list[ChainLink]) -> Iterator[str]:
        """What is wrong with the next lines."""
        found = {form: _lines(form, links) for form in LOGS}
        for link in links:
            yield from self._link(link, found.get(link.form, {}).get(link.line_id))

    def _link(self, link: ChainLink, line: Any) -> Iterator[str]:
        if link.number != self.last.number + 1:
            yield f"Between line {self.last.number} and line {link.number} lines are missing."
        if line is None:
            yield f"Line {link.number} is not in the log any more."
        elif link.line_id in self.linked[link.form]:
            yield f"Line {link.number} stands in the chain twice."
        elif link.seal != seal_of(self.last.seal, link.number, link.form, line):
            yield f"Line {link.number} is not as it was written."
        if self.known and link.number == self.known.number and link.seal != self.known.seal:
            yield f"Line {link.number} does not have the seal you kept."
        if line is not None:
            self.linked[link.form].add(link.line_id)
        self.lines += 1
        self.last = Mark(link.number, link.seal)

    def end(self) -> Iterator[str]:
        """What is wrong beside the chain: its end, and lines that it never held."""
        if self.known and self.known.number > self.last.number:
            yield f"The log ends at line {self.last.number}; you kept line {self.known.number}."
        heads = [Mark(head.number, head.seal) for head in ChainHead.objects.all()]
        if heads != [self.last]:
            yield f"The log ends at line {self.last.number}, and its head says otherwise."
        for form, model in LOGS.items():
            keys = model._default_manager.values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
            added = sum(key not in self.linked[form] for key in keys)
            if added:
                yield f"Lines that were never written by the service ({form}): {added}."


def _lines(form: str, links: list[ChainLink]) -> dict[UUID, Any]:
    keys = [link.line_id for link in links if link.form == form]
    return LOGS[form]._default_manager.in_bulk(keys) if keys else {}


def link_earlier_lines(link_model: Any, head_model: Any, logs: dict[str, Any]) -> None:
    """Begins the chain with the lines of before, oldest first; for the migration that made it."""
    lines = [
        (getattr(line, FORMS[form][1]), form, line)
        for form, model in logs.items()
        for line in model._default_manager.all()
    ]
    last = Mark(0, FIRST_SEAL)
    links = []
    for number, (_, form, line) in enumerate(sorted(lines, key=lambda one: one[0]), start=1):
        last = Mark(number, seal_of(last.seal, number, form, line))
        links.append(link_model(number=number, form=form, line_id=line.pk, seal=last.seal))
    link_model._default_manager.bulk_create(links, batch_size=AT_ONCE)
    head_model._default_manager.create(id=1, number=last.number, seal=last.seal)
