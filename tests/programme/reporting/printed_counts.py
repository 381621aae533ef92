"""Every count of people that the published JSON of a figure prints, under its name in the ledger.

Written from the format alone: it asks disclosure control nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from programme.reporting.definitions import DEFINITIONS

Json = Mapping[str, Any]
# Whole numbers that count no people: pounds, commissioned places, days and births of a rate.
POUNDS = {("CA-1", "numerator"), ("CA-1", "excluded")}
PLACES = ("RE-9", "denominator")


def counts_of(figure: Json, within: str = "") -> Iterator[tuple[str, int]]:
    """Every count of people that a figure prints, under the name the ledger should know it by."""
    yield from _of_populations(figure, within)
    yield from _of_rows(figure, within)
    yield from _beside(figure, within)
    for split, parts in figure.get("by", {}).items():
        for part in parts:
            yield from counts_of(part, f"[{split}={part['category']}]")


def _of_populations(figure: Json, within: str) -> Iterator[tuple[str, int]]:
    definition = DEFINITIONS[figure["id"]]
    names = {"numerator": definition.counted, "denominator": definition.base}
    for place, name in names.items():
        is_days = figure["kind"] == "rate" and place == "denominator"
        apart = is_days or (figure["id"], place) in {PLACES, *POUNDS}
        if figure[place] is not None and not apart:
            yield f"{name}{within}", figure[place]


def _of_rows(figure: Json, within: str) -> Iterator[tuple[str, int]]:
    for row in figure["rows"]:
        category = row["category"]
        place = category if isinstance(category, str) else "|".join(category)
        name = f"{figure['id']}:{place}"
        if row["count"] is not None:
            yield f"{name}{within}", row["count"]
        if row.get("denominator") is not None:
            yield f"{name}:of{within}", row["denominator"]


def _beside(figure: Json, within: str) -> Iterator[tuple[str, int]]:
    beside = {name: figure[name] for name in ("not_recorded", "open_window")}
    if (figure["id"], "excluded") not in POUNDS:
        beside |= {f"excluded:{reason}": n for reason, n in figure["excluded"].items()}
    for name, number in beside.items():
        if number is not None:
            yield f"{figure['id']}:{name}{within}", number
