"""The ledger as a page shows it: what is in force first, every decision below."""

from dataclasses import dataclass

from programme.consents import wordings
from programme.consents.models import Consent
from programme.consents.querysets import in_force
from programme.core.choices import ConsentCovers, ConsentPurpose
from programme.core.dates import today
from programme.people.models import Parent


@dataclass(frozen=True)
class Entry:
    """One decision with the words she was shown and whom it lets see."""

    consent: Consent
    words: str
    covers: tuple[str, ...]


@dataclass(frozen=True)
class Ledger:
    """What holds today for each purpose, and every decision, the newest first."""

    in_force: tuple[Entry, ...]
    every: tuple[Entry, ...]
    not_asked: tuple[str, ...]


def ledger_of(parent: Parent) -> Ledger:
    """The permissions of a parent (one query)."""
    rows = list(Consent.objects.filter(parent=parent).order_by("-decided_at", "-position"))
    now = in_force(rows, today())
    asked = {row.purpose for row in rows}
    return Ledger(
        in_force=tuple(_entry(now[code]) for code in ConsentPurpose.values if code in now),
        every=tuple(_entry(row) for row in rows),
        not_asked=tuple(one.label for one in ConsentPurpose if one.value not in asked),
    )


def _entry(consent: Consent) -> Entry:
    said = (
        (ConsentCovers.OWN_WORKER, consent.covers_own_worker),
        (ConsentCovers.STAND_IN, consent.covers_stand_in),
        (ConsentCovers.CLINICIAN, consent.covers_clinician),
    )
    return Entry(
        consent=consent,
        words=wordings.shown(consent.purpose, consent.wording_version),
        covers=tuple(who.label for who, is_named in said if is_named),
    )
