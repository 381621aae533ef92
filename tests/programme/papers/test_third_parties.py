"""Finding other people in a text: by hand, and for any name in any place of any sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.papers.reads.items import items
from programme.papers.third_parties import Known, pieces, questions, without

ASHA, GRACE = frozenset({"asha", "khan"}), frozenset({"grace", "example"})
KNOWN = Known(
    own=frozenset({"alex", "roy"}),
    near={
        "ivy": "a child",
        **dict.fromkeys(("siân", "sian"), "a child"),
        "kyle": "the other parent",
        **dict.fromkeys(ASHA, "a worker"),
        **dict.fromkeys(GRACE, "a third party"),
    },
    others={"marlow": "a third party"},
    workers=(ASHA, GRACE),
    phrases=("Northtown Pause",),
)


def asked(text: str) -> list[str]:
    return [one.words for one in questions(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alex Roy came to the door.", []),
        ("Ivy came home.", ["Ivy"]),
        ("We talked about ivy's school.", ["ivy"]),
        ("Ivy Roy started school.", ["Ivy Roy"]),
        ("Met Siân and KYLE at the centre.", ["Siân", "KYLE"]),
        ("Kyle rang twice.", ["Kyle"]),
        # Nobody recorded these: a capital is enough, also where a sentence begins.
        ("Deepa came too.", ["Deepa"]),
        ("Rang Mr Day about the flat.", ["Mr Day"]),
        ("Saw Dr O’Neill-Shaw on Monday.", ["Dr O’Neill-Shaw"]),
        ("Went with Marlow to court.", ["Marlow"]),
        ("the marlow estate", []),
        # Ordinary capitals are not asked about.
        ("Care proceedings issued. The Local Authority wrote on 4 May 2024.", []),
        ("Home visit: we met or spoke. Talked about housing", []),
        ("Referred to Northtown Pause. By: midwife", []),
        ("Northtown wrote", ["Northtown"]),
        ("GP letter on Tuesday in March", []),
        ("May came round", ["May"]),
        ("Hope rang. Grace did not.", ["Hope", "Grace"]),
        # Words for people, though nobody is named.
        ("The sister was there with her partner.", ["sister", "partner"]),
        # Ways to find somebody.
        ("Ring 07700 900123 or 020 7946 0018", ["07700 900123", "020 7946 0018"]),
        ("+44 7700 900 123", ["+44 7700 900 123"]),
        ("Lives at 12 Mill Lane, ZZ9 9ZZ", ["12 Mill Lane", "ZZ9 9ZZ"]),
        ("flat 2, 14 high street", ["flat 2, 14 high street"]),
        ("write to a.b@example.test", ["a.b@example.test"]),
        ("number 943 476 5919", ["943 476 5919"]),
        ("posted by @somebody99", ["@somebody99"]),
        ("", []),
    ],
)
def test_what_is_asked_about(text: str, expected: list[str]) -> None:
    assert asked(text) == expected


def test_each_question_says_why_and_what_could_stand_instead() -> None:
    found = questions("Ivy and Kyle met Deepa", KNOWN)

    assert [(one.why, one.instead) for one in found] == [
        ("known as a child", "a child"),
        ("known as the other parent", "the other parent"),
        ("may be a name", "a third party"),
    ]


def unticked(text: str) -> tuple[str, ...]:
    """Whoever keeps these words off a paper until they are chosen."""
    (item,) = items([("key", text)], KNOWN)
    return item.asks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A worker of the parent, by either name; one of the programme, by the whole name.
        ("Meet Asha.", ()),
        ("Meet Asha Khan. Then ring Ms Khan", ("Ms Khan",)),
        ("Ring Grace Example", ()),
        ("Grace came to the door", ("Grace",)),
        # Somebody beside a worker.
        ("Meet Asha. Darren comes too", ("Darren",)),
        ("Meet Asha-Kevin", ("Asha-Kevin",)),
        ("Meet Asha Darren", ("Asha Darren",)),
        ("Asha Grace rang", ("Asha Grace",)),
        ("Asha. Ivy", ("Ivy",)),
        # A word for a person, with that person's name.
        ("their foster Carer Jones", ("foster Carer Jones",)),
        ("the ex-Partner Darren", ("ex-Partner Darren",)),
        ("the foster carer", ()),
        # A full stop that ends no sentence.
        ("Rang Mr. Day and J. R. Fox", ("Mr. Day", "J. R. Fox")),
    ],
)
def test_who_keeps_words_off_a_paper(text: str, expected: tuple[str, ...]) -> None:
    assert unticked(text) == expected


def test_the_pieces_of_a_text_are_the_text() -> None:
    text = "Kyle rang; Ivy’s school at 12 Mill Lane."
    cut = pieces(text, questions(text, KNOWN))

    assert "".join(piece.words for piece in cut) == text
    assert [piece.words for piece in cut if piece.why] == ["Kyle", "Ivy", "12 Mill Lane"]


@pytest.mark.parametrize(
    ("text", "replaced", "expected"),
    [
        (
            "Ivy and IVY’s coat, ivyleaf",
            [("Ivy", "a child")],
            "a child and a child’s coat, ivyleaf",
        ),
        ("Sian or Siân", [("Siân", "a child")], "a child or a child"),
        ("Ivy Roy and Ivy", [("Ivy", "X"), ("Ivy Roy", "Y")], "Y and X"),
        ("Will Kyle Marsh rang", [("Kyle Marsh", "X"), ("Will Kyle", "Y")], "X rang"),
        ("Kyle Kyle Kyle", [("Kyle Kyle", "X")], "X"),
        ("her sister", [("sister", "sister")], "her sister"),
        ("a.b (c)", [("a.b", "[x]")], "[x] (c)"),
        ("Straße 1", [("Straße", "[road]")], "[road] 1"),
    ],
)
def test_names_are_taken_out_wherever_they_stand(
    text: str, replaced: list[tuple[str, str]], expected: str
) -> None:
    assert without(text, replaced) == expected


WORDS = st.sampled_from(
    "we met at the door and talked about a long bad night then rang back on Thursday The It".split()
)
NAMES = st.sampled_from(["ivy", "Ivy", "IVY", "siân", "Sian", "SIÂN", "Kyle", "kyle"])
MARKS = st.sampled_from(["", ",", ".", "!", "?", ";", "’s", "'s", ")", "”", " –", "\n", "..."])
BEFORE = st.sampled_from(["", "(", "“", "‘", "- ", "• ", "\n"])


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """A text with the name of somebody near her in it."""
    before, after = (draw(st.lists(WORDS, max_size=8)) for _ in range(2))
    name = draw(NAMES)
    return " ".join([*before, f"{draw(BEFORE)}{name}{draw(MARKS)}", *after]), name


@given(sentences())
def test_somebody_near_her_is_found_in_any_writing_and_any_place(made: tuple[str, str]) -> None:
    text, name = made

    assert any(name in one.words for one in questions(text, KNOWN))


@given(sentences())
def test_what_was_taken_out_is_gone(made: tuple[str, str]) -> None:
    text, name = made
    found = questions(text, KNOWN)

    left = without(text, [(one.words, one.instead) for one in found])

    assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", left, re.IGNORECASE)


UNKNOWN = st.text(alphabet="bcdfghklmnprstvwz", min_size=4, max_size=9).map(str.capitalize)


@given(UNKNOWN, st.lists(WORDS, min_size=1, max_size=6))
def test_a_name_nobody_recorded_is_asked_about_inside_a_sentence(
    name: str, words: list[str]
) -> None:
    text = f"we {' '.join(words)} {name} again"

    assert any(name in one.words for one in questions(text, KNOWN))


@given(
    st.sampled_from(["Asha", "Khan", "asha", "Asha Khan", "Grace Example"]),
    st.sampled_from([". ", ".", "-", " ", ", ", "; ", ".\n", "’s ", " – ", "/"]),
    UNKNOWN,
)
def test_a_name_beside_a_worker_is_never_silent(worker: str, mark: str, name: str) -> None:
    assert any(name in one for one in unticked(f"Meet {worker}{mark}{name} comes too"))


@given(st.text(max_size=200))
def test_any_text_is_cut_and_put_together_again(text: str) -> None:
    found = questions(text, KNOWN)

    assert "".join(piece.words for piece in pieces(text, found)) == text
    assert all(text[one.start : one.end] == one.words for one in found)
    assert without(text, []) == text
