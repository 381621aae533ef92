"""New pregnancies and proceedings after the start, and how pregnancies ended."""

from programme.reporting.indicators.pregnancy.during import newly_pregnant
from programme.reporting.indicators.pregnancy.endings import how_pregnancies_ended
from programme.reporting.indicators.pregnancy.windows import (
    no_new_proceedings,
    stayed_without_new_pregnancy,
)

__all__ = [
    "how_pregnancies_ended",
    "newly_pregnant",
    "no_new_proceedings",
    "stayed_without_new_pregnancy",
]
