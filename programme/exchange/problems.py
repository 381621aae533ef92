"""What is wrong with a caseload package, told so that someone can put it right."""

from collections.abc import Callable
from dataclasses import dataclass, field

SHOWN_CHARACTERS = 80


class PackageRefused(Exception):
    """The package cannot be read at all; ``message`` says why in plain words."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands, what stands there and what would be right."""

    file: str
    line: int | None
    column: str
    value: str
    right: str
    # A warning is told and stops nothing.
    stops: bool = True
    # Whether the value may be shown on a page: only codes and dates may.
    is_code_or_date: bool = False

    @property
    def place(self) -> str:
        """'contacts.csv, line 12, column mode'."""
        line = f"line {self.line}" if self.line else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file, line, column) if part)

    @property
    def in_words(self) -> str:
        """The whole problem in one line; the value is shown safely for a terminal."""
        found = f' "{shown(self.value)}".' if self.value else ""
        kind = "" if self.stops else " (a warning)"
        return f"{self.place}:{found} {self.right}{kind}"


def shown(value: str) -> str:
    """The value on one short line, with signs that a terminal would obey made visible."""
    cut = value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
    readable = cut.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in readable)


def ignore(problem: Problem) -> None:
    """Told to nobody."""


@dataclass
class Problems:
    """Every problem met: each is passed to ``tell`` at once, and the first ``keep`` are kept."""

    tell: Callable[[Problem], None] = ignore
    keep: int = 1000
    kept: list[Problem] = field(default_factory=list)
    count: int = 0
    warning_count: int = 0

    def add(self, problem: Problem) -> None:
        """Counts, tells and, while there is room, keeps one problem."""
        if problem.stops:
            self.count += 1
        else:
            self.warning_count += 1
        if len(self.kept) < self.keep:
            self.kept.append(problem)
        self.tell(problem)

    @property
    def not_kept(self) -> int:
        """How many were counted and told but not kept."""
        return self.count + self.warning_count - len(self.kept)
