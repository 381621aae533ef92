"""The drawing says what the list says, in any family, and nothing lies over anything."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import combinations
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from programme.families.drawing import CELL, NARROW, WIDE, Drawing, Text, drawing_of, wrapped
from programme.families.reads.circle import Branch, Circle, Waiting
from programme.families.reads.people import ChildOfFamily, Person, Spell
from programme.people.models import Child, Parent, ParentChild
from programme.pregnancies.reads import ToldPregnancy

BIRTH = date(2020, 4, 5)
WAITING = (
    Waiting("A baby is expected", "", None, is_loss=False),
    Waiting("How it ended is not recorded", "", None, is_loss=False, ends=uuid4()),
    Waiting("A miscarriage", "2020", BIRTH, is_loss=True),
    Waiting("A stillbirth", "", None, is_loss=True),
)
TOLD = (
    ToldPregnancy(True, BIRTH, None, ""),
    ToldPregnancy(False, None, BIRTH, "Live birth"),
    ToldPregnancy(False, None, None, "How it ended is not recorded"),
)
NAMES = st.text("abcdefgh ijklmnop-’", min_size=1, max_size=40).map(str.strip).filter(bool)


def child_of(name: str, years: int, sex: str = "", **values: object) -> ChildOfFamily:
    born = date(2026, 1, 1) - timedelta(days=365 * years)
    row = Child(given_names=name, date_of_birth=born, sex=sex, **values)
    return ChildOfFamily(ParentChild(relation="birth"), row, name)


def circle_with(*branches: Branch, name: str = "Mira", **more: Any) -> Circle:
    me = Person(uuid4(), name, "woman", uuid4())
    around = {"waiting": (), "told": (), "own_parents": (), "kept_apart": (), **more}
    return Circle(Parent(), me, "aged 31", branches, **around)


def grown_up(name: str) -> Person:
    return Person(uuid4(), name, "man", uuid4(), uuid4())


def branch_of(name: str, children: list[ChildOfFamily], *, over: bool = False) -> Branch:
    spell = Spell(uuid4(), date(2015, 1, 1), date(2018, 1, 1) if over else None)
    return Branch(Person(uuid4(), name, "man"), [spell], children)


@st.composite
def circles(draw: st.DrawFn) -> Circle:
    branches = []
    for _ in range(draw(st.integers(0, 4))):
        names = draw(st.lists(NAMES, max_size=12))
        children = [child_of(name, draw(st.integers(0, 17))) for name in names]
        branches.append(branch_of(draw(NAMES), children, over=draw(st.booleans())))
    return circle_with(
        *branches,
        name=draw(NAMES),
        waiting=tuple(draw(st.lists(st.sampled_from(WAITING), max_size=5))),
        told=tuple(draw(st.lists(st.sampled_from(TOLD), max_size=5))),
        own_parents=tuple(grown_up(name) for name in draw(st.lists(NAMES, max_size=7))),
    )


def shapes_of(drawing: Drawing) -> list[tuple[int, int, int, int]]:
    return [
        (one.x - one.size, one.y - one.size, one.x + one.size, one.y + one.size)
        for one in drawing.shapes
    ]


def box_of(text: Text) -> tuple[int, int, int, int]:
    """About the room of one line of words, in the type of the drawing."""
    wide = 7 * len(text.words)
    left = text.x - wide // 2 if text.anchor == "middle" else text.x
    return (left, text.y - 11, left + wide, text.y + 3)


def lies_over(first: tuple[int, int, int, int], second: tuple[int, int, int, int]) -> bool:
    return (
        first[0] < second[2]
        and second[0] < first[2]
        and first[1] < second[3]
        and second[1] < first[3]
    )


@pytest.mark.parametrize("width", [NARROW, WIDE])
@settings(max_examples=60)
@given(circle=circles())
def test_everybody_is_drawn_once_inside_and_beside_the_others(circle: Circle, width: int) -> None:
    drawing = drawing_of(circle, width)

    people = 1 + sum(1 + len(branch.children) for branch in circle.branches)
    beside = len(circle.own_parents) + len(circle.waiting) + len(circle.told)
    assert len(drawing.shapes) == people + beside
    assert [pair for pair in combinations(shapes_of(drawing), 2) if lies_over(*pair)] == []
    assert all(left >= 0 and right <= width for left, _, right, _ in shapes_of(drawing))
    assert all(0 <= one.y <= drawing.height for one in drawing.texts)
    words = [box_of(one) for one in drawing.texts]
    assert [pair for pair in combinations(words, 2) if lies_over(*pair)] == []
    assert all(left >= 0 and right <= width for left, _, right, _ in words)


@pytest.mark.parametrize("width", [NARROW, WIDE])
@settings(max_examples=60)
@given(circle=circles())
def test_every_drawn_word_stands_in_the_list(circle: Circle, width: int) -> None:
    parser = _Words()
    context = {"circle": circle, "parent": circle.parent, "may_change": False}
    parser.feed(render_to_string("programme/families/family_list.html", context))
    listed = squeezed("".join(parser.seen))

    drawn = {word for text in drawing_of(circle, width).texts for word in text.words.split()}

    assert [word for word in drawn if squeezed(word) not in listed] == []


def squeezed(words: str) -> str:
    """Without what wrapping adds, takes away or cuts through."""
    return re.sub(r"[\s…-]", "", words).lower()


def test_long_names_of_own_parents_stand_below_their_shapes() -> None:
    names = ["Gwendolyn Vale", "Bartholomew Vale", "Wilhelmina", "Montgomery"]
    circle = circle_with(own_parents=tuple(grown_up(name) for name in names))

    drawing = drawing_of(circle, NARROW)

    assert [(one.x, one.y < 60) for one in drawing.shapes[:4]] == [
        (95, True),
        (173, True),
        (251, True),
        (95, False),
    ]
    assert {one.anchor for one in drawing.texts if one.words == "Wilhelmina"} == {"middle"}


@given(words=NAMES, letters=st.integers(6, 30))
def test_wrapped_words_lose_nothing_but_what_the_dots_say(words: str, letters: int) -> None:
    lines = wrapped(words, letters)

    assert len(lines) <= 3
    assert all(len(line) <= letters for line in lines)
    if not lines[-1].endswith("…"):
        plain = re.sub(r"[\s-]", "", "".join(lines))
        assert plain == re.sub(r"[\s-]", "", words)


def test_the_shapes_of_a_genogram() -> None:
    children = [child_of("A", 5, "male"), child_of("B", 4, "female"), child_of("C", 3)]
    drawing = drawing_of(circle_with(branch_of("Dan", children)), WIDE)

    assert [one.kind for one in drawing.shapes] == [
        "circle",
        "square",
        "square",
        "circle",
        "diamond",
    ]
    assert [one.look for one in drawing.shapes][:1] == ["me"]


def test_a_couple_is_a_double_line_broken_when_it_is_over() -> None:
    def couple_lines(over: bool) -> list[str]:
        drawing = drawing_of(circle_with(branch_of("Dan", [], over=over)), WIDE)
        return [one.look for one in drawing.strokes if one.path.startswith("M24 ")][1:]

    assert (couple_lines(False), couple_lines(True)) == (["", ""], ["broken", "broken"])


def test_twins_hang_from_one_place() -> None:
    twins = [child_of("A", 5, pregnancy_id=(key := uuid4())), child_of("B", 5, pregnancy_id=key)]
    for one in twins:
        one.is_twin = True
    apart = [child_of("A", 5), child_of("B", 4)]

    def hangs_at(children: list[ChildOfFamily]) -> set[str]:
        drawing = drawing_of(circle_with(branch_of("Dan", children)), WIDE)
        starts = [re.match(r"M(\d+) (\d+)L(\d+) (\d+)", one.path) for one in drawing.strokes]
        return {m[1] for m in starts if m and int(m[1]) > 42 and m[2] != m[4]}

    assert (len(hangs_at(twins)), len(hangs_at(apart))) == (1, 2)


def test_those_who_died_and_babies_not_born_have_a_quiet_outline() -> None:
    lost = child_of("Ash", 5, born="stillborn")
    waiting = (Waiting("A miscarriage", "2019", None, True),)
    drawing = drawing_of(circle_with(Branch(None, [], [lost]), waiting=waiting), NARROW)

    assert [(one.kind, one.look) for one in drawing.shapes[1:]] == [
        ("diamond", "lost"),
        ("triangle", "lost"),
    ]


def test_a_big_family_goes_on_below_and_not_to_the_side() -> None:
    kids = [child_of(f"Kid {number}", number) for number in range(12)]
    branches = [branch_of(f"Partner {n}", kids[n : n + 3]) for n in range(0, 12, 3)]
    big = [branch_of("Partner", kids)]

    for width in (NARROW, WIDE):
        for made in (branches, big):
            drawing = drawing_of(circle_with(*made), width)
            assert max(one.x for one in drawing.shapes) + CELL // 2 <= width


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def test_a_name_cannot_become_a_mark() -> None:
    drawing = drawing_of(circle_with(name='<script>"&'), WIDE)

    parser = _Words()
    parser.feed(render_to_string("programme/families/drawing.html", {"drawing": drawing}))

    assert "script" not in parser.tags
    assert '<script>"&' in parser.seen
