# ruff: noqa: PLC0415 - Django is set up for a database made on the way
"""Does the time of an answer tell whether somebody is hidden there, on PostgreSQL?

    .venv/bin/python benchmarks/timing.py [--times 1000] [--pause 0.1] [--least 0.01]

A practitioner asks for people whom she may not know of and, as often and in a random order, for
people who are nowhere: by a guessed address, by a search, by the look for the same person, and in
an emergency. Prints the middle of each in milliseconds, how often one who is hidden takes longer
than one who is nowhere (half: the time tells nothing), and p of a Mann-Whitney test. Exit status 1
where p is below --least. The pause is that of an answer in an emergency (in service 0.7 seconds);
it has to be longer than the slowest answer takes on this machine.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from math import erfc, sqrt
from random import Random
from statistics import median
from uuid import uuid4

from service import in_a_service

PEOPLE = 20
WARM_UP = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=1_000)
    parser.add_argument("--pause", type=float, default=0.1)
    parser.add_argument("--least", type=float, default=0.01)
    asked = parser.parse_args()
    return in_a_service(lambda: measure(asked.times, asked.pause, asked.least))


def measure(times: int, pause: float, least: float) -> int:
    from django.conf import settings

    settings.EMERGENCY_ANSWER_SECONDS = pause
    told = 0
    for name, ask, hidden, nowhere in ways_to_ask(Random(11)):
        spent = timed(ask, hidden, nowhere, times, Random(12))
        longer, chance = mann_whitney(*spent)
        middles = " / ".join(f"{median(some) * 1_000:.1f}" for some in spent)
        print(f"{name}: hidden / nowhere {middles} ms, longer {longer:.1%}, p {chance:.3f}")
        told += chance < least
    return int(told > 0)


Way = tuple[str, Callable[[str], float], list[str], list[str]]


def ways_to_ask(dice: Random) -> list[Way]:
    """Each with its question, and what is asked of those who are hidden and who are nowhere."""
    from django.core.cache import cache
    from django.test import Client
    from django.urls import reverse

    from programme.access.statistics import count_rows_anew
    from tests import builders as make

    with make.as_seeder():
        here, elsewhere = make.make_programme(), make.make_programme()
        user = make.make_practitioner(here)
        hidden = [person(name_of(dice), elsewhere) for _ in range(PEOPLE)]
        doubles = [person(name_of(dice), here, user.workers.get()) for _ in range(PEOPLE * 2)]
        for one in doubles[:PEOPLE]:
            person((one.identity.given_names, one.identity.family_name), elsewhere)
        count_rows_anew()
        names = [one.identity.name for one in hidden]
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(user, backend=make.DEMO_BACKEND)

    def search(words: str) -> float:
        found = browser.post(reverse("desk:find_parent"), {"words": words}).headers["Location"]
        return seconds(lambda: browser.get(found))

    def emergency(reference: str) -> float:
        cache.clear()
        why = "The maternity ward rang and cannot wait"
        typed = {"reference": reference, "reason": "other", "why": why}
        return seconds(lambda: browser.post(reverse("protection:open_in_emergency"), typed))

    for one in hidden:
        make.protect(one, "restricted", make.make_user())
    record = "desk:show_parent"
    look = [reverse("joining:look_for_same", args=[one.pk]) for one in doubles]
    return [
        (
            "a guessed address",
            lambda key: seconds(lambda: browser.get(reverse(record, args=[key]))),
            [str(one.pk) for one in hidden],
            [str(uuid4()) for _ in hidden],
        ),
        ("a search", search, names, [" ".join(name_of(dice)) for _ in hidden]),
        (
            "the look for the same person",
            lambda address: seconds(lambda: browser.get(address)),
            look[:PEOPLE],
            look[PEOPLE:],
        ),
        (
            "an emergency",
            emergency,
            [one.reference for one in hidden],
            [f"{number:06d}" for number in range(PEOPLE)],
        ),
    ]


def name_of(dice: Random) -> tuple[str, str]:
    """Two words of letters that nobody else has."""
    first, second = ("".join(dice.choices("abdefgiklmnoprstuvz", k=7)) for _ in range(2))
    return first.title(), second.title()


def person(name, programme, worker=None):
    from tests import builders as make

    parent = make.make_parent(given_names=name[0], family_name=name[1])
    make.make_episode(parent, programme, worker or make.make_worker(programme))
    return parent


def seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def timed(
    ask: Callable[[str], float],
    hidden: Sequence[str],
    nowhere: Sequence[str],
    times: int,
    dice: Random,
) -> tuple[list[float], list[float]]:
    """So many of each, in a random order; the first few only make plans."""
    order = [True, False] * times
    dice.shuffle(order)
    for is_hidden in order[:WARM_UP]:
        ask(dice.choice(hidden if is_hidden else nowhere))
    spent: dict[bool, list[float]] = {True: [], False: []}
    for is_hidden in order:
        spent[is_hidden].append(ask(dice.choice(hidden if is_hidden else nowhere)))
    return spent[True], spent[False]


def mann_whitney(some: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """How often one of ``some`` is larger than one of ``others``, and how likely that is chance.

    U by ranks, its normal approximation; the clock is too fine for ties to matter.
    """
    ranked = sorted([(one, True) for one in some] + [(one, False) for one in others])
    ranks = sum(rank for rank, (_, is_ours) in enumerate(ranked, 1) if is_ours)
    ours, theirs = len(some), len(others)
    larger = ranks - ours * (ours + 1) / 2
    spread = sqrt(ours * theirs * (ours + theirs + 1) / 12)
    chance = erfc(abs(larger - ours * theirs / 2) / spread / sqrt(2))
    return larger / (ours * theirs), chance


if __name__ == "__main__":
    sys.exit(main())
