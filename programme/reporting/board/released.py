"""A report made of a frozen release; no other table is read."""

from programme.reporting.board.report import Report, report_of
from programme.reporting.models import Release
from programme.reporting.periods import Period


def report_of_release(release: Release) -> Report:
    """The report that the frozen tables of a release make; no other table is read."""
    period = Period(release.period_from, release.period_to)
    figures = [table.figure for table in release.tables.all()]
    return report_of(release.programme_name, period, figures, words=release.words)
