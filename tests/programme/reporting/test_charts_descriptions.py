"""What a chart may say, and that its table says the same."""

from fractions import Fraction

import pytest

from programme.reporting.charts import BarChart, Entry, GroupedBars, Kind, Level, TrendLine
from tests.programme.reporting import samples


def test_a_withheld_value_has_words_and_no_number():
    entry = samples.hidden("No capacity")

    assert (entry.value, entry.text) == (None, samples.HIDDEN_WORDS)


@pytest.mark.parametrize(("value", "text"), [(3, "hidden"), (None, "c")])
def test_a_withheld_number_or_a_bare_symbol_is_refused(value, text):
    with pytest.raises(ValueError, match="withheld"):
        Entry("No capacity", value, text, Kind.WITHHELD)


def test_a_withheld_proportion_keeps_no_number():
    with pytest.raises(ValueError, match="withheld"):
        Level("Accepted", Fraction(1, 2), "hidden", kind=Kind.WITHHELD)


def test_a_bar_below_zero_is_refused():
    with pytest.raises(ValueError, match="zero"):
        Entry("Money", -1, "-1")


def test_a_proportion_above_one_is_refused():
    with pytest.raises(ValueError, match="not more than 1"):
        Level("Accepted", Fraction(3, 2), "150%")


def test_a_line_above_its_scale_is_refused():
    with pytest.raises(ValueError, match="scale"):
        TrendLine("Title", "", "Month", "Count", (Entry("May", 9, "9"),), 8, "8")


def test_the_table_of_a_bar_chart_has_every_row_in_order():
    table = samples.bar_chart().table()

    assert table.header == ("Reason", "Referrals")
    assert table.rows == (
        ("Criteria not met; passed to the family help team", "5 (7.8%)"),
        ("The pregnancy did not progress", "3 (4.7%)"),
        ("Lives outside the area", "0 (0.0%)"),
        ("No capacity", samples.HIDDEN_WORDS),
        ("Not recorded", "2 (3.1%)"),
    )


def test_the_table_of_grouped_bars_has_a_column_for_each_series():
    table = samples.grouped_bars().table()

    assert table.header == ("Need", "At start", "At last review")
    assert table.rows[0] == ("Housing", "21", "9")


def test_the_table_of_proportions_has_the_interval_in_words_and_what_is_missing():
    table = samples.proportions().table()

    assert table.header == ("What is asked", "In time", "Likely range", "Not recorded")
    assert [row[1:] for row in table.rows] == [
        ("87.5% (56 of 64)", "likely between 77.2% and 93.5%", "none"),
        ("100.0% (12 of 12)", "likely between 75.7% and 100.0%", "3"),
        (samples.HIDDEN_WORDS, "none", "none"),
        ("none: nothing fell due", "none", "none"),
    ]


def test_the_table_of_proportions_leaves_out_a_column_nothing_is_in():
    chart = samples.proportions()
    chart = type(chart)(chart.title, chart.summary, "Asked", "In time", chart.levels[:1])

    assert chart.table().header == ("Asked", "In time", "Likely range")


def test_the_table_of_a_crosstab_has_what_is_not_recorded_in_no_column():
    table = samples.crosstab().table()

    assert table.header == ("Earlier separation", "At home", "Not at home")
    assert table.rows[-1] == ("Not recorded: 2", "not known", "not known")


def test_charts_of_nothing_have_a_header_and_no_rows():
    assert BarChart("Title", "", "Reason", "Count", ()).table().rows == ()
    assert GroupedBars("Title", "", "Need", ()).table().header == ("Need",)
