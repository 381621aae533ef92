"""A scene as accessible inline SVG: live text, classes only, no style attribute (strict CSP)."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from programme.reporting.charts.marks import Box, Dot, Lines, Mark, Scene, Words
from programme.reporting.charts.typeface import printable

KEY = re.compile(r"[a-z][a-z0-9-]*")


def svg(scene: Scene, *, key: str, title: str, summary: str, variant: str) -> SafeString:
    """The drawing as one `<svg>`. `key` is unique on its page and makes the ids."""
    if not KEY.fullmatch(key):
        raise ValueError("The key of a chart is letters, digits and dashes.")
    marks = "".join(map(_element, scene.marks))
    ids = f"{key}-{variant}-title", f"{key}-{variant}-summary"
    return mark_safe(  # noqa: S308 - every text in it is escaped here or in _words
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart__drawing chart__drawing--{variant}"'
        f' viewBox="0 0 {_number(scene.width)} {_number(scene.height)}" role="img"'
        f' aria-labelledby="{ids[0]} {ids[1]}" focusable="false">'
        f'<title id="{ids[0]}">{_text(title)}</title>'
        f'<desc id="{ids[1]}">{_text(summary)}</desc>{marks}</svg>'
    )


def _element(mark: Mark) -> str:
    match mark:
        case Box():
            return _box(mark)
        case Lines():
            return _lines(mark)
        case Dot():
            place = f'cx="{_number(mark.x)}" cy="{_number(mark.y)}" r="{_number(mark.radius)}"'
            return f'<circle class="chart__{mark.look}" {place}/>'
        case Words():
            return _words(mark)


def _box(box: Box) -> str:
    size = f'width="{_number(box.width)}" height="{_number(box.height)}"'
    return f'<rect class="chart__{box.look}" x="{_number(box.x)}" y="{_number(box.y)}" {size}/>'


def _lines(lines: Lines) -> str:
    strokes = (
        "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in stroke) for stroke in lines.strokes
    )
    return f'<path class="chart__{lines.look}" d="{"".join(strokes)}"/>'


def _words(words: Words) -> str:
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    place = f'x="{_number(words.x)}" y="{_number(words.y)}"'
    return f'<text class="chart__{words.look}" {place}{anchor}>{_text(words.text)}</text>'


def _text(text: str) -> str:
    return str(escape(printable(text)))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
