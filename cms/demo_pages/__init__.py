"""The words of the demonstration's pages, each in a text file of its own, and their reader.

Above the first empty line stands what the page is; below it, paragraphs. A paragraph can begin
with ``## `` (heading), ``* `` or ``1. `` on each line (list), ``! `` (set apart), ``? `` (question;
its other lines are the answer), ``@ `` (who; number; when) or be ``= glossary``.
"""

import csv
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.html import escape

HERE = Path(__file__).parent
Block = tuple[str, Any]


def drafts(kind: str) -> Iterator[tuple[dict[str, str], list[Block]]]:
    """What each page of ``kind`` (a folder) is, and its blocks."""
    for path in sorted((HERE / kind).glob("*.txt")):
        head, _, words = path.read_text(encoding="utf-8").partition("\n\n")
        yield dict(line.split(": ", 1) for line in head.splitlines()), blocks(words)


def glossary() -> list[dict[str, str]]:
    """Words to avoid, what to prefer, and why."""
    with (HERE / "glossary.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def blocks(words: str) -> list[Block]:
    """Paragraphs as blocks; neighbours that are plain text become one."""
    found = [block(paragraph) for paragraph in words.strip().split("\n\n")]
    joined: list[Block] = []
    for kind, run in groupby(found, key=lambda one: one[0]):
        values = [value for _, value in run]
        joined += [("text", "".join(values))] if kind == "text" else [(kind, v) for v in values]
    return joined


def block(paragraph: str) -> Block:
    """One paragraph as a block."""
    mark, _, rest = paragraph.partition(" ")
    if mark == "!":
        return "important", rest
    if mark == "?":
        question, _, answer = rest.partition("\n")
        return "folded", {"question": question, "answer": html(answer)}
    if mark == "@":
        return "phone", dict(zip(("who", "number", "when"), rest.split("; "), strict=True))
    return ("glossary", None) if mark == "=" else ("text", html(paragraph))


def html(paragraph: str) -> str:
    """A heading, a list or a paragraph, in the few tags that editors have."""
    mark, _, rest = paragraph.partition(" ")
    if mark == "##":
        return f"<h2>{spoken(rest)}</h2>"
    if mark in ("*", "1."):
        tag = "ul" if mark == "*" else "ol"
        items = "".join(
            f"<li>{spoken(line.partition(' ')[2])}</li>" for line in paragraph.splitlines()
        )
        return f"<{tag}>{items}</{tag}>"
    return f"<p>{spoken(paragraph)}</p>"


def spoken(words: str) -> str:
    """Words as HTML; ``**so**`` is bold."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(words))
