"""An e-mail as it was read, whichever program saved it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

BLOCKS = frozenset("address article br div h1 h2 h3 h4 h5 h6 hr li p pre table tr ul ol".split())
UNSEEN = frozenset("head script style template title".split())


@dataclass
class Letter:
    """Who wrote to whom and when, the words, and what was attached."""

    headers: dict[str, str]
    words: str = ""
    files: list["Attached"] = field(default_factory=list)


@dataclass(frozen=True)
class Attached:
    """A file as it was attached, or an e-mail inside the e-mail."""

    name: str
    content: bytes | Letter


class _Words(HTMLParser):
    """The words of a page of HTML; nothing of it is ever shown as a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self._unseen += tag in UNSEEN
        if tag in BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in UNSEEN))
        if tag in BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(re.sub(r"\s+", " ", data))


def words_of_html(html: str) -> str:
    """What a reader of the page would see, as lines of plain words."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = [line.strip() for line in "".join(parser.found).splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()


def both_ways(one: str, other: str) -> str:
    """What was said twice, as words and as a page: the one that holds all of it, else both.

    Programs often write a line such as "This email needs a newer program" for the plain words.
    """
    if _counted(other) <= _counted(one):
        return one
    if _counted(one) <= _counted(other):
        return other
    return f"{one}\n\n{other}"


def _counted(words: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", words.casefold()))
