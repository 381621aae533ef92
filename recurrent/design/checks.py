"""Stops a start-up with a brand colour that could not be read on."""

import re
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register
def brand_colour(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The brand colour is six hex digits, and white words on it can be read (WCAG 1.4.3)."""
    colour = settings.BRAND_COLOUR
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return [Error("BRAND_COLOUR must be # and six hex digits.", id="design.E001")]
    if contrast_with_white(colour) < 4.5:
        words = f"White words on BRAND_COLOUR {colour} cannot be read. Choose a darker one."
        return [Error(words, id="design.E002")]
    return []


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2 between "#rrggbb" and white: 1 to 21."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
