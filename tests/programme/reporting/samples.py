"""Invented charts of every kind, shared by the tests of charts and documents."""

from fractions import Fraction

from programme.reporting.charts import (
    BarChart,
    Chart,
    Crosstab,
    Entry,
    Group,
    GroupedBars,
    Kind,
    Level,
    Proportions,
    StackedShare,
    TrendLine,
)

HIDDEN_WORDS = "fewer than 10, hidden so that nobody can be recognised"


def not_recorded(value: int | None, text: str) -> Entry:
    return Entry("Not recorded", value, text, Kind.NOT_RECORDED)


def hidden(label: str) -> Entry:
    return Entry(label, None, HIDDEN_WORDS, Kind.WITHHELD)


def bar_chart(*entries: Entry) -> BarChart:
    return BarChart(
        title="Referrals not taken on, by reason",
        summary="Of 64 referrals decided, 8 were not taken on, most because criteria were not met.",
        category="Reason",
        measure="Referrals",
        entries=entries
        or (
            Entry("Criteria not met; passed to the family help team", 5, "5 (7.8%)"),
            Entry("The pregnancy did not progress", 3, "3 (4.7%)"),
            Entry("Lives outside the area", 0, "0 (0.0%)"),
            hidden("No capacity"),
            not_recorded(2, "2 (3.1%)"),
        ),
    )


def grouped_bars() -> GroupedBars:
    return GroupedBars(
        title="Needs rated high, at the start and at the last review",
        summary="Fewer parents had a high need at their last review than at the start.",
        category="Need",
        groups=(
            Group("Housing", (Entry("At start", 21, "21"), Entry("At last review", 9, "9"))),
            Group("Money", (Entry("At start", 17, "17"), Entry("At last review", 12, "12"))),
            Group("Emotional health", (Entry("At start", 24, "24"), hidden("At last review"))),
        ),
    )


def trend_line() -> TrendLine:
    counts = [4, 6, 5, 9, 12, None, 11, 14, 10, None, 13, 16]
    labels = [f"{quarter} {year}" for year in (2023, 2024, 2025) for quarter in QUARTERS]
    entries = [
        Entry(label, count, str(count))
        if count
        else Entry(label, None, "nothing recorded", MISSING)
        for label, count in zip(labels, counts, strict=True)
    ]
    return TrendLine(
        title="Referrals received each quarter",
        summary="Referrals rose from 4 to 16 a quarter. Nothing is recorded for two quarters.",
        category="Quarter",
        measure="Referrals",
        entries=tuple(entries),
        maximum=16,
        maximum_text="16",
    )


QUARTERS = ("Jan to Mar", "Apr to Jun", "Jul to Sep", "Oct to Dec")
MISSING = Kind.NOT_RECORDED


def stacked_share() -> StackedShare:
    return StackedShare(
        title="Where 22 babies were living on 28 March 2019",
        summary="Ten of 22 babies were with a parent, and twelve were not.",
        category="Where the baby lives",
        measure="Babies",
        entries=(
            Entry("Home, universal services", 1, "1 (4.5%)"),
            Entry("Home, child in need plan", 6, "6 (27.3%)"),
            Entry("Home, child protection plan", 3, "3 (13.6%)"),
            Entry("Family or friends", 4, "4 (18.2%)"),
            Entry("Foster care", 7, "7 (31.8%)"),
            Entry("Fostering to adopt", 1, "1 (4.5%)"),
            not_recorded(0, "0 (0.0%)"),
        ),
    )


def proportions() -> Proportions:
    return Proportions(
        title="Assessments and meetings in time",
        summary="Seven in eight referrals were accepted; visits in time are recorded for most.",
        category="What is asked",
        measure="In time",
        levels=(
            Level(
                "Referrals accepted",
                Fraction(56, 64),
                "87.5% (56 of 64)",
                0.7722543817887005,
                0.9352775733666955,
                "likely between 77.2% and 93.5%",
            ),
            Level(
                "Statutory visits made on or before the day they were due",
                Fraction(1),
                "100.0% (12 of 12)",
                0.7575,
                1,
                "likely between 75.7% and 100.0%",
                not_recorded=Entry("Not recorded", Fraction(1, 5), "3", Kind.NOT_RECORDED),
            ),
            Level("Formulation meetings by day 15", None, HIDDEN_WORDS, kind=Kind.WITHHELD),
            Level("Post-birth assessments in time", None, "none: nothing fell due"),
        ),
    )


def crosstab() -> Crosstab:
    return Crosstab(
        title="Earlier separation, and where the baby lives now",
        summary="Babies with no earlier separation in the family were more often at home.",
        category="Earlier separation",
        rows=(
            Group(
                "An older child was separated earlier: 14 babies",
                (Entry("At home", 4, "4 (28.6%)"), Entry("Not at home", 10, "10 (71.4%)")),
            ),
            Group(
                "No earlier separation: 8 babies",
                (Entry("At home", 6, "6 (75.0%)"), Entry("Not at home", 2, "2 (25.0%)")),
            ),
        ),
        not_recorded=not_recorded(2, "2"),
    )


def every_chart() -> dict[str, Chart]:
    return {
        "bars": bar_chart(),
        "groups": grouped_bars(),
        "trend": trend_line(),
        "stack": stacked_share(),
        "levels": proportions(),
        "crosstab": crosstab(),
    }
