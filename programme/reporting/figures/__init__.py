"""Figures: exact counts with their base, what is missing beside them, and how they are shown."""

from programme.reporting.figures.build import (
    count,
    crosstab,
    distribution,
    mean_money,
    median,
    not_applicable,
    proportion,
    rate,
)
from programme.reporting.figures.model import CONFIDENTIAL, Category, Figure, Members, Number, Row
from programme.reporting.figures.rows import part, rows_of

__all__ = [
    "CONFIDENTIAL",
    "Category",
    "Figure",
    "Members",
    "Number",
    "Row",
    "count",
    "crosstab",
    "distribution",
    "mean_money",
    "median",
    "not_applicable",
    "part",
    "proportion",
    "rate",
    "rows_of",
]
