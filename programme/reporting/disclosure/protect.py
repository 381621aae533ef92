"""Protecting a pack: mark small counts, audit, withhold whole the table that gives one away, again.

Choosing the least to hide is not done here: a table that fails is withheld as a whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from programme.reporting.definitions import DEFINITIONS, Definition
from programme.reporting.disclosure import words
from programme.reporting.disclosure.attacker import Memory
from programme.reporting.disclosure.audit import Finding, findings
from programme.reporting.disclosure.cells import Cell, Table
from programme.reporting.disclosure.hide import hidden_pack
from programme.reporting.disclosure.ledger import Known, Scope, Statement
from programme.reporting.disclosure.primary import Marked, mark
from programme.reporting.disclosure.questions import Watch
from programme.reporting.disclosure.tables import tables_of
from programme.reporting.figures import Figure


class StillGivenAway(Exception):
    """Nothing more can be withheld and the audit still finds somebody: it must not be released."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A pack as its readers will see it, what it says for the ledger, and what was withheld why."""

    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    withheld: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass
class _Draft:
    """A pack on its way to release."""

    scope: Scope
    tables: Sequence[Table]
    earlier: Sequence[Sequence[Statement]]
    marked: dict[str, list[Marked]] = field(default_factory=dict)
    withheld: dict[str, str] = field(default_factory=dict)
    memory: Memory = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in self.tables:
            self.marked[table.id] = [mark(part) for part in table.parts]

    def by_id(self) -> dict[str, Table]:
        return {table.id: table for table in self.tables}

    def statements(self) -> list[Statement]:
        return [self._statement(table) for table in self.tables]

    def _statement(self, table: Table) -> Statement:
        spoken = [] if table.id in self.withheld else self.marked[table.id]
        return Statement(
            table=table.id,
            scope=self.scope,
            known={
                name: Known(cell.threshold, cell.loose, cell.mode)
                for name, cell in table.cells.items()
            },
            said={name: said for part in spoken for name, said in part.said.items()},
            sums=tuple(table.all_sums()),
            either=tuple(either for part in spoken for either in part.either),
        )

    def audited(self) -> tuple[list[Finding], Finding | None]:
        """What was found, up to the first that is not safe."""
        found: list[Finding] = []
        for finding in findings(
            self.statements(), self.earlier, self.watches(), exact=False, memory=self.memory
        ):
            if not finding.is_safe:
                return found, finding
            found.append(finding)
        return found, None

    def watches(self) -> list[Watch]:
        """Every small count, and every line that says the same of everyone, must stay open."""
        return [*self._small_counts(), *self._full_lines()]

    def _small_counts(self) -> Iterable[Watch]:
        cells: dict[str, tuple[Cell, bool]] = {}
        for table in self.tables:
            for name, cell in table.cells.items():
                known, spoken = cells.get(name, (cell, False))
                strictest = max(known, cell, key=lambda found: found.threshold)
                cells[name] = strictest, spoken or self._speaks_of(table, name)
        for name, (cell, spoken) in cells.items():
            if cell.is_small:
                # Where nothing is said of it, its base alone tells what is possible.
                most = cell.threshold if spoken else cell.loose
                yield Watch(name, self.scope, 1, most, cell.count)

    def _speaks_of(self, table: Table, name: str) -> bool:
        if table.id in self.withheld:
            return False
        return any(name in part.said for part in self.marked[table.id])

    def _full_lines(self) -> Iterable[Watch]:
        for table in self.tables:
            for part, marked in zip(table.parts, self.marked[table.id], strict=True):
                for name in marked.must_stay_open:
                    count = part.cells[name].count
                    yield Watch(name, self.scope, max(0, count - 1), max(1, count), count)

    def candidates(self, finding: Finding) -> list[Table]:
        """Tables whose silence could help, the most likely first."""
        named = [table for table in self.tables if self._says_any(table, finding.related)]
        return sorted(named, key=lambda table: self._rank(table, finding.cell))

    def _says_any(self, table: Table, cells: frozenset[str]) -> bool:
        if table.id in self.withheld:
            return False
        return any(name in cells for part in self.marked[table.id] for name in part.said)

    def _rank(self, table: Table, cell: str) -> tuple[int, int]:
        """First a table that holds the cell, not only touches it; of those the most detailed."""
        said = [name for part in self.marked[table.id] for name in part.said]
        nearness = 0 if cell in said else 1 if cell in table.cells else 2
        return nearness, -len(said)

    def withhold_for(self, finding: Finding) -> None:
        """Withhold the table that is nearest to what was found."""
        tables = self.candidates(finding)
        if not tables:
            raise StillGivenAway(finding.cell)
        reason = words.GIVEN_AWAY if finding.about == "count" else words.CHANGE
        self.withheld[tables[0].id] = reason


def protect(
    figures: Sequence[Figure],
    scope: Scope,
    earlier: Sequence[Sequence[Statement]] = (),
    definitions: Mapping[str, Definition] = DEFINITIONS,
) -> Protected:
    """The pack as it may leave; ``earlier`` holds the statements of each release before it.

    Raises StillGivenAway where withholding everything would not help.
    """
    draft = _Draft(scope, tables_of(figures, definitions), earlier)
    safe, unsafe = draft.audited()
    while unsafe is not None:
        draft.withhold_for(unsafe)
        safe, unsafe = draft.audited()
    return Protected(
        figures=hidden_pack(figures, draft.by_id(), draft.marked, draft.withheld, definitions),
        statements=tuple(draft.statements()),
        withheld=draft.withheld,
        findings=tuple(safe),
    )
