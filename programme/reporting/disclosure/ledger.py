"""The release ledger: what each released table said, as data that every later audit reads back.

It holds nothing that a reader of the release could not write down: the numbers printed, the bounds
that a mark gives away, the sums that anybody knows, and the period and programmes they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self, cast

from programme.reporting.disclosure.cells import Mode, Sum

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures these are and for when: programmes, first and last day, report date."""

    programmes: frozenset[str]
    first: date
    last: date
    at: date

    def holds(self, other: Self) -> bool:
        """Whether everything that is counted in the other scope is counted in this one too."""
        within = self.first <= other.first and other.last <= self.last
        return within and self.programmes >= other.programmes

    def to_json(self) -> Json:
        """The scope with plain dates."""
        days = {"first": self.first, "last": self.last, "at": self.at}
        written = {name: day.isoformat() for name, day in days.items()}
        return {"programmes": sorted(self.programmes), **written}

    @classmethod
    def from_json(cls, written: Json) -> Self:
        """The scope that was written."""
        days = (date.fromisoformat(written[name]) for name in ("first", "last", "at"))
        return cls(frozenset(written["programmes"]), *days)


@dataclass(frozen=True, slots=True)
class Said:
    """What a table says of one cell: that it lies from ``least`` to ``most`` (None: no limit)."""

    least: int
    most: int | None

    @property
    def number(self) -> int | None:
        """The count, where it is printed."""
        return self.least if self.least == self.most else None

    @property
    def is_hidden(self) -> bool:
        """Whether a mark stands in place of the count."""
        return self.least != self.most


def printed(number: int) -> Said:
    """The number itself."""
    return Said(number, number)


@dataclass(frozen=True, slots=True)
class Either:
    """A count is hidden because it, or what is left of the base, is from 1 to ``limit``."""

    cell: str
    rest: str
    limit: int


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody knows of a cell before it is counted: its thresholds and its kind of time."""

    threshold: int
    # What must stay possible where nothing at all is said of the cell.
    loose: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything one released table says; a withheld table says only how its cells add up."""

    table: str
    scope: Scope
    known: Mapping[str, Known]
    said: Mapping[str, Said] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    either: tuple[Either, ...] = ()

    def to_json(self) -> Json:
        """The statement as JSON, for the row that keeps the released table."""
        return {
            "table": self.table,
            "scope": self.scope.to_json(),
            "known": {
                name: [known.threshold, known.loose, known.mode]
                for name, known in self.known.items()
            },
            "said": {name: [said.least, said.most] for name, said in self.said.items()},
            "sums": [[sum_.total, list(sum_.parts)] for sum_ in self.sums],
            "either": [[either.cell, either.rest, either.limit] for either in self.either],
        }

    @classmethod
    def from_json(cls, written: Json) -> Self:
        """The statement that was written; KeyError or ValueError where it is damaged."""
        return cls(
            table=written["table"],
            scope=Scope.from_json(written["scope"]),
            known={
                name: Known(threshold, loose, cast(Mode, mode))
                for name, (threshold, loose, mode) in written["known"].items()
            },
            said={name: Said(least, most) for name, (least, most) in written["said"].items()},
            sums=tuple(Sum(total, tuple(parts)) for total, parts in written["sums"]),
            either=tuple(Either(*either) for either in written["either"]),
        )
