"""The events of a record as lines of a chronology: when, what, whose record, who wrote it down."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from programme.access.actors import NAMES
from programme.access.models import User
from programme.access.parts import Part
from programme.chronology.kinds import KINDS, keys_by_kind
from programme.chronology.models import ChronologyEntry
from programme.chronology.reads import Mark
from programme.contacts.models import Contact
from programme.desk.reads.timeline import whole_timeline
from programme.people.models import Parent
from programme.proceedings.models import CourtDate, Hearing, ProceedingsParent
from programme.referrals.models import Referral
from recurrent.design.components import TimelineEntry
from recurrent.design.words import day_and_year, local_day

FROM_OUTSIDE = "Loaded from an earlier system"


@dataclass(frozen=True)
class Line:
    """One event in full, before anything is taken out of it."""

    mark: Mark
    on: date
    what: str
    source: str
    recorder: str
    known_on: date | None = None
    is_significant: bool = False

    @property
    def when(self) -> str:
        """The day, and the day it became known where that was another."""
        known = self.known_on
        later = f"\n(known {day_and_year(known)})" if known and known != self.on else ""
        return f"{day_and_year(self.on)}{later}"

    @property
    def text(self) -> str:
        """Every word of the line that somebody may have typed."""
        return f"{self.what}\nHow it is known: {self.source}"

    @property
    def digest(self) -> str:
        """Says whether the line still is what it was."""
        return digest_of([self.when, self.what, self.source, self.recorder])


def digest_of(words: Any) -> str:
    """A fingerprint of words; it does not give them away."""
    return sha256(json.dumps(words).encode()).hexdigest()


def lines_of(parent: Parent, parts: Mapping[Part, bool]) -> dict[Mark, Line]:
    """Every event that can be named, the oldest first (a fixed number of queries)."""
    entries = [one for one in whole_timeline(parent, parts) if one.mark[1]]
    marks = [entry.mark for entry in entries]
    told, recorders = _told(parent, marks), _recorders(marks)
    lines = [_line(entry, told, recorders) for entry in reversed(entries)]
    return {line.mark: line for line in sorted(lines, key=lambda line: line.on)}


@dataclass(frozen=True)
class _Told:
    """Where an event is known from, and since when."""

    source: str
    known_on: date | None = None


def _line(entry: TimelineEntry, told: Mapping[Mark, _Told], recorders: Mapping[str, str]) -> Line:
    known = told.get(entry.mark, _Told("The record"))
    return Line(
        mark=entry.mark,
        on=local_day(entry.at),
        what=_what(entry),
        source=known.source,
        recorder=_recorder(entry, recorders),
        known_on=known.known_on,
        is_significant=entry.significant,
    )


def _recorder(entry: TimelineEntry, recorders: Mapping[str, str]) -> str:
    """Whose contact or event it is; else who first stored the row."""
    if entry.mark[0] in ("contact", "shared_contact", "entry") and entry.by:
        return entry.by
    return recorders.get(entry.mark[1], "Not recorded")


def _what(entry: TimelineEntry) -> str:
    words = (entry.more or entry.text).strip()
    if entry.mark[0] == "entry":
        return words
    return f"{entry.title}. {words}" if words else entry.title


def _told(parent: Parent, marks: Iterable[Mark]) -> dict[Mark, _Told]:
    """One query for each kind that there is."""
    keys = keys_by_kind(marks)
    found: dict[Mark, _Told] = {}
    for kind, rows in keys.items():
        path = KINDS[kind].programme
        if path:
            named = KINDS[kind].model.objects.filter(pk__in=rows)
            for key, name in named.values_list("pk", f"{path}__name"):
                found[kind, str(key)] = _Told(f"Record of {name}" if name else "The record")
    return {**found, **_special(parent, keys)}


def _special(parent: Parent, keys: Mapping[str, set[str]]) -> dict[Mark, _Told]:
    """Events that say themselves how they are known."""
    found: dict[Mark, _Told] = {}
    for one in ChronologyEntry.objects.filter(pk__in=keys.get("entry", ())):
        found["entry", str(one.pk)] = _Told(one.source, one.known_on)
    contacts = Contact.objects.filter(pk__in=keys.get("contact", ()))
    for key, name in contacts.values_list("pk", "programme__name"):
        found["contact", str(key)] = _Told(f"Contact log of {name}" if name else "The record")
    for referral in Referral.objects.filter(pk__in=keys.get("referral", ())).exclude(source=""):
        source = f"Referral from: {referral.get_source_display().lower()}"
        found["referral", str(referral.pk)] = _Told(source)
    for link in ProceedingsParent.objects.filter(parent=parent).select_related("proceedings"):
        court = link.proceedings
        told = _Told(court.source or "Court record", court.known_on)
        found["proceedings", str(link.pk)] = told
        found["proceedings_letter", str(link.pk)] = _Told(told.source)
        found["proceedings_ended", str(link.pk)] = _Told(told.source)
    for kind, model in (("court_date", CourtDate), ("hearing", Hearing)):
        for row in model.objects.filter(pk__in=keys.get(kind, ())):
            found[kind, str(row.pk)] = _Told(row.get_source_display(), row.known_on)
    return found


def _writers(model: Any, keys: set[str]) -> Any:
    """Pairs of a row and who first stored it; a line of history says so itself."""
    if not hasattr(model, "history"):
        return model.objects.filter(pk__in=keys).values_list("pk", "history_user_id")
    first = model.history.filter(id__in=keys, history_type="+")
    return first.values_list("id", "history_user_id")


def _recorders(marks: Iterable[Mark]) -> dict[str, str]:
    """Who first stored each row, by its key (one query for each table, one for the names)."""
    rows: dict[Any, set[str]] = {}
    for kind, keys in keys_by_kind(marks).items():
        rows.setdefault(KINDS[kind].model, set()).update(keys)
    wrote: dict[str, UUID] = {}
    for model, keys in rows.items():
        wrote.update({str(key): user for key, user in _writers(model, keys)})
    people = User.objects.filter(pk__in=set(wrote.values()) - NAMES.keys())
    names = {user.pk: user.name for user in people}
    return {key: names.get(user, FROM_OUTSIDE) for key, user in wrote.items()}
