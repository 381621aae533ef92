"""Engagement: appointments kept."""

from programme.core.choices import ContactOutcome
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import share_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload


def appointments_kept(caseload: Caseload, period: Period) -> Figure:
    """EN-2. Planned contacts that were met, of those due in the period (by local day).

    One that the parent cancelled stays in; one that the service cancelled is left out and
    counted. Not recorded: contacts that nobody says were planned or were not.
    """
    planned = [row for row in caseload.contacts if row.planned]
    by_service = [r.id for r in planned if r.outcome == ContactOutcome.CANCELLED_BY_SERVICE]
    due = [row for row in planned if row.outcome != ContactOutcome.CANCELLED_BY_SERVICE]
    return share_of(
        DEFINITIONS["EN-2"],
        [row.id for row in due if row.outcome == ContactOutcome.MET],
        [row.id for row in due],
        not_recorded=[row.id for row in caseload.contacts if row.planned is None],
        excluded={"cancelled_by_service": by_service},
    )
