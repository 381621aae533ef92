"""Which decisions are in force."""

from datetime import date
from typing import TYPE_CHECKING

from programme.audit.querysets import RecordQuerySet

if TYPE_CHECKING:
    from programme.consents.models import Consent


class ConsentQuerySet(RecordQuerySet["Consent"]):
    """Decisions of the ledger."""

    def newest_first(self) -> "ConsentQuerySet":
        """The newest decision first; on the same minute, the later row."""
        return self.order_by("-decided_at", "-position")


def in_force(decisions: "list[Consent]", on: date) -> "dict[str, Consent]":
    """For each purpose, the newest decision if it still holds on that day (given, not run out).

    Takes decisions in any order; refused and withdrawn ones are in force as what they are.
    """
    return {
        purpose: decision
        for purpose, decision in newest_of(decisions).items()
        if decision.expires_on is None or decision.expires_on >= on
    }


def newest_of(decisions: "list[Consent]") -> "dict[str, Consent]":
    """For each purpose, the newest decision, run out or not."""
    newest: dict[str, Consent] = {}
    for decision in sorted(decisions, key=lambda row: (row.decided_at, row.position)):
        newest[decision.purpose] = decision
    return newest
