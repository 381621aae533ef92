"""Can small numbers be recovered from releases? Random caseloads, three releases, one attacker.

    python benchmarks/disclosure.py --sets 10000 [--seed 1] [--primary-only]

Each data set is a caseload that grows over three releases of a linked pack (RE-4, RE-5, SN-3,
BA-10, BA-11 with their real thresholds). The attacker reads the published JSON of all three, knows
what adds up and that totals only grow, and bounds every hidden small count and every small change
by integer programming. He shares no code with the audit. Exit status 1 if he finds anybody.

--primary-only leaves the audit out, to show what he finds when nothing stops him.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import inf
from pathlib import Path
from random import Random
from typing import Any

from scipy.optimize import Bounds, LinearConstraint, milp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.disclosure.hide import hidden_pack
from programme.reporting.disclosure.ledger import Scope
from programme.reporting.disclosure.primary import mark
from programme.reporting.disclosure.protect import protect
from programme.reporting.disclosure.tables import tables_of

LAST_DAYS = (date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))
REASONS = DEFINITIONS["RE-5"].categories
WHERE = DEFINITIONS["BA-10"].categories
HOME = [place for place in WHERE if place.startswith("home")]
LINES, COLUMNS = DEFINITIONS["BA-11"].categories, DEFINITIONS["BA-11"].columns
CELLS = [(line, column) for line in LINES for column in COLUMNS]
# Counts of whom everybody knows that they only grow from one release to the next.
GROWING = ["decided", "accepted", "not accepted", "born", *(f"RE-5 {reason}" for reason in REASONS)]

DIED = "died"
MANY = 100_000

Counts = dict[str, int]
Json = dict[str, Any]


@dataclass
class Caseload:
    """True counts of one release."""

    accepted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    babies: list[tuple[str, str]] = field(default_factory=list)

    def grown(self, random: Random, size: int) -> "Caseload":
        """The same caseload some months later; some babies have moved meanwhile."""
        asked = random.randint(0, size)
        refused = sum(random.random() < random.choice([0.1, 0.4]) for _ in range(asked))
        common = random.sample(REASONS, random.randint(1, len(REASONS)))
        stay = [
            (line, random.choice(WHERE) if random.random() < 0.1 else place)
            for line, place in self.babies
        ]
        places = random.sample(WHERE, random.randint(1, len(WHERE)))
        born = [
            (random.choice(LINES), random.choice(places)) for _ in range(random.randint(0, size))
        ]
        return Caseload(
            self.accepted + asked - refused,
            self.reasons + Counter(random.choice(common) for _ in range(refused)),
            stay + born,
        )

    def true(self) -> Counts:
        """Every count by the attacker's name for it."""
        refused = self.reasons.total()
        where = Counter(place for _, place in self.babies)
        crossed = Counter((line, column(place)) for line, place in self.babies if place != DIED)
        return {
            "accepted": self.accepted,
            "not accepted": refused,
            "decided": self.accepted + refused,
            "born": len(self.babies),
            **{f"RE-5 {reason}": self.reasons[reason] for reason in REASONS},
            **{f"BA-10 {place}": where[place] for place in WHERE},
            **{f"BA-11 {cell}": crossed[cell] for cell in CELLS},
        }

    def pack(self) -> list[figures.Figure]:
        """The figures of the release."""
        true = self.true()
        where = Counter(place for _, place in self.babies)
        crossed = Counter((line, column(place)) for line, place in self.babies if place != DIED)
        decided, apart = true["decided"], {"outcome_not_yet_known": 0, DIED: where[DIED]}
        return [
            figures.proportion(DEFINITIONS["RE-4"], self.accepted, decided),
            figures.distribution(DEFINITIONS["RE-5"], self.reasons, denominator=decided),
            figures.count(DEFINITIONS["SN-3"], len(self.babies)),
            figures.distribution(DEFINITIONS["BA-10"], where),
            figures.crosstab(DEFINITIONS["BA-11"], crossed, excluded=apart),
        ]


