"""The indicators: each is a function of a caseload and a period that returns a figure.

The words of each stand in `definitions.csv`; what is decided beyond them stands in the first
lines of its function, and a test holds it to that.
"""

from programme.reporting.indicators.working_out import (
    INDICATORS,
    SPLITS,
    Indicator,
    UnknownIndicator,
    work_out,
)

__all__ = ["INDICATORS", "SPLITS", "Indicator", "UnknownIndicator", "work_out"]
