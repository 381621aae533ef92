"""Parts of a whole: one bar cut into parts, bars that fill up, and a table of areas."""

from collections.abc import Iterable, Sequence

from programme.reporting.charts.bars import BAR, SPACE, room_for, rows, shape, value_look
from programme.reporting.charts.descriptions import (
    Crosstab,
    Entry,
    Group,
    Kind,
    Level,
    Proportions,
    StackedShare,
    size_of,
)
from programme.reporting.charts.marks import (
    BASELINE_IN_LINE,
    Block,
    Box,
    Mark,
    Words,
    line,
    measured,
    stacked,
    words,
)
from programme.reporting.charts.paints import LEADING, TONES, Look

STACK_HEIGHT = 44.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTER_SPACING = 16.0
SWATCH = 20.0
KEY_GAP = 8.0
CROSSTAB_AREA = 150.0
PART_GAP = 2.0


def lay_out_stack(chart: StackedShare, width: float) -> Block:
    """One bar of all parts, lettered, and a line of words for each part.

    With a withheld part the lengths of the others would give it away: then plain bars.
    """
    if any(entry.kind is Kind.WITHHELD for entry in chart.entries):
        return rows(chart.entries, room_for(chart.entries, width))
    bar = _stack(chart.entries, STACK_HEIGHT, width)
    letters = _letters(chart.entries, width)
    return stacked([letters, bar, Block(12), _key(chart.entries, width)])


def lay_out_levels(chart: Proportions, width: float) -> Block:
    """A bar for each proportion that fills from zero to all, with its interval as a bracket."""
    return stacked([_level(level, width) for level in chart.levels], gap=24)


def lay_out_crosstab(chart: Crosstab, width: float) -> Block:
    """A band for each row: as thick as the row is large, cut where its answers divide."""
    everyone = [entry for group in chart.rows for entry in group.entries]
    if chart.not_recorded:
        everyone.append(chart.not_recorded)
    total = sum(map(size_of, everyone))
    bands = [_labelled_band(group, total, width) for group in chart.rows]
    if chart.not_recorded:
        bands.append(_band((chart.not_recorded,), total, width))
    return stacked(bands, gap=24)


def looks_of(entries: Iterable[Entry]) -> tuple[Look, ...]:
    """A tone for each entry, so that neighbours differ in lightness."""
    return tuple(TONES[number % len(TONES)] for number, _entry in enumerate(entries))


def _lengths(entries: Sequence[Entry], width: float) -> list[float]:
    total = sum(map(size_of, entries))
    room = width - PART_GAP * (sum(1 for entry in entries if size_of(entry)) - 1)
    return [size_of(entry) / total * room if total else 0.0 for entry in entries]


def _stack(entries: Sequence[Entry], height: float, width: float) -> Block:
    marks: list[Mark] = []
    x = 0.0
    lengths = _lengths(entries, width)
    for entry, length, look in zip(entries, lengths, looks_of(entries), strict=True):
        marks.extend(Block(height, shape(entry, length, height, look)).moved(right=x).marks)
        x += length + PART_GAP if length else 0.0
    return Block(height, tuple(marks))


def _letters(entries: Sequence[Entry], width: float) -> Block:
    """A letter above each part; where parts are thin, letters move apart and a line leads down."""
    middles, x = [], 0.0
    for entry, length in zip(entries, _lengths(entries, width), strict=True):
        if size_of(entry):
            middles.append((LETTERS[entries.index(entry) % 26], x + length / 2))
            x += length + PART_GAP
    places = spread([middle for _letter, middle in middles], LETTER_SPACING, width)
    marks: list[Mark] = []
    for (letter, middle), place in zip(middles, places, strict=True):
        marks.append(Words(place, BASELINE_IN_LINE, letter, Look.VALUE, "middle"))
        marks.append(line((place, LEADING), (middle, LEADING + 8), Look.LEADER))
    return Block(LEADING + 10, tuple(marks))