def column(place: str) -> str:
    """Home or not, as BA-11 has it."""
    return COLUMNS[0] if place in HOME else COLUMNS[1]


class Attacker:
    """Counts of all releases as unknown whole numbers, and what the published JSON says of them."""

    def __init__(self, releases: Sequence[Sequence[Json]]) -> None:
        names = list(Caseload().true())
        self.place = {
            (release, name): release * len(names) + index
            for release in range(len(releases))
            for index, name in enumerate(names)
        }
        self.low = [0.0] * len(self.place)
        self.high = [float(MANY)] * len(self.place)
        self.rows: list[list[int]] = []
        self.least: list[float] = []
        self.most: list[float] = []
        for release, written in enumerate(releases):
            self._read(release, {figure["id"]: figure for figure in written})
        for release in range(1, len(releases)):
            for name in GROWING:
                self._relate({(release, name): 1, (release - 1, name): -1}, equal=False)

    def _relate(self, terms: dict[tuple[int, str], int], *, equal: bool = True) -> None:
        row = [0] * len(self.place)
        for key, times in terms.items():
            row[self.place[key]] += times
        self.rows.append(row)
        self.least.append(0)
        self.most.append(0 if equal else inf)

    def _sum(self, release: int, total: str, parts: Sequence[str]) -> None:
        self._relate({(release, total): 1, **{(release, part): -1 for part in parts}})

    def _know(self, release: int, name: str, low: float, high: float) -> None:
        place = self.place[release, name]
        self.low[place] = max(self.low[place], low)
        self.high[place] = min(self.high[place], high)

    def _number(self, release: int, name: str, written: int | None, low: int, high: float) -> None:
        self._know(release, name, *((low, high) if written is None else (written, written)))

    def _read(self, release: int, by_id: dict[str, Json]) -> None:
        self._sum(release, "decided", ["accepted", "not accepted"])
        self._sum(release, "not accepted", [f"RE-5 {reason}" for reason in REASONS])
        self._sum(release, "born", [f"BA-10 {place}" for place in WHERE])
        self._sum(release, "born", [*(f"BA-11 {cell}" for cell in CELLS), f"BA-10 {DIED}"])
        at_home = {(release, f"BA-10 {place}"): 1 for place in HOME}
        crossed = {(release, f"BA-11 {cell}"): -1 for cell in CELLS if cell[1] == COLUMNS[0]}
        self._relate({**at_home, **crossed})
        accepted, born = by_id["RE-4"], by_id["SN-3"]
        if accepted["denominator"] is not None:
            self._number(release, "accepted", accepted["numerator"], 1, inf)
            hidden = accepted["numerator"] is None
            self._know(release, "not accepted", 1 if hidden else 0, inf)
        self._number(release, "born", born["numerator"], 0, inf)
        for indicator, base in [("RE-4", "decided"), ("RE-5", "decided"), ("BA-10", "born")]:
            self._number(release, base, by_id[indicator]["denominator"], 0, inf)
        for indicator in ("RE-5", "BA-10", "BA-11"):
            for row in by_id[indicator]["rows"]:
                self._read_row(release, indicator, row)

    def _read_row(self, release: int, indicator: str, row: Json) -> None:
        category = row["category"]
        if category == "not_recorded":
            return
        name = f"{indicator} {tuple(category) if isinstance(category, list) else category}"
        self._number(release, name, row["count"], 1, DEFINITIONS[indicator].threshold)

    def _extreme(self, cost: Sequence[int]) -> float:
        # The solver's presolve sometimes calls a possible system impossible: then without it.
        for presolve in (True, False):
            result = milp(
                cost,
                integrality=[1] * len(cost),
                bounds=Bounds(self.low, self.high),
                options={"presolve": presolve, "mip_rel_gap": 0},
                constraints=LinearConstraint(self.rows, self.least, self.most),
            )
            if result.status == 0:
                return round(result.fun)
        raise RuntimeError(result.message)

    def bounds(self, *terms: tuple[int, str, int]) -> tuple[float, float]:
        """The least and the most that a count, or a difference of two, can be."""
        cost = [0] * len(self.place)
        for release, name, times in terms:
            cost[self.place[release, name]] += times
        return self._extreme(cost), -self._extreme([-times for times in cost])


