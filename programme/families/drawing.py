"""The drawing of a family: squares, circles and lines, from what the list beside it says.

A trunk runs down from the parent; each partner hangs on it with the children of these two below.
So it grows downwards, and stays readable on a phone. The unit is a pixel; y runs downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from programme.core.choices import RelationToChild
from programme.families.reads.circle import PREGNANCIES, Branch, Circle
from programme.families.reads.people import MAN, WOMAN, ChildOfFamily, Person

NARROW, WIDE = 290, 630
TRUNK, DROP, LEFT, PARTNER = 24, 42, 56, 100
BIG, SMALL, CELL = 19, 15, 78
LINE = 16
# So many letters of the drawing's type stand beside one another in a cell, or in a pixel.
LETTERS_IN_CELL, PIXELS_A_LETTER = 10, 8
MOST_LINES = 3
NOBODY_NAMED = "No other parent named"
PARENTS_ACROSS = (NARROW - LEFT) // CELL
NOT_BY_BIRTH = (RelationToChild.ADOPTIVE, RelationToChild.STEP, RelationToChild.OTHER)


@dataclass(frozen=True)
class Shape:
    """Somebody: a rectangle, a circle or a path, around its middle."""

    kind: str
    x: int
    y: int
    size: int
    look: str = ""

    @property
    def left(self) -> int:
        """The left side of a rectangle."""
        return self.x - self.size

    @property
    def top(self) -> int:
        """The top of a rectangle."""
        return self.y - self.size

    @property
    def side(self) -> int:
        """The length of a side of a rectangle."""
        return 2 * self.size

    @property
    def path(self) -> str:
        """A diamond, or a triangle for a baby not born."""
        x, y, size = self.x, self.y, self.size
        if self.kind == "triangle":
            return f"M{x} {y - size}L{x + size} {y + size}L{x - size} {y + size}Z"
        return f"M{x} {y - size}L{x + size} {y}L{x} {y + size}L{x - size} {y}Z"


@dataclass(frozen=True)
class Stroke:
    """A line from place to place."""

    path: str
    look: str = ""


@dataclass(frozen=True)
class Text:
    """One line of words; ``middle`` stands around x."""

    x: int
    y: int
    words: str
    look: str = ""
    anchor: str = "start"


@dataclass
class Drawing:
    """A finished drawing of one width."""

    variant: str
    width: int
    height: int = 0
    shapes: list[Shape] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def write(
        self, x: int, y: int, lines: Sequence[str], look: str = "", anchor: str = "start"
    ) -> int:
        """Lines of words one under the other; where the next would stand."""
        for number, words in enumerate(lines):
            self.texts.append(Text(x, y + number * LINE, words, look, anchor))
        return y + len(lines) * LINE

    def stroke(self, start: tuple[int, int], end: tuple[int, int], look: str = "") -> None:
        """One straight line."""
        self.strokes.append(Stroke(f"M{start[0]} {start[1]}L{end[0]} {end[1]}", look))


@dataclass(frozen=True)
class _Small:
    """A child, or a baby not born, as a cell of the drawing."""

    kind: str
    name: str
    years: str
    look: str = ""
    line: str = ""
    twin_of: object = None

    @property
    def lines(self) -> list[str]:
        return [*wrapped(self.name, LETTERS_IN_CELL), *wrapped(self.years, LETTERS_IN_CELL)]


def drawing_of(circle: Circle, width: int) -> Drawing:
    """The family, drawn in this width from exactly what the circle holds."""
    drawing = Drawing("narrow" if width == NARROW else "wide", width)
    y = _parents_above(drawing, circle.own_parents)
    middle = y + BIG
    drawing.shapes.append(_shape(circle.me.mark, TRUNK, middle, BIG, "me"))
    beside = _letters(width - TRUNK - BIG - 10)
    below = drawing.write(TRUNK + BIG + 10, y + 14, wrapped(circle.me.name, beside), "name")
    below = drawing.write(TRUNK + BIG + 10, below, [circle.years] if circle.years else [])
    y, last = max(middle + BIG, below), middle
    for branch in circle.branches:
        cells = [_cell(child) for child in branch.children]
        y, last = _draw_branch(drawing, branch, cells, y + 14)
    if unborn := _pregnancies(circle):
        y, last = _draw_branch(drawing, Branch(None), unborn, y + 14, PREGNANCIES)
    drawing.strokes.insert(0, Stroke(f"M{TRUNK} {middle}L{TRUNK} {last}"))
    drawing.height = y + 8
    return drawing


def _parents_above(drawing: Drawing, own_parents: Sequence[Person]) -> int:
    """Rows of at most three, each name below its shape; where the next may begin."""
    y = 6
    for start in range(0, len(own_parents), PARENTS_ACROSS):
        row = own_parents[start : start + PARENTS_ACROSS]
        middle = y + BIG
        places = [_place(number) for number in range(len(row))]
        for x, person in zip(places, row, strict=True):
            drawing.shapes.append(_shape(person.mark, x, middle, BIG))
            lines = wrapped(person.name, LETTERS_IN_CELL)
            y = max(y, drawing.write(x, middle + BIG + 16, lines, anchor="middle"))
        drawing.stroke((TRUNK, middle), (places[-1], middle))
    if own_parents:
        drawing.stroke((TRUNK, 6 + BIG), (TRUNK, y))
    return y


def _pregnancies(circle: Circle) -> list[_Small]:
    """Babies not born, those of which this parent was told among them."""
    own = [_unborn(one.words, one.in_years, one.is_loss) for one in circle.waiting]
    return own + [_unborn(one.in_words, one.in_years, not one.is_ongoing) for one in circle.told]


def _unborn(words: str, years: str, is_loss: bool) -> _Small:
    return _Small("triangle", words, years, "lost" if is_loss else "")


def _cell(child: ChildOfFamily) -> _Small:
    return _Small(
        kind=child.mark,
        name=child.child.given_names or child.name,
        years=child.in_years,
        look="lost" if child.is_lost else "",
        line="broken" if child.link.relation in NOT_BY_BIRTH else "",
        twin_of=(child.child.pregnancy_id or child.child.date_of_birth) if child.is_twin else None,
    )


def _draw_branch(
    drawing: Drawing, branch: Branch, cells: list[_Small], y: int, nobody: str = NOBODY_NAMED
) -> tuple[int, int]:
    """One partner and the children of these two; where it ends, and where it leaves the trunk."""
    middle = y + BIG
    below = _draw_other(drawing, branch, middle, nobody)
    across = max(1, (drawing.width - LEFT) // CELL)
    bar = middle
    for start in range(0, len(cells), across):
        bar = below + 8
        below = _draw_row(drawing, cells[start : start + across], bar)
    if cells:
        drawing.stroke((DROP, middle), (DROP, bar))
    return below, middle


def _draw_other(drawing: Drawing, branch: Branch, middle: int, nobody: str) -> int:
    """The line of the couple and the other one; where the next row may begin."""
    if branch.other is None:
        drawing.stroke((TRUNK, middle), (DROP, middle))
        words = wrapped(nobody, _letters(drawing.width - LEFT))
        return drawing.write(LEFT, middle + 5, words)
    look = "broken" if branch.is_over else ""
    edges = (middle - 3, middle + 3) if branch.spells else (middle,)
    for edge in edges:
        drawing.stroke((TRUNK, edge), (PARTNER - BIG, edge), look)
    drawing.shapes.append(_shape(branch.other.mark, PARTNER, middle, BIG))
    x, beside = PARTNER + BIG + 8, _letters(drawing.width - PARTNER - BIG - 8)
    below = drawing.write(x, middle - 4, wrapped(branch.other.name, beside), "name")
    spells = [one.in_years for one in branch.spells]
    return max(drawing.write(x, below, spells), middle + BIG + 6)


def _draw_row(drawing: Drawing, cells: list[_Small], bar: int) -> int:
    """One row of children under their bar; where it ends."""
    middle = bar + 14 + SMALL
    lowest = middle
    places = [_place(number) for number in range(len(cells))]
    for x, cell, hangs_at in zip(places, cells, _hangs_at(places, cells), strict=True):
        drawing.stroke((hangs_at, bar), (x, middle - SMALL), cell.line)
        drawing.shapes.append(_shape(cell.kind, x, middle, SMALL, cell.look))
        lowest = max(lowest, drawing.write(x, middle + SMALL + 16, cell.lines, anchor="middle"))
    drawing.stroke((DROP, bar), (places[-1], bar))
    return lowest


def _place(number: int) -> int:
    """The middle of a cell of a row."""
    return LEFT + CELL * number + CELL // 2


def _hangs_at(places: list[int], cells: list[_Small]) -> list[int]:
    """Where each hangs on the bar: those born together from one place in their middle."""
    together: dict[object, list[int]] = {}
    for x, cell in zip(places, cells, strict=True):
        if cell.twin_of is not None:
            together.setdefault(cell.twin_of, []).append(x)
    middles = {key: sum(found) // len(found) for key, found in together.items()}
    return [
        middles.get(cell.twin_of, x) if cell.twin_of is not None else x
        for x, cell in zip(places, cells, strict=True)
    ]


def _shape(mark: str, x: int, y: int, size: int, look: str = "") -> Shape:
    kinds = {MAN: "square", WOMAN: "circle", "triangle": "triangle"}
    return Shape(kinds.get(mark, "diamond"), x, y, size, look)


def _letters(pixels: int) -> int:
    return max(6, pixels // PIXELS_A_LETTER)


def wrapped(words: str, letters: int) -> list[str]:
    """Words in at most three lines of so many letters; a longer word goes on below a hyphen."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
            continue
        while len(word) > letters:
            lines.append(word[: letters - 1] + "-")
            word = word[letters - 1 :]
        lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][: letters - 1] + "…"]
    return lines
