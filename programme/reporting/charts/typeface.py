"""The typeface of charts and documents, embedded so that it looks the same everywhere.

Atkinson Hyperlegible Next was drawn for low vision and has the Welsh letters. It is fetched at
set-up and never stored in the repository.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "AtkinsonHyperlegibleNext"
BOLD = "AtkinsonHyperlegibleNext-Bold"
FILES = {
    REGULAR: "AtkinsonHyperlegibleNext_400Regular.ttf",
    BOLD: "AtkinsonHyperlegibleNext_700Bold.ttf",
}


class TypefaceMissing(RuntimeError):
    """A font file is not where set-up puts it."""


def font_folder() -> Path:
    """Where set-up puts the font files."""
    return Path(settings.BASE_DIR) / "build" / "frontend" / "fonts"


@cache
def font(*, bold: bool = False) -> str:
    """The registered name of the font; ``TypefaceMissing`` when set-up has not been run."""
    name = BOLD if bold else REGULAR
    file = font_folder() / FILES[name]
    if not file.is_file():
        raise TypefaceMissing(f"The typeface {file.name} is missing. Run: python3 dev.py setup")
    pdfmetrics.registerFont(TTFont(name, str(file)))
    return name


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a line of text is, in the unit of its size."""
    return float(pdfmetrics.stringWidth(text, font(bold=bold), size))


def printable(text: str) -> str:
    """The text without the control characters that neither SVG nor PDF can carry."""
    return "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text)


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than `width`; a word too long for one line is cut."""
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        line = ""
        for word in _words_that_fit(paragraph, size, width, bold):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, size, bold=bold) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return tuple(lines)


def _words_that_fit(paragraph: str, size: float, width: float, bold: bool) -> list[str]:
    words = []
    for word in paragraph.split():
        rest = word
        while len(rest) > 1 and width_of(rest, size, bold=bold) > width:
            cut = _letters_that_fit(rest, size, width, bold)
            words.append(rest[:cut])
            rest = rest[cut:]
        words.append(rest)
    return words


def _letters_that_fit(word: str, size: float, width: float, bold: bool) -> int:
    count = 1
    while count < len(word) and width_of(word[: count + 1], size, bold=bold) <= width:
        count += 1
    return count
