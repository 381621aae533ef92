"""A line over periods: zero at the foot, breaks where nothing is recorded, values at its points."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, starmap

from programme.reporting.charts.bars import SPACE, shape
from programme.reporting.charts.descriptions import Entry, Kind, TrendLine, size_of
from programme.reporting.charts.marks import (
    BASELINE_IN_LINE,
    Block,
    Dot,
    Lines,
    Mark,
    Point,
    Words,
    line,
    lines_of,
    measured,
    stacked,
    words,
)
from programme.reporting.charts.paints import LEADING, Look

HEIGHT = 180.0
HEAD = 26.0
RADIUS = 5.0
LABEL_LINES = 3
SWATCH = 20.0


@dataclass(frozen=True)
class Plot:
    """The field the line runs in."""

    chart: TrendLine
    width: float

    @property
    def left(self) -> float:
        """Room for the words on the scale."""
        widest = max(measured("0", Look.NOTE), measured(self.chart.maximum_text, Look.NOTE))
        return widest + SPACE

    @property
    def step(self) -> float:
        """The width of one period."""
        return (self.width - self.left) / max(len(self.chart.entries), 1)

    def middle(self, number: int) -> float:
        """The middle of a period."""
        return self.left + (number + 0.5) * self.step

    def height_at(self, entry: Entry) -> float:
        """Where a value stands: exactly in proportion, from zero at the foot."""
        highest = float(self.chart.maximum)
        share = size_of(entry) / highest if highest else 0.0
        return HEAD + HEIGHT * (1 - share)

    def point(self, number: int) -> Point:
        """The point of a period."""
        return self.middle(number), self.height_at(self.chart.entries[number])

    @property
    def shown(self) -> list[int]:
        """The periods that have a value to draw."""
        return [number for number, entry in enumerate(self.chart.entries) if is_drawn(entry)]


def is_drawn(entry: Entry) -> bool:
    """A value stands on the line when it is recorded, shown and a number."""
    return entry.kind is Kind.RECORDED and entry.value is not None


def lay_out_trend(chart: TrendLine, width: float) -> Block:
    """Scale, gaps, line, values, periods, and a key to the gaps."""
    plot = Plot(chart, width)
    field = (*_scale(plot), *_gaps(plot), *_line(plot), *_values(plot))
    blocks = [Block(HEAD + HEIGHT, field), _periods(plot), _key(chart.entries, width)]
    return stacked([block for block in blocks if block.height], gap=8)


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Neighbours together: [0, 1, 3] is [[0, 1], [3]]."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _scale(plot: Plot) -> tuple[Mark, ...]:
    foot = HEAD + HEIGHT
    x = plot.left - SPACE
    return (
        line((plot.left, HEAD), (plot.left, foot), Look.SCALE),
        line((plot.left - 4, HEAD), (plot.left + 4, HEAD), Look.SCALE),
        line((plot.left, foot), (plot.width, foot), Look.BASELINE),
        Words(x, HEAD + 5, plot.chart.maximum_text, Look.NOTE, "end"),
        Words(x, foot + 5, "0", Look.NOTE, "end"),
    )


def _gaps(plot: Plot) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for number, entry in enumerate(plot.chart.entries):
        if entry.kind is not Kind.RECORDED:
            column = Block(HEIGHT, shape(entry, plot.step * 0.7, HEIGHT, Look.MISSING))
            marks += column.moved(plot.middle(number) - plot.step * 0.35, HEAD).marks
    return tuple(marks)


def _line(plot: Plot) -> tuple[Mark, ...]:
    strokes = tuple(tuple(map(plot.point, run)) for run in runs(plot.shown) if len(run) > 1)
    radius = min(RADIUS, plot.step / 3)
    dots = tuple(Dot(*plot.point(number), radius, Look.POINT) for number in plot.shown)
    return (Lines(strokes, Look.TREND), *dots) if strokes else dots


def _values(plot: Plot) -> tuple[Mark, ...]:
    """Words at the newest and the oldest point, then wherever there is room."""
    taken: list[Words] = []
    order = plot.shown[-1:] + plot.shown[:1] + plot.shown[1:-1]
    for number in dict.fromkeys(order):
        value = _value(plot, number)
        if all(_apart(value, other) for other in taken):
            taken.append(value)
    return tuple(taken)


def _value(plot: Plot, number: int) -> Words:
    x, y = plot.point(number)
    text = plot.chart.entries[number].text
    half = measured(text, Look.VALUE) / 2
    x = min(max(x, plot.left + half), plot.width - half)
    under = _is_valley(plot, number) and y + 24 < HEAD + HEIGHT - 4
    return Words(x, y + 24 if under else y - 11, text, Look.VALUE, "middle")


def _is_valley(plot: Plot, number: int) -> bool:
    near = [plot.point(other)[1] for other in (number - 1, number + 1) if other in plot.shown]
    return bool(near) and plot.point(number)[1] > sum(near) / len(near)


def _apart(one: Words, other: Words) -> bool:
    return one.left + one.width + SPACE < other.left or other.left + other.width + SPACE < one.left


def _periods(plot: Plot) -> Block:
    """Names of the periods: all of them, or every second, third ... counted back from the last."""
    count = len(plot.chart.entries)
    for every in range(1, count):
        chosen = range((count - 1) % every, count, every)
        blocks = [_period(plot, number, every) for number in chosen]
        if _fit(plot, every) and all(starmap(_beside, pairwise(blocks))):
            return _together(blocks)
    return _period(plot, count - 1, count)


def _fit(plot: Plot, every: int) -> bool:
    width = every * plot.step - SPACE
    return all(_fits(entry.label, width) for entry in plot.chart.entries)


def _beside(earlier: Block, later: Block) -> bool:
    """Whether two names keep apart, also where the edge has pushed one of them inwards."""
    end = max(name.left + name.width for name in _names(earlier))
    return end + SPACE / 2 <= min(name.left for name in _names(later))


def _names(block: Block) -> list[Words]:
    return [mark for mark in block.marks if isinstance(mark, Words)]


def _together(blocks: list[Block]) -> Block:
    height = max(block.height for block in blocks)
    return Block(height, tuple(mark for block in blocks for mark in block.marks))


def _fits(label: str, width: float) -> bool:
    longest = max((measured(word, Look.NOTE) for word in label.split()), default=0.0)
    return longest <= width and len(lines_of(label, Look.NOTE, width)) <= LABEL_LINES


def _period(plot: Plot, number: int, every: int) -> Block:
    lines = lines_of(plot.chart.entries[number].label, Look.NOTE, every * plot.step - SPACE)
    half = max(measured(text, Look.NOTE) for text in lines) / 2
    x = min(max(plot.middle(number), half), plot.width - half)
    marks = tuple(
        Words(x, LEADING * row + BASELINE_IN_LINE, text, Look.NOTE, "middle")
        for row, text in enumerate(lines)
    )
    return Block(LEADING * len(lines), marks)


def _key(entries: Iterable[Entry], width: float) -> Block:
    gaps = {(entry.kind, entry.text): entry for entry in entries if entry.kind != Kind.RECORDED}
    return stacked([_key_line(entry, width) for entry in gaps.values()], gap=6)


def _key_line(entry: Entry, width: float) -> Block:
    swatch = shape(entry, SWATCH, SWATCH, Look.MISSING)
    text = words(entry.text, Look.LABEL, width - SWATCH - SPACE, x=SWATCH + SPACE)
    return Block(max(text.height, SWATCH), swatch + text.marks)
