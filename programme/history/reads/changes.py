"""What changed in a record: from what to what, by whom, when and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Field
from django.urls import reverse

from programme.access.actors import MERGER
from programme.access.joined import records_of
from programme.access.parts import Part
from programme.history.reads.kinds import Kind, kinds
from programme.history.reads.saying import NOT_RECORDED, Sayer
from programme.joining.models import Merge
from programme.people.models import Parent

DONE = {"+": "added", "~": "changed", "-": "taken out"}
CARELESS = "The words before are not yours to read."


@dataclass(frozen=True)
class Difference:
    """One column: as it was ("" when it is new) and as it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One line of history in words."""

    title: str
    at: datetime
    by: str
    reason: str
    differences: tuple[Difference, ...]
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """A line of history beside the line before it of the same row."""

    kind: Kind
    line: Any
    before: Any

    @property
    def changed(self) -> "list[Field[Any, Any]]":
        """The columns that differ; of a new row, those that are filled in."""
        if self.line.history_type == "-" or (self.before is None and self.line.history_type == "~"):
            return []
        return [field for field in self.kind.fields() if self._differs(field)]

    @property
    def is_only_moved(self) -> bool:
        """Whether the row went from one record of a person to the other: the merge says it once."""
        by_merger = self.line.history_user_id == MERGER and self.line.history_type == "~"
        return by_merger and all(field.related_model is Parent for field in self.changed)

    def _differs(self, field: "Field[Any, Any]") -> bool:
        after = getattr(self.line, field.attname)
        if self.before is None:
            return after not in (None, "")
        return bool(getattr(self.before, field.attname) != after)

    @property
    def says_something(self) -> bool:
        """Whether anything happened that a reader would call a change."""
        if self.is_only_moved and self.kind.model is not Merge:
            return False
        is_only_that = self.line.history_type != "~" or self.kind.says_only_that
        return bool(is_only_that or self.before is None or self.line.history_change_reason) or bool(
            self.changed
        )


def steps_of(
    parent: Parent, parts: Mapping[Part, bool], until: datetime | None = None
) -> list[Step]:
    """Every line of a parent's history that the acting user may read, newest first.

    At most two queries for each table of the parts she has, whatever they hold.
    """
    steps: list[Step] = []
    records = records_of(parent.pk)
    for kind in kinds():
        if kind.parts & parts.keys():
            steps += _steps(kind, lines_of(kind, records, until))
    return sorted(steps, key=lambda step: step.line.history_date, reverse=True)


def lines_of(kind: Kind, records: Sequence[UUID], until: datetime | None = None) -> list[Any]:
    """The lines of one table, oldest first, of rows that the reader sees today or that are gone.

    ``records`` are the parent's own and those that lead to it. A row that she may no longer see
    tells nothing of what it was before. Two queries; one when there are no lines.
    """
    lines = list(kind.lines(records).order_by("history_date", "version"))
    if not lines:
        return []
    known = set(kind.rows(records).values_list("pk", flat=True))
    known |= {line.id for line in lines if line.history_type == "-"}
    return [
        line for line in lines if line.id in known and (until is None or line.history_date < until)
    ]


def _steps(kind: Kind, lines: Iterable[Any]) -> list[Step]:
    last: dict[UUID, Any] = {}
    steps = []
    for line in lines:
        steps.append(Step(kind, line, last.get(line.id)))
        last[line.id] = line
    return [step for step in steps if step.says_something]


class Teller:
    """Puts steps into words for one reader."""

    def __init__(self, parent: Parent, steps: Iterable[Step]) -> None:
        self.parent = parent
        self.say = Sayer(parent)
        self.say.learn(_people(steps))

    def tell(self, step: Step) -> Change:
        """One change in words."""
        if step.kind.model is Merge:
            return self._joined(step)
        line = step.line
        url = reverse("history:show_row", args=[self.parent.pk, step.kind.code, line.id])
        shown = [one for one in step.changed if self.say.may_say(step.kind, one, line)]
        is_cut = line.history_type == "~" and step.before is None
        return Change(
            title=f"{step.kind.label}: {DONE[line.history_type]}",
            at=line.history_date,
            by=self.say.user(line.history_user_id),
            reason=self._reason(line),
            differences=tuple(self._difference(step, field) for field in shown),
            note=CARELESS if is_cut and not step.kind.says_only_that else "",
            url=url,
        )

    def _joined(self, step: Step) -> Change:
        """A joining or parting, once, by the person who did it; the merger wrote the rest."""
        line = step.line
        by, why, done = line.joined_by_id, line.why, "joined"
        if line.undone_at is not None:
            by, why, done = line.undone_by_id, line.undone_why, "parted again"
        return Change(
            title=f"Two records of one person were {done}",
            at=line.history_date,
            by=self.say.user(by),
            reason=why,
            differences=(Difference("The other record", "", line.absorbed_reference),),
            url=reverse("history:show_row", args=[self.parent.pk, step.kind.code, line.id]),
        )

    def _reason(self, line: Any) -> str:
        """Why, in somebody's words; the merger keeps the key of its merge there."""
        if line.history_user_id == MERGER or not self.say.reads_text(line):
            return ""
        return line.history_change_reason or ""

    def _difference(self, step: Step, field: "Field[Any, Any]") -> Difference:
        before = ""
        if step.before is not None:
            is_open = self.say.may_say(step.kind, field, step.before)
            before = self.say.value(field, step.before) if is_open else NOT_RECORDED
        return Difference(self.say.label(field), before, self.say.value(field, step.line))


def _people(steps: Iterable[Step]) -> set[UUID]:
    """Whoever changed something, and whoever a column names."""
    found: set[UUID] = set()
    for step in steps:
        found.add(step.line.history_user_id)
        for line in filter(None, (step.line, step.before)):
            found |= {
                getattr(line, name)
                for name in ("written_by_id", "referred_by_id", "joined_by_id", "undone_by_id")
                if getattr(line, name, None)
            }
    return found


def changes_of_row(
    parent: Parent, parts: Mapping[Part, bool], code: str, row_id: UUID
) -> list[Change]:
    """Every version of one row, newest first; none when it is not the reader's to see."""
    kind = next((one for one in kinds() if one.code == code and one.parts & parts.keys()), None)
    if kind is None:
        return []
    lines = lines_of(kind, records_of(parent.pk))
    steps = _steps(kind, [line for line in lines if line.id == row_id])
    teller = Teller(parent, steps)
    return [teller.tell(step) for step in reversed(steps)]
