"""The same person? Measured on pairs made by rule, and each field by itself."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.people.matching import Known, KnownChild, compare
from tests.programme.people.pairs import ONE, TWO, pairs, swapped_pairs

EACH = 150
ANN = Known("Ann", "Lee", born_on=date(1995, 3, 4), role="mother")


def test_precision_and_recall_on_pairs_made_by_rule() -> None:
    """Of what is shown, how much is one person; of one person, how much is shown.

    Two people stand as often as one here; among all records they are far commoner, so the
    commonest kind, a stranger, is counted by itself: hardly any may be shown.
    """
    one = [*pairs(ONE, 1, EACH), *swapped_pairs(2, EACH)]
    two = list(pairs(TWO, 3, EACH))
    missed = Counter(rule for rule, a, b in one if not compare(a, b).is_shown)
    wrong = Counter(rule for rule, a, b in two if compare(a, b).is_shown)
    found = len(one) - missed.total()

    print(f"\nmissed {dict(missed)}, wrongly shown {dict(wrong)} of {EACH} each")
    print(f"recall {found / len(one):.3f}, precision {found / (found + wrong.total()):.3f}")
    assert found / len(one) >= 0.95
    assert found / (found + wrong.total()) >= 0.95
    assert wrong["stranger"] == 0


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        (replace(ANN, born_on=date(1995, 4, 3)), "born_on", "day and month swapped"),
        (replace(ANN, born_on=date(1995, 3, 5)), "born_on", "differs in one part"),
        (replace(ANN, given_names="Anne"), "given_names", "alike"),
        (replace(ANN, given_names="Siân", known_as="Ann"), "given_names", "goes by"),
        (replace(ANN, family_name="Day", other_names="Ann Lee"), "family_name", "earlier time"),
        (replace(ANN, family_name="Lee-Day"), "family_name", "share a part"),
        (replace(ANN, family_name="Leee"), "family_name", "alike"),
        (Known("Lee", "Ann"), "given_names", "changed round"),
        (replace(ANN, role="father"), "role", "a mother, the other a father"),
    ],
)
def test_each_field_says_in_plain_words_how_it_fits(told: Known, field: str, words: str) -> None:
    score = compare(ANN, told).of(field)

    assert score is not None
    assert words in score.words


def test_a_shared_child_speaks_for_a_mother_of_another_name() -> None:
    ivy = (KnownChild("Ivy Lee", date(2020, 5, 6)),)
    then = replace(ANN, children=ivy, born_on=None)
    now = Known("Ann", "Day", role="mother", children=(KnownChild("Ivy", date(2020, 5, 6)),))

    score = compare(then, now).of("children")

    assert score is not None
    assert score.words == "A child of the same name and birth date"
    assert compare(then, now).is_shown


def test_numbers_are_the_same_however_they_are_written() -> None:
    one, other = replace(ANN, numbers=("07700 900123",)), replace(ANN, numbers=("+447700900123",))

    assert compare(one, other).of("numbers") is not None


def test_what_is_not_known_says_nothing() -> None:
    assert compare(Known("Ann", "Lee"), Known()).scores == ()
    assert compare(ANN, replace(ANN, born_on=None)).of("born_on") is None


names = st.text(max_size=12)
days = st.none() | st.dates(date(1960, 1, 1), date(2010, 1, 1))
anybody = st.builds(
    Known,
    given_names=names,
    family_name=names,
    known_as=names,
    other_names=names,
    born_on=days,
    role=st.sampled_from(["", "mother", "father"]),
    numbers=st.tuples(names),
    children=st.tuples(st.builds(KnownChild, names, days)),
)


@given(one=anybody, other=anybody)
def test_the_order_of_two_records_does_not_matter(one: Known, other: Known) -> None:
    assert compare(one, other).points == compare(other, one).points


@given(one=anybody)
def test_the_words_repeat_no_name_and_no_day(one: Known) -> None:
    """They may be read by a keeper who may not read the facts."""
    told = replace(ANN, given_names="Xq7", family_name="Xq7", other_names="Xq7")

    said = " ".join(score.words for score in compare(one, told).scores)

    assert "xq7" not in said.lower()
    assert not any(sign.isdigit() for sign in said)
