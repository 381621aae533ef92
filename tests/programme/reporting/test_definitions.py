"""Every indicator of the file is whole: words, threshold and population names."""

import pytest

from programme.reporting.definitions import DEFINITIONS, Definition

SHIPPED = """RE-3 RE-4 RE-5 RE-9 TI-1 TI-4 TI-7 TI-9 TI-10 EN-2 SU-1 CO-2 PR-1 PR-2 PR-3 PR-7
BA-10 BA-11 VO-3 FA-1 EQ-2 WF-1 CA-1 SN-1 SN-2 SN-3 SN-4"""
# Health, contraception, therapy, court and ethnic group; the rest may show six or more.
SENSITIVE = "RE-5 SU-1 CO-2 PR-1 PR-2 PR-3 PR-7 BA-10 BA-11 EQ-2 SN-2"

each_definition = pytest.mark.parametrize("definition", DEFINITIONS.values(), ids=lambda d: d.id)


def test_the_indicators_that_ship() -> None:
    assert sorted(DEFINITIONS) == sorted(SHIPPED.split())


def test_nine_for_what_is_sensitive_and_five_for_the_rest() -> None:
    nine = [definition.id for definition in DEFINITIONS.values() if definition.threshold == 9]
    five = [definition.id for definition in DEFINITIONS.values() if definition.threshold == 5]

    assert sorted(nine) == sorted(SENSITIVE.split())
    assert len(nine) + len(five) == len(DEFINITIONS)


@each_definition
def test_its_words_are_there(definition: Definition) -> None:
    words = (definition.name, definition.numerator, definition.time_basis, definition.unit)

    assert all(words)
    assert definition.question.endswith("?")


@each_definition
def test_what_is_sensitive_is_guarded_by_the_higher_threshold(definition: Definition) -> None:
    assert definition.sensitive == (definition.threshold == 9)
    assert definition.base_threshold in {5, definition.threshold}


@each_definition
def test_what_is_counted_and_the_rest_have_a_base(definition: Definition) -> None:
    assert bool(definition.rest) == bool(definition.base and definition.counted)


def test_a_crosstab_names_its_lines_and_columns() -> None:
    table = DEFINITIONS["BA-11"]

    assert table.categories == ("earlier separation", "no earlier separation")
    assert table.columns == ("home", "not home")
