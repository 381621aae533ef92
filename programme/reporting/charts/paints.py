"""How each mark looks: safe for colour-blind readers, for grey print and for forced colours.

Colour is never the only cue. Tones are told apart by lightness and a letter or label; not recorded
is always hatched; withheld is always an empty, dashed outline. `charts.css` says the same for
pages, and a test compares the two.
"""

from dataclasses import dataclass
from enum import StrEnum

LEADING = 20.0

INK = "#0b0c0c"
QUIET_INK = "#484949"
EDGE = "#1c3a42"
QUIET_EDGE = "#858686"
PAPER = "#ffffff"


class Look(StrEnum):
    """The name of a look; on a page the class `chart__<name>`."""

    TONE_1 = "tone-1"
    TONE_2 = "tone-2"
    TONE_3 = "tone-3"
    TONE_4 = "tone-4"
    TONE_5 = "tone-5"
    TONE_6 = "tone-6"
    MISSING = "missing"
    HATCH = "hatch"
    HIDDEN = "hidden"
    TRACK = "track"
    BASELINE = "baseline"
    SCALE = "scale"
    TREND = "trend"
    POINT = "point"
    INTERVAL = "interval"
    LEADER = "leader"
    LABEL = "label"
    HEADING = "heading"
    VALUE = "value"
    NOTE = "note"


# Neighbours in a stack differ by at least 30 points of lightness (CIE L*).
TONES = (Look.TONE_1, Look.TONE_2, Look.TONE_3, Look.TONE_4, Look.TONE_5, Look.TONE_6)


@dataclass(frozen=True)
class Paint:
    """Fill and stroke as hex colours, None for none; text has a size in pixels."""

    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0
    dash: tuple[float, ...] = ()
    size: float = 16
    bold: bool = False


PAINTS = {
    Look.TONE_1: Paint(fill="#1d4f5c", stroke=EDGE, stroke_width=1),
    Look.TONE_2: Paint(fill="#9ccbc5", stroke=EDGE, stroke_width=1),
    Look.TONE_3: Paint(fill="#a06427", stroke=EDGE, stroke_width=1),
    Look.TONE_4: Paint(fill="#f2d6a2", stroke=EDGE, stroke_width=1),
    Look.TONE_5: Paint(fill="#5b4a77", stroke=EDGE, stroke_width=1),
    Look.TONE_6: Paint(fill="#cdbfe0", stroke=EDGE, stroke_width=1),
    Look.MISSING: Paint(fill=PAPER, stroke=QUIET_INK, stroke_width=1),
    Look.HATCH: Paint(stroke=QUIET_INK, stroke_width=1),
    Look.HIDDEN: Paint(fill=PAPER, stroke=QUIET_INK, stroke_width=1.5, dash=(5, 3)),
    Look.TRACK: Paint(fill="#eef3f3", stroke=QUIET_EDGE, stroke_width=1),
    Look.BASELINE: Paint(stroke=INK, stroke_width=1.5),
    Look.SCALE: Paint(stroke=QUIET_EDGE, stroke_width=1),
    Look.TREND: Paint(stroke="#1d4f5c", stroke_width=3),
    Look.POINT: Paint(fill=PAPER, stroke="#1d4f5c", stroke_width=3),
    Look.INTERVAL: Paint(stroke=INK, stroke_width=2),
    Look.LEADER: Paint(stroke=QUIET_INK, stroke_width=1),
    Look.LABEL: Paint(fill=INK),
    Look.HEADING: Paint(fill=INK, bold=True),
    Look.VALUE: Paint(fill=INK, bold=True),
    Look.NOTE: Paint(fill=QUIET_INK),
}


def paint_of(look: Look) -> Paint:
    """The colours, stroke and type of a look."""
    return PAINTS[look]
