import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.core.identifiers import (
    nhs_number_problem,
    postcode_problem,
    spaced_nhs_number,
    tidy_nhs_number,
    tidy_postcode,
)

NOT_ONE = "This is not an NHS number. Check the digits"


@pytest.mark.parametrize(
    "value", ["9434765919", "4010232137", "943 476 5919", "943-476-5919", " 9434765919 ", "", " "]
)
def test_a_number_that_fits_its_check_digit_has_no_problem(value):
    assert nhs_number_problem(value, allow_test_range=False) is None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1234567890", NOT_ONE),
        ("9434765918", NOT_ONE),
        ("0000000000", NOT_ONE),
        ("9999999999", NOT_ONE),
        ("943476591", "An NHS number has 10 digits"),
        ("94347659190", "An NHS number has 10 digits"),
        ("943476591x", "An NHS number has 10 digits"),
        ("943476591\u0669", "An NHS number has 10 digits"),
    ],
)
@pytest.mark.parametrize("allow_test_range", [True, False])
def test_other_numbers_are_refused(value, problem, allow_test_range):
    assert nhs_number_problem(value, allow_test_range) == problem


@pytest.mark.parametrize("value", ["9990000018", "9990000034"])
def test_the_test_range_is_for_invented_people(value):
    assert nhs_number_problem(value, allow_test_range=True) is None
    assert (
        nhs_number_problem(value, allow_test_range=False)
        == "Numbers that begin with 999 are for invented people only"
    )


@given(st.integers(0, 9), st.integers(1, 9))
def test_any_one_wrong_digit_is_noticed(place, by):
    right = "9434765919"
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]

    assert nhs_number_problem(wrong, allow_test_range=True) == NOT_ONE


def test_a_check_of_eleven_is_written_as_nought():
    # 10 x 1 + 2 x 6 = 22, a multiple of 11.
    assert nhs_number_problem("1000000060", allow_test_range=False) is None


@pytest.mark.parametrize("last", "0123456789")
def test_a_check_of_ten_belongs_to_no_number(last):
    # 10 x 1 + 2 x 1 = 12, one more than a multiple of 11.
    assert nhs_number_problem(f"100000001{last}", allow_test_range=False) == NOT_ONE


def test_nhs_number_is_kept_plain_and_shown_spaced():
    assert tidy_nhs_number(" 943 476-5919") == "9434765919"
    assert spaced_nhs_number("9434765919") == "943 476 5919"


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("sw1a1aa", "SW1A 1AA"),
        (" M1  1AE ", "M1 1AE"),
        ("cr2 6xh", "CR2 6XH"),
        ("dn55 1pt", "DN55 1PT"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A1BB", "EC1A 1BB"),
    ],
)
def test_a_postcode_is_tidied(typed, tidy):
    assert tidy_postcode(typed) == tidy
    assert postcode_problem(typed) is None


@pytest.mark.parametrize("typed", ["SW1", "no fixed abode", "SW1A 1AC", "1AA SW1", "SW1A 1AAA"])
def test_what_is_no_postcode_is_said_and_left(typed):
    assert tidy_postcode(f" {typed} ") == typed
    assert postcode_problem(typed) == "Enter a full UK postcode, like SW1A 1AA"


def test_a_blank_postcode_is_no_problem():
    assert (tidy_postcode("  "), postcode_problem("  ")) == ("", None)
