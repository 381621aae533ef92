"""Horizontal bars: one for each entry, from zero, each with its label and its value in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programme.reporting.charts.descriptions import (
    BarChart,
    Entry,
    GroupedBars,
    Kind,
    Number,
    size_of,
)
from programme.reporting.charts.hatching import hatched
from programme.reporting.charts.marks import Block, Box, Mark, line, measured, stacked, words
from programme.reporting.charts.paints import TONES, Look

BAR = 24.0
ROW_GAP = 12.0
GROUP_GAP = 24.0
SPACE = 8.0
# Narrower than this, labels stand above their bars.
NARROW = 480.0
LABEL_SHARE = 0.4
VALUE_SHARE = 0.45
HIDDEN_WIDTH = 56.0


@dataclass(frozen=True)
class Room:
    """Where labels, bars and values stand. A label width of 0 means labels above the bars."""

    width: float
    label_width: float
    bar_width: float
    maximum: float

    @property
    def start(self) -> float:
        """Where every bar begins."""
        return self.label_width + 2 * SPACE if self.label_width else 0.0

    def length_of(self, entry: Entry) -> float:
        """The bar's length: exactly in proportion to its value."""
        if entry.kind is Kind.WITHHELD:
            return min(HIDDEN_WIDTH, self.bar_width)
        return size_of(entry) / self.maximum * self.bar_width if self.maximum else 0.0


def room_for(entries: Sequence[Entry], width: float, maximum: Number | None = None) -> Room:
    """Columns that fit these entries; bars take what labels and values leave."""
    label_width = 0.0
    if width >= NARROW:
        widest = max((measured(entry.label, Look.LABEL) for entry in entries), default=0.0)
        label_width = min(widest + 1, LABEL_SHARE * width)
    start = label_width + 2 * SPACE if label_width else 0.0
    counted = [entry for entry in entries if entry.kind is not Kind.WITHHELD]
    value = max((measured(entry.text, Look.VALUE) for entry in counted), default=0.0)
    left_for_bars = width - start
    bar_width = left_for_bars - SPACE - min(value + 1, VALUE_SHARE * left_for_bars)
    largest = max(map(size_of, entries), default=0.0)
    return Room(width, label_width, bar_width, max(float(maximum or 0), largest))


def row(entry: Entry, room: Room, look: Look = Look.TONE_1) -> Block:
    """Label, bar and value of one entry."""
    bar = _bar(entry, room, look)
    label = words(entry.label, Look.LABEL, room.label_width or room.width)
    if not room.label_width:
        return stacked([label, bar], gap=2)
    height = max(label.height, bar.height)
    return Block(height, _centred(label, height).marks + _centred(bar, height).marks)


def rows(entries: Iterable[Entry], room: Room, looks: Sequence[Look] = TONES[:1]) -> Block:
    """The entries under one another, on a common zero line."""
    taken = list(entries)
    cycle = [looks[number % len(looks)] for number in range(len(taken))]
    block = stacked(
        [row(entry, room, look) for entry, look in zip(taken, cycle, strict=True)], gap=ROW_GAP
    )
    if not room.label_width:
        return block
    zero = line((room.start, -4), (room.start, block.height + 4), Look.BASELINE)
    return Block(block.height, (*block.marks, zero))


def lay_out_bars(chart: BarChart, width: float) -> Block:
    """The whole of a bar chart."""
    return rows(chart.entries, room_for(chart.entries, width, chart.maximum))


def lay_out_groups(chart: GroupedBars, width: float) -> Block:
    """A heading for each category, then its bars: the newest in the darkest tone."""
    entries = [entry for group in chart.groups for entry in group.entries]
    room = room_for(entries, width, chart.maximum)
    looks = (Look.TONE_2, Look.TONE_1, Look.TONE_3)
    blocks = (
        stacked([words(group.label, Look.HEADING, width), rows(group.entries, room, looks)], gap=6)
        for group in chart.groups
    )
    return stacked(blocks, gap=GROUP_GAP)


def value_look(kind: Kind) -> Look:
    """Figures are bold; the words that stand for a hidden one are not."""
    return Look.LABEL if kind is Kind.WITHHELD else Look.VALUE


def shape(entry: Entry, length: float, height: float, look: Look) -> tuple[Mark, ...]:
    """The bar itself: a tone, a hatch for not recorded, an empty outline for withheld."""
    if entry.kind is Kind.WITHHELD:
        return (Box(0, 0, length, height, Look.HIDDEN),)
    if not length:
        return ()
    if entry.kind is Kind.NOT_RECORDED:
        return hatched(0, 0, length, height)
    return (Box(0, 0, length, height, look),)


def _bar(entry: Entry, room: Room, look: Look) -> Block:
    length = room.length_of(entry)
    value_x = room.start + length + SPACE
    value = words(entry.text, value_look(entry.kind), room.width - value_x, x=value_x)
    height = max(BAR, value.height)
    bar = _centred(Block(BAR, shape(entry, length, BAR, look)), height).moved(right=room.start)
    zero = () if room.label_width else (line((0, -2), (0, height + 2), Look.BASELINE),)
    return Block(height, bar.marks + _centred(value, height).marks + zero)


def _centred(block: Block, height: float) -> Block:
    return block.moved(down=(height - block.height) / 2)
