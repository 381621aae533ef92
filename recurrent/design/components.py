"""The small things that tags take: what a presenter hands to a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class NavigationItem:
    """One line of a menu."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; ``about`` is read to those who cannot see the row it is in."""

    label: str
    url: str
    about: str = ""


@dataclass(frozen=True)
class SummaryRow:
    """One fact of a summary list. ``value`` None or "" is shown as "Not recorded"."""

    key: str
    value: Any = None
    actions: Sequence[Link] = ()


@dataclass(frozen=True)
class Cell:
    """One cell of a table; ``number`` sets it to the right, ``url`` makes it a link."""

    text: Any
    url: str = ""
    number: bool = False


@dataclass(frozen=True)
class Press:
    """A link to ``url``; without one, a button that posts ``event`` to where the list leads."""

    label: str
    url: str = ""
    event: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: title, when, who, one line, and more to open.

    ``mark`` names it for whoever lists it: a kind and a key. ``press`` is what may be done there.
    """

    title: str
    at: date | datetime
    by: str = ""
    text: str = ""
    more: str = ""
    url: str = ""
    significant: bool = False
    # How it was put right later, and where its earlier words stand.
    amended: str = ""
    versions_url: str = ""
    mark: tuple[str, str] = ("", "")
    press: Press | None = None
