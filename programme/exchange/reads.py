"""What the pages about offered packages show."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from programme.access.models import User
from programme.exchange.models import LoadRequest
from programme.exchange.problems import Problem, shown
from programme.exchange.schema import TABLES
from recurrent.design.components import Cell, SummaryRow
from recurrent.design.words import moment

State = LoadRequest.State
COLOURS = {
    State.REFUSED: "red",
    State.CHECKED: "blue",
    State.WAITING: "yellow",
    State.LOADING: "purple",
    State.LOADED: "green",
    State.FAILED: "red",
    State.RETURNED: "orange",
    State.WITHDRAWN: "grey",
}
NEXT = {
    State.REFUSED: "Nothing was stored. Put the package right and offer it again.",
    State.CHECKED: "Nothing is wrong with it. Nothing is stored until someone else approves it.",
    State.WAITING: "Another data officer or a manager has to approve it.",
    State.LOADING: "It is being stored. Open this page again in a minute.",
    State.LOADED: "Every row was stored. The package itself has been deleted.",
    State.FAILED: "Nothing was stored, and the package has been deleted.",
    State.RETURNED: "It was not approved. Nothing was stored, and the package has been deleted.",
    State.WITHDRAWN: "It was withdrawn. Nothing was stored, and the package has been deleted.",
}


@dataclass(frozen=True)
class LoadPage:
    """One offered package, for one reader."""

    request: LoadRequest
    reader: User
    problem_head = ("File", "Line", "Column", "Value", "What would be right")
    count_head = (Cell("File"), Cell("What it holds"), Cell("Rows", number=True))

    @property
    def state(self) -> str:
        """How far it has come."""
        return State(self.request.state).label

    @property
    def colour(self) -> str:
        """The colour of that state's tag."""
        return COLOURS[State(self.request.state)]

    @property
    def next(self) -> str:
        """What was done and what comes next."""
        return NEXT[State(self.request.state)]

    @property
    def is_running(self) -> bool:
        """Whether it is being stored just now."""
        return self.request.state == State.LOADING

    @property
    def may_ask(self) -> bool:
        """Whether the reader may send it for approval."""
        return self._is_own and self.request.state == State.CHECKED

    @property
    def may_withdraw(self) -> bool:
        """Whether the reader may take it back."""
        return self._is_own and self.request.state in (State.CHECKED, State.WAITING)

    @property
    def may_decide(self) -> bool:
        """Whether the reader may approve it."""
        return self.request.may_be_decided_by(self.reader)

    @property
    def _is_own(self) -> bool:
        return self.request.offered_by_id == self.reader.pk

    @property
    def facts(self) -> list[SummaryRow]:
        """Who offered it, who decided, and when."""
        rows = [
            SummaryRow("Offered by", self.request.offered_by),
            SummaryRow("Offered", moment(self.request.offered_at)),
        ]
        if self.request.decided_by and self.request.decided_at:
            rows += [
                SummaryRow("Decided by", self.request.decided_by),
                SummaryRow("Decided", moment(self.request.decided_at)),
            ]
        if self.request.finished_at:
            rows.append(SummaryRow("Finished", moment(self.request.finished_at)))
        return rows

    @property
    def counts(self) -> list[list[Cell]]:
        """Rows of each file."""
        return [
            [Cell(TABLES[name].file), Cell(TABLES[name].title), Cell(f"{count:,}", number=True)]
            for name, count in self.request.counts.items()
        ]

    @property
    def problems(self) -> list[list[str]]:
        """File, line, column, value (of codes and dates only) and what would be right."""
        return [
            [problem.file, str(problem.line or ""), problem.column, shown(problem.value), words]
            for problem in kept_problems(self.request)
            for words in [problem.right if problem.stops else f"To know: {problem.right}"]
        ]

    @property
    def problem_words(self) -> str:
        """How many problems there are, and whether all are shown."""
        total = self.request.problem_count + self.request.warning_count
        left = total - len(kept_problems(self.request))
        more = f" The first {total - left:,} are shown." if left else ""
        return f"{_counted(self.request.problem_count)} to put right.{more}"


def kept_problems(request: LoadRequest) -> list[Problem]:
    """The problems that were kept of a check."""
    return [Problem(*row) for row in json.loads(request.report or "[]")]


LIST_HEAD = (Cell("Offered"), Cell("By"), Cell("State"), Cell("Rows", number=True))


def load_rows(requests: Iterable[LoadRequest]) -> list[list[Cell]]:
    """Offered packages as rows of a table, each a link."""
    return [
        [
            Cell(moment(request.offered_at), url=reverse("exchange:show_load", args=[request.pk])),
            Cell(request.offered_by),
            Cell(State(request.state).label),
            Cell(f"{sum(request.counts.values()):,}", number=True),
        ]
        for request in requests
    ]


def _counted(count: int) -> str:
    return "1 problem" if count == 1 else f"{count:,} problems"
