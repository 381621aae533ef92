"""What later rows of a package need to know of earlier ones."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from programme.core.choices import ConsentDecision, ConsentPurpose
from programme.core.dates import LONDON
from programme.exchange.codes import Codes

Values = dict[str, Any]


@dataclass(frozen=True)
class RecordingDecision:
    """A decision on keeping notes about contraception."""

    decided_at: datetime
    position: int
    decision: str
    expires_on: date | None


@dataclass
class Facts:
    """By id of the package; filled table by table."""

    codes: Codes
    pathway: dict[str, str] = field(default_factory=dict)
    worker_programme: dict[str, str] = field(default_factory=dict)
    born_on: dict[str, date] = field(default_factory=dict)
    received_on: dict[str, date] = field(default_factory=dict)
    referral_programme: dict[str, str] = field(default_factory=dict)
    episode_programme: dict[str, str] = field(default_factory=dict)
    parent_programmes: dict[str, set[str]] = field(default_factory=dict)
    recording: dict[str, list[RecordingDecision]] = field(default_factory=dict)
    # Parents one of whose decisions could not be read: nothing can be said of their consent.
    recording_unknown: set[str] = field(default_factory=set)
    parent_children: set[tuple[str, str, str]] = field(default_factory=set)

    def learn(self, table: str, values: Values) -> None:
        """Keeps what later tables ask of this row."""
        learn = LEARNERS.get(table)
        if learn:
            learn(self, values)

    def miss(self, table: str, values: Values) -> None:
        """Keeps that a row could not be read, where a later table would be blamed for it."""
        if table == "consents":
            self.recording_unknown.add(values.get("parent_id", ""))

    def may_record_contraception(self, parent: str, day: date) -> bool:
        """Whether her newest decision by that day was to allow it, and had not run out."""
        if parent in self.recording_unknown:
            return True
        known = [
            decision
            for decision in self.recording.get(parent, [])
            if decision.decided_at.astimezone(LONDON).date() <= day
        ]
        newest = max(known, key=lambda row: (row.decided_at, row.position), default=None)
        if newest is None or newest.decision != ConsentDecision.GIVEN:
            return False
        return newest.expires_on is None or newest.expires_on >= day

    def programme_of_contact(self, contact: Values) -> str | None:
        """Of its episode, else its referral, else its worker, else the parent's only programme."""
        if contact["episode_id"]:
            return self.episode_programme.get(contact["episode_id"])
        if contact["referral_id"]:
            return self.referral_programme.get(contact["referral_id"])
        if contact["worker_id"]:
            return self.worker_programme.get(contact["worker_id"])
        programmes = self.parent_programmes.get(contact["parent_id"], set())
        return next(iter(programmes)) if len(programmes) == 1 else None


def _programme(facts: Facts, row: Values) -> None:
    facts.pathway[row["programme_id"]] = row["pathway"]


def _worker(facts: Facts, row: Values) -> None:
    facts.worker_programme[row["worker_id"]] = row["programme_id"]


def _child(facts: Facts, row: Values) -> None:
    if row["date_of_birth"]:
        facts.born_on[row["child_id"]] = row["date_of_birth"]


def _link(facts: Facts, row: Values) -> None:
    facts.parent_children.add((row["parent_id"], row["child_id"], row["relation"]))


def _known(facts: Facts, row: Values) -> None:
    facts.parent_programmes.setdefault(row["parent_id"], set()).add(row["programme_id"])


def _referral(facts: Facts, row: Values) -> None:
    facts.received_on[row["referral_id"]] = row["received_on"]
    facts.referral_programme[row["referral_id"]] = row["programme_id"]
    _known(facts, row)


def _episode(facts: Facts, row: Values) -> None:
    facts.episode_programme[row["episode_id"]] = row["programme_id"]
    _known(facts, row)


def _consent(facts: Facts, row: Values) -> None:
    if row["purpose"] == ConsentPurpose.RECORD_CONTRACEPTION:
        decisions = facts.recording.setdefault(row["parent_id"], [])
        decisions.append(
            RecordingDecision(row["decided_at"], len(decisions), row["decision"], row["expires_on"])
        )


LEARNERS = {
    "programmes": _programme,
    "workers": _worker,
    "children": _child,
    "parent_child": _link,
    "identifications": _known,
    "referrals": _referral,
    "episodes": _episode,
    "consents": _consent,
}
