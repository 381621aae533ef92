"""What a figure says in words: the fewest of them, and two sentences of reading."""

from collections.abc import Mapping
from typing import Any

from programme.core.rounding import percentage
from programme.reporting.board.labels import label_of, plural
from programme.reporting.definitions import NOT_RECORDED

Json = Mapping[str, Any]
HIDDEN_KINDLY = "Hidden, so that nobody can be recognised"


def headline(figure: Json) -> str:
    """The answer in the fewest words; hidden is said, never only marked."""
    if figure.get("withheld"):
        return HIDDEN_KINDLY
    if figure["kind"] == "proportion":
        return share(figure)
    if figure["kind"] in ("distribution", "crosstab"):
        return _of_rows(figure)
    if figure["value"] is None:
        return "No figure"
    if figure["id"] == "TI-1":
        return f"{figure['display']} weeks"
    if figure["kind"] == "count":
        return of_unit(figure["numerator"], figure["unit"])
    return str(figure["display"])


def share(figure: Json) -> str:
    """``87.5% (56 of 64)``; without a base what was counted, never a share."""
    if figure["denominator"] is None and figure["numerator"] is not None:
        return of_unit(figure["numerator"], figure["unit"])
    if not figure["denominator"]:
        return "No figure"
    if figure["numerator"] is None:
        return HIDDEN_KINDLY
    return f"{figure['display']} ({figure['numerator']} of {figure['denominator']})"


def of_unit(number: int | None, unit: str) -> str:
    """``1 baby``, ``22 babies``, or that it is hidden."""
    return HIDDEN_KINDLY if number is None else f"{number:,} {plural(unit, number)}"


def _of_rows(figure: Json) -> str:
    """How many stand in the rows, and out of how many where those are more."""
    counts = [row["count"] for row in figure["rows"]]
    whole = figure["denominator"]
    if None in counts or figure["kind"] == "crosstab" or sum(counts) >= (whole or 0):
        return of_unit(whole, figure["unit"])
    return f"{sum(counts)} of {of_unit(whole, figure['unit'])}"


def sentences(figure: Json) -> tuple[str, ...]:
    """How to read the figure, in one or two sentences, and the counts that stand beside it."""
    if figure.get("withheld"):
        return (figure.get("withheld_because") or "Hidden so that nobody can be recognised.",)
    reader = {
        "proportion": _read_proportion,
        "distribution": _read_distribution,
        "median": _read_median,
        "mean": _read_mean,
        "crosstab": _read_crosstab,
    }.get(figure["kind"], _read_count)
    return reader(figure)


def _read_count(figure: Json) -> tuple[str, ...]:
    first = f"From the first to the last day: {of_unit(figure['numerator'], figure['unit'])}."
    return (first, *_beside(figure))


def _beside(figure: Json) -> tuple[str, ...]:
    """Rows that are no part of a chart: how many of the referrals were not the first."""
    return tuple(
        f"{label_of(figure['id'], row['category'])}: {_number(row['count'])}."
        for row in figure["rows"]
        if "denominator" not in row
    )


def _number(count: int | None) -> str:
    return "hidden so that nobody can be recognised" if count is None else f"{count:,}"


def _read_proportion(figure: Json) -> tuple[str, ...]:
    if figure["denominator"] is None:
        return (_without_base(figure),)
    if not figure["denominator"]:
        return ("There was nobody or nothing to count in the period, so there is no share.",)
    if figure["numerator"] is None:
        return ("Hidden so that nobody can be recognised.",)
    counted = of_unit(figure["denominator"], figure["unit"])
    first = f"Counted: {figure['numerator']} of {counted}."
    reading = (first, _range(figure)) if figure.get("interval") else (first,)
    return (*reading, *_beside(figure))


def _without_base(figure: Json) -> str:
    if figure["numerator"] is None:
        return "This question does not arise in this programme."
    return "Out of how many is not recorded, so there is no share."


def _range(figure: Json) -> str:
    low, high = (percentage(round(end * 1000), 1000) for end in figure["interval"])
    return f"With this many, chance alone moves the share: the likely range is {low} to {high}."


def _read_distribution(figure: Json) -> tuple[str, ...]:
    if any(row["count"] is None for row in figure["rows"]):
        # Which group is the largest cannot be said: it may be among the hidden.
        return ("Some groups are hidden so that nobody can be recognised.",)
    seen = [row for row in figure["rows"] if row["count"] and row["category"] != NOT_RECORDED]
    if not seen:
        return ("Nobody or nothing is recorded in any group.",)
    most = max(row["count"] for row in seen)
    largest = [label_of(figure["id"], row["category"]) for row in seen if row["count"] == most]
    if len(largest) == 1:
        return (f"The largest group is “{largest[0]}”: {most}.",)
    names = " and ".join(f"“{name}”" for name in largest)
    return (f"The largest groups are {names}: {most} each.",)


def _read_median(figure: Json) -> tuple[str, ...]:
    if figure["value"] is None:
        return ("Nobody was referred in the period because of a pregnancy with a due date.",)
    return (
        f"Half came at {figure['display']} completed weeks or before"
        f" ({of_unit(figure['denominator'], figure['unit'])} with a due date).",
    )


def _read_mean(figure: Json) -> tuple[str, ...]:
    if figure["value"] is None:
        return ("No running costs or no parents were recorded for the period.",)
    spent = f"£{float(figure['numerator']):,.0f}"
    return (
        f"{spent} for {of_unit(figure['denominator'], figure['unit'])}, {figure['display']} each.",
    )


def _read_crosstab(figure: Json) -> tuple[str, ...]:
    return (
        f"{of_unit(figure['denominator'], figure['unit'])} counted."
        " It shows who stands where, not what caused it.",
    )
