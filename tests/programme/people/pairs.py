"""Pairs of facts about one person, and about two, made by rule; nothing here looks at a score."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from programme.people.matching import Known, KnownChild
from tests.programme.desk.misspelt import FAMILY, GIVEN, misspelt

FIRST_BORN = date(1985, 1, 1)
Pair = tuple[str, Known, Known]


def somebody(dice: Random) -> Known:
    """A person with one to three children, all told."""
    born_on = FIRST_BORN + timedelta(days=dice.randrange(20 * 365))
    children = tuple(
        KnownChild(dice.choice(GIVEN), born_on + timedelta(days=dice.randrange(7000, 9000)))
        for _ in range(dice.randint(1, 3))
    )
    return Known(
        given_names=dice.choice(GIVEN),
        family_name=dice.choice(FAMILY),
        born_on=born_on,
        role="mother",
        numbers=(f"07700 900{dice.randrange(1000):03d}",),
        children=children,
    )


def elsewhere(one: Known) -> Known:
    """The same person as another team would first hear of her: no children, no number."""
    return replace(one, children=(), numbers=())


# --- One person, told twice -------------------------------------------------------------------


def as_she_is(dice: Random, one: Known) -> Known:
    return elsewhere(one)


def first_misspelt(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), given_names=misspelt(dice, one.given_names))


def family_misspelt(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), family_name=misspelt(dice, one.family_name))


def both_misspelt(dice: Random, one: Known) -> Known:
    return family_misspelt(dice, first_misspelt(dice, one))


def married(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), family_name=dice.choice(FAMILY))


def married_and_said_so(dice: Random, one: Known) -> Known:
    more = {"other_names": f"{one.given_names} {one.family_name}", "born_on": None}
    return replace(married(dice, one), **more)


def double_barrelled(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), family_name=f"{one.family_name}-{dice.choice(FAMILY)}")


def names_changed_round(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), given_names=one.family_name, family_name=one.given_names)


def no_day_of_birth(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), born_on=None)


def family_misspelt_no_day(dice: Random, one: Known) -> Known:
    return replace(family_misspelt(dice, one), born_on=None)


def married_with_a_child(dice: Random, one: Known) -> Known:
    return replace(married(dice, one), born_on=None, children=one.children[:1])


def wrong_year_with_a_number(dice: Random, one: Known) -> Known:
    day = one.born_on.replace(day=min(one.born_on.day, 28), year=one.born_on.year + 1)
    return replace(one, born_on=day, children=())


ONE: list[Callable[[Random, Known], Known]] = [
    as_she_is,
    first_misspelt,
    family_misspelt,
    both_misspelt,
    married,
    married_and_said_so,
    double_barrelled,
    names_changed_round,
    no_day_of_birth,
    family_misspelt_no_day,
    married_with_a_child,
    wrong_year_with_a_number,
]


# --- Two people -------------------------------------------------------------------------------


def _another(dice: Random, names: list[str], but: str) -> str:
    return dice.choice([name for name in names if name[:3] != but[:3]])


def stranger(dice: Random, one: Known) -> Known:
    return elsewhere(somebody(dice))


def namesake(dice: Random, one: Known) -> Known:
    day = somebody(dice).born_on
    return replace(elsewhere(one), born_on=day)


def sister(dice: Random, one: Known) -> Known:
    given = _another(dice, GIVEN, one.given_names)
    day = one.born_on + timedelta(days=dice.randrange(400, 2500))
    return replace(elsewhere(one), given_names=given, born_on=day)


def twin(dice: Random, one: Known) -> Known:
    return replace(elsewhere(one), given_names=_another(dice, GIVEN, one.given_names))


def born_the_same_day(dice: Random, one: Known) -> Known:
    return replace(stranger(dice, one), born_on=one.born_on)


def mother_of_the_same_name(dice: Random, one: Known) -> Known:
    day = one.born_on - timedelta(days=dice.randrange(6500, 9000))
    return replace(elsewhere(one), born_on=day)


def father_of_her_child(dice: Random, one: Known) -> Known:
    him = somebody(dice)
    return replace(him, role="father", children=one.children, numbers=())


def same_telephone(dice: Random, one: Known) -> Known:
    return replace(stranger(dice, one), numbers=one.numbers)


TWO: list[Callable[[Random, Known], Known]] = [
    stranger,
    namesake,
    sister,
    twin,
    born_the_same_day,
    mother_of_the_same_name,
    father_of_her_child,
    same_telephone,
]


def pairs(rules: list[Callable[[Random, Known], Known]], seed: int, each: int) -> Iterator[Pair]:
    """So many pairs of each rule, with the name of the rule."""
    dice = Random(seed)
    for rule in rules:
        for _ in range(each):
            one = somebody(dice)
            yield rule.__name__, one, rule(dice, one)


def swapped_pairs(seed: int, each: int) -> Iterator[Pair]:
    """One person whose day and month were told the other way round."""
    dice = Random(seed)
    for _ in range(each):
        one = somebody(dice)
        day = date(one.born_on.year, dice.randint(1, 12), dice.randint(1, 12))
        told = date(day.year, day.day, day.month)
        yield "swapped", replace(one, born_on=day), replace(elsewhere(one), born_on=told)