def threshold(name: str) -> int:
    """Up to how many a count is small; reasons and places of babies are sensitive."""
    return DEFINITIONS[name.split()[0]].threshold if "-" in name.split()[0] else 5


def printed(release: Sequence[Json], name: str) -> bool:
    """Whether the table that holds the count has any rows left."""
    indicator = name.split()[0]
    return any(figure["id"] == indicator and figure["rows"] for figure in release)


def given_away(truth: Sequence[Counts], releases: Sequence[Sequence[Json]]) -> Iterator[str]:
    """Every small count or change that the attacker narrows further than the marks do."""
    attacker = Attacker(releases)
    for release, counts in enumerate(truth):
        for name, count in counts.items():
            # A withheld table has to tell no more than its base.
            most = threshold(name) if printed(releases[release], name) else 5
            if 1 <= count <= threshold(name):
                bounds = attacker.bounds((release, name, 1))
                if bounds[0] > 1 or bounds[1] < most:
                    yield f"release {release}: {name} is {count}, found {bounds}"
    for (old, before), (new, after) in pairwise(enumerate(truth)):
        for name in GROWING:
            change = after[name] - before[name]
            if 1 <= change <= threshold(name):
                bounds = attacker.bounds((new, name, 1), (old, name, -1))
                if bounds[0] > 1 or bounds[1] < 4:
                    yield f"from release {old}: {name} grew by {change}, found {bounds}"


def released(caseloads: Sequence[Caseload], *, primary_only: bool) -> list[list[Json]]:
    """The published JSON of each release, in order."""
    who, first = frozenset({"a programme"}), date(2024, 4, 1)
    earlier: list[Any] = []
    written = []
    for caseload, last in zip(caseloads, LAST_DAYS, strict=True):
        pack = caseload.pack()
        if primary_only:
            tables = {table.id: table for table in tables_of(pack)}
            marked = {table.id: [mark(part) for part in table.parts] for table in tables.values()}
            shown: Sequence[figures.Figure] = hidden_pack(pack, tables, marked, {}, DEFINITIONS)
        else:
            protected = protect(pack, Scope(who, first, last, last), earlier)
            earlier.append(protected.statements)
            shown = protected.figures
        written.append([figure.to_json() for figure in shown])
    return written


def main() -> int:
    """Attack so many random data sets; 1 if anybody was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--primary-only", action="store_true")
    options = parser.parse_args()
    began, undone, shown, tables = time.monotonic(), 0, 0, 0
    for number in range(options.sets):
        random = Random(f"{options.seed} {number}")
        size = random.choice([8, 20, 60, 150])
        caseloads = [Caseload().grown(random, size)]
        for _ in LAST_DAYS[1:]:
            caseloads.append(caseloads[-1].grown(random, random.choice([2, size])))
        releases = released(caseloads, primary_only=options.primary_only)
        found = list(given_away([caseload.true() for caseload in caseloads], releases))
        undone += bool(found)
        tables += sum(len(release) for release in releases)
        shown += sum(bool(f["rows"]) or f["numerator"] is not None for r in releases for f in r)
        for line in found[:3]:
            print(f"set {number}: {line}")
    seconds = time.monotonic() - began
    print(f"{options.sets} data sets of 3 releases in {seconds:.0f} s: {undone} gave somebody away")
    print(f"{shown} of {tables} tables were released with figures in them")
    return 1 if undone else 0


if __name__ == "__main__":
    sys.exit(main())