def spread(places: Sequence[float], apart: float, width: float) -> list[float]:
    """The places moved as little as keeps them apart and inside the width, in their order."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + apart if moved else apart / 2))
    limit = width - apart / 2
    for number in reversed(range(len(moved))):
        moved[number] = min(moved[number], limit)
        limit = moved[number] - apart
    return moved


def _key(entries: Sequence[Entry], width: float) -> Block:
    """Swatch, letter, label and value of each part; values in a column of their own."""
    label_x = SWATCH + KEY_GAP + LETTER_SPACING + KEY_GAP
    value_width = max((measured(entry.text, Look.VALUE) for entry in entries), default=0.0) + 1
    label_width = width - label_x - value_width - 2 * SPACE
    widest = max((measured(entry.label, Look.LABEL) for entry in entries), default=0.0) + 1
    label_width = min(label_width, widest)
    blocks = []
    for number, (entry, look) in enumerate(zip(entries, looks_of(entries), strict=True)):
        label = words(entry.label, Look.LABEL, label_width, x=label_x)
        value_x = label_x + label_width + 2 * SPACE + value_width
        value = words(entry.text, Look.VALUE, value_width, x=value_x, anchor="end")
        letter = words(LETTERS[number % 26], Look.VALUE, LEADING, x=SWATCH + KEY_GAP)
        marks = _swatch(entry, look) + letter.marks + label.marks + value.marks
        blocks.append(Block(max(label.height, value.height), marks))
    return stacked(blocks, gap=8)


def _swatch(entry: Entry, look: Look) -> tuple[Mark, ...]:
    return shape(entry, SWATCH, SWATCH, look)


def _level(level: Level, width: float) -> Block:
    label = words(level.label, Look.LABEL, width)
    parts = [label, Block(2), _filling(level, width)]
    if level.low is not None and level.high is not None:
        parts += [Block(4), _bracket(float(level.low), float(level.high), width)]
    parts += [Block(2), _level_words(level, width)]
    if level.not_recorded:
        parts += [Block(8), _not_recorded(level.not_recorded, width)]
    return stacked(parts)


def _filling(level: Level, width: float) -> Block:
    entry = Entry(level.label, level.share, level.text, level.kind)
    if level.kind is Kind.WITHHELD:
        return Block(BAR, shape(entry, width, BAR, Look.HIDDEN))
    track = Box(0, 0, width, BAR, Look.TRACK)
    return Block(BAR, (track, *shape(entry, size_of(entry) * width, BAR, Look.TONE_1)))


def _bracket(low: float, high: float, width: float) -> Block:
    left, right = low * width, high * width
    marks = (
        line((left, 0), (left, 8), Look.INTERVAL),
        line((left, 4), (right, 4), Look.INTERVAL),
        line((right, 0), (right, 8), Look.INTERVAL),
    )
    return Block(8, marks)


def _level_words(level: Level, width: float) -> Block:
    """The value, then the interval beside it where both fit, else under it."""
    value = words(level.text, value_look(level.kind), width)
    beside = measured(level.text, Look.VALUE) + 2 * SPACE
    if not level.interval_text:
        return value
    if beside + measured(level.interval_text, Look.NOTE) <= width:
        note = words(level.interval_text, Look.NOTE, width, x=beside)
        return Block(value.height, value.marks + note.marks)
    return stacked([value, words(level.interval_text, Look.NOTE, width)])


def _not_recorded(entry: Entry, width: float) -> Block:
    bar = Block(BAR / 2, shape(entry, size_of(entry) * width, BAR / 2, Look.MISSING))
    text = words(f"{entry.label}: {entry.text}", Look.NOTE, width)
    return stacked([bar, text], gap=2)


def _labelled_band(group: Group, total: float, width: float) -> Block:
    label = words(group.label, Look.HEADING, width)
    return stacked([label, _band(group.entries, total, width)], gap=4)


def _band(entries: Sequence[Entry], total: float, width: float) -> Block:
    if any(entry.kind is Kind.WITHHELD for entry in entries):
        band = Block(BAR, (Box(0, 0, width, BAR, Look.HIDDEN),))
    else:
        share = sum(map(size_of, entries)) / total if total else 0.0
        band = _stack(entries, share * CROSSTAB_AREA, width)
    return stacked([band, _flow(entries, width)], gap=8)


def _flow(entries: Sequence[Entry], width: float) -> Block:
    """Swatch, label and value of each part side by side, on as many lines as they need."""
    lines: list[Block] = []
    marks: list[Mark] = []
    x = 0.0
    for entry, look in zip(entries, looks_of(entries), strict=True):
        item, item_width, height = _item(entry, look, width)
        if x and x + item_width > width:
            lines.append(Block(LEADING, tuple(marks)))
            marks, x = [], 0.0
        marks.extend(Block(height, item).moved(right=x).marks)
        x += item_width + 3 * SPACE
        if height > LEADING:
            lines.append(Block(height, tuple(marks)))
            marks, x = [], 0.0
    return stacked([*lines, Block(LEADING, tuple(marks))] if marks else lines, gap=6)


def _item(entry: Entry, look: Look, width: float) -> tuple[tuple[Mark, ...], float, float]:
    text_x = SWATCH + KEY_GAP
    text = words(f"{entry.label}: {entry.text}", Look.LABEL, width - text_x, x=text_x)
    marks = _swatch(entry, look) + text.marks
    widest = max(mark.width for mark in text.marks if isinstance(mark, Words))
    return marks, text_x + widest, text.height
