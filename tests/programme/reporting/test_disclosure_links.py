"""Counts that stand in two figures, or add up over two: one never gives the other away."""

from collections.abc import Sequence
from datetime import date

import pytest

from programme.reporting import figures
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.disclosure.ledger import Scope
from programme.reporting.disclosure.protect import protect
from programme.reporting.figures import Figure, Row
from tests.programme.reporting.printed_counts import counts_of

WHO = frozenset({"north"})
YEAR = Scope(WHO, date(2024, 4, 1), date(2025, 3, 31), date(2025, 3, 31))


def printed(pack: Sequence[Figure]) -> set[str]:
    """The names of all counts that the pack prints as it stands."""
    return {name for figure in pack for name, _ in counts_of(figure.to_json())}


def costs(parents: int, finished: int = 0) -> Figure:
    part = figures.mean_money(DEFINITIONS["CA-1"], 90_000, finished, category="finished")
    return figures.mean_money(DEFINITIONS["CA-1"], 90_000, parents).split("outcome", [part])


def closures(**reasons: int) -> Figure:
    return figures.distribution(DEFINITIONS["SN-2"], reasons)


def stages(**parents: int) -> Figure:
    return figures.distribution(DEFINITIONS["SN-1"], parents, order=list(parents))


def places_in_use(episodes: int) -> Figure:
    return figures.proportion(DEFINITIONS["RE-9"], episodes, 60)


def newly_pregnant(parents: int, base: int, days: int, at_referral: int = 0) -> Figure:
    definition = DEFINITIONS["PR-1"]
    rate = figures.rate(definition, parents, days, 36_525, category="per_100_person_years")
    apart = {"pregnant_at_referral": at_referral}
    return figures.proportion(definition, parents, base, excluded=apart).split("rate", [rate])


def choices(base: int, withdrawn: int) -> Figure:
    return figures.proportion(DEFINITIONS["CO-2"], 20, base, excluded={"withdrawn": withdrawn})


def babies(reached: int, too_young: int) -> Figure:
    definition, half = DEFINITIONS["BA-10"], {"home_universal": 11}
    whole = figures.distribution(definition, half | {"foster_care": reached + too_young - 11})
    mark = figures.distribution(
        definition,
        half | {"foster_care": reached - 11},
        open_window=too_young,
        category="26_weeks",
    )
    return whole.split("mark", [mark])


def beside(indicator: str, row: str, count: int, whole: int) -> Figure:
    return figures.count(DEFINITIONS[indicator], whole, rows=[Row(row, count)])


BORN = "babies_born"
WORKED_WITH = "parents_worked_with"
FINISHED = "parents_worked_with[outcome=finished]"
# Each pack, with the printed counts that together give back one of 1 to its threshold.
GIVING_AWAY = {
    "four pregnant at referral": (
        [newly_pregnant(20, 50, 9_000, at_referral=4), costs(54)],
        {"parents_on_programme", WORKED_WITH},
    ),
    "four babies too young": ([babies(28, 4)], {BORN, "babies_born[mark=26_weeks]"}),
    "five withdrew": (
        [choices(40, 5), stages(referred=25, active=20)],
        {"parents_with_contraception_decision", "episodes_open", "CO-2:not_recorded"},
    ),
    "two did not finish": ([costs(54, finished=52)], {WORKED_WITH, FINISHED}),
    "seven completed": (
        [
            closures(completed=7, lost_touch=2, chose_not_to_continue=2, moved_area=20),
            costs(54, finished=7),
        ],
        {FINISHED, "SN-2:moved_to_next_steps"},
    ),
    "three step down": (
        [
            stages(referred=1, pre_birth_assessment=26, awaiting_birth=3, step_down=3),
            places_in_use(30),
        ],
        {"episodes_open", "places_in_use"},
    ),
    "two came for the first time": (
        [beside("RE-3", "re_referral", 14, 16)],
        {"referrals_received", "RE-3:re_referral"},
    ),
    "one pair of twins": (
        [beside("SN-3", "pregnancies", 21, 22)],
        {BORN, "SN-3:pregnancies"},
    ),
}


@pytest.mark.parametrize(
    ("pack", "together"), [pytest.param(*case, id=name) for name, case in GIVING_AWAY.items()]
)
def test_what_two_counts_give_away_together_is_not_printed_in_both(
    pack: list[Figure], together: set[str]
) -> None:
    assert printed(pack) >= together

    assert not printed(protect(pack, YEAR).figures) >= together


LARGE = {
    "fifteen pregnant at referral": [newly_pregnant(20, 50, 9_000, at_referral=15), costs(65)],
    "nobody has to be hidden": [stages(referred=20, active=20), places_in_use(40)],
    "no twins": [beside("SN-3", "pregnancies", 22, 22)],
    "many came back": [beside("RE-3", "re_referral", 20, 60)],
    "all old enough": [babies(28, 0)],
}


@pytest.mark.parametrize("pack", [pytest.param(pack, id=name) for name, pack in LARGE.items()])
def test_large_counts_that_add_up_are_printed(pack: list[Figure]) -> None:
    assert printed(protect(pack, YEAR).figures) == printed(pack)


def with_rates(referrals: int) -> Figure:
    definition = DEFINITIONS["RE-3"]
    rates = [
        figures.rate(definition, referrals, people, per, category=name)
        for name, people, per in (("live_births", 4_000, 1_000), ("women_15_44", 60_000, 10_000))
    ]
    return figures.count(definition, referrals).split("rate", rates)


def test_a_rate_does_not_print_the_count_that_was_withheld() -> None:
    """One referral more than were released before any rate was: none of the three is printed."""
    before = protect([figures.count(DEFINITIONS["RE-3"], 16)], YEAR)

    after = protect([with_rates(17)], YEAR, [before.statements])

    assert printed(before.figures) >= {"referrals_received"}
    assert printed(after.figures) == set()


def test_days_do_not_tell_how_few_parents_there_were() -> None:
    """1,200 days of one year are those of four parents at least."""
    (figure,) = protect([newly_pregnant(0, 4, 1_200)], YEAR).figures

    (rate,) = figure.by["rate"]
    assert (rate.denominator, rate.value) == (None, None)


def test_a_rate_of_many_parents_is_printed() -> None:
    pack = [newly_pregnant(20, 50, 9_000)]

    (figure,) = protect(pack, YEAR).figures

    (rate,) = figure.by["rate"]
    assert (rate.numerator, rate.denominator) == (20, 9_000)
