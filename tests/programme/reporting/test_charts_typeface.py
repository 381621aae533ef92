"""Text is measured and broken with the font it is shown in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.reporting.charts import typeface


def test_without_set_up_the_error_names_the_command(settings, tmp_path):
    typeface.font.cache_clear()
    settings.BASE_DIR = tmp_path

    with pytest.raises(typeface.TypefaceMissing, match=r"python3 dev\.py setup"):
        typeface.width_of("Text", 16)


def test_bold_is_wider():
    assert typeface.width_of("Baby", 16, bold=True) > typeface.width_of("Baby", 16)


def test_lines_break_between_words():
    width = typeface.width_of("one two", 16)

    assert typeface.wrapped("one two three", 16, width) == ("one two", "three")


def test_a_line_feed_starts_a_new_line():
    assert typeface.wrapped("one\n\ntwo", 16, 500) == ("one", "", "two")


def test_a_word_longer_than_the_line_is_cut():
    lines = typeface.wrapped("a" * 40, 16, 100)

    assert "".join(lines) == "a" * 40
    assert len(lines) == 4


def test_control_characters_become_spaces():
    assert typeface.wrapped("one\x00two\x1b", 16, 500) == ("one two",)


@given(text=st.text(max_size=80), width=st.floats(20, 300))
def test_no_letter_is_lost_and_no_line_is_too_wide(text, width):
    lines = typeface.wrapped(text, 16, width)

    assert "".join("".join(lines).split()) == "".join(typeface.printable(text).split())
    assert all(len(line) == 1 or typeface.width_of(line, 16) <= width for line in lines)
