# ruff: noqa: PLC0415 - Django is set up for a database made on the way
"""How long does finding a parent take among 100,000 people, on PostgreSQL, with the wall up?

    .venv/bin/python benchmarks/finding.py [--people 100000] [--most 0.15]

Makes invented people in a throw-away PostgreSQL, all known to one team and a thousand of them to
another, and asks 200 misspelt names as a practitioner of each: the first may see whomever the index
finds, the second hardly anybody of the many whom it finds. Prints the middle and the 95th of 100 in
seconds and how often the right one was among the first three. Exit status 1 past --most seconds
(95th of 100).
"""

import argparse
import sys
import time
from random import Random

from service import in_a_service

AT_ONCE = 2_000
ASKED = 200
FEW = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--most", type=float, default=0.15)
    asked = parser.parse_args()
    return in_a_service(lambda: measure(asked.people, asked.most))


def measure(people: int, most: float) -> int:
    from programme.access.scope import acting_as
    from programme.access.statistics import count_rows_anew
    from tests import builders

    dice = Random(7)
    with builders.as_seeder():
        everywhere, small = builders.make_programme(), builders.make_programme()
        searchers = [builders.make_practitioner(one) for one in (everywhere, small)]
    names = make_people(people, everywhere, dice)
    few = dice.sample(names, min(FEW, people))
    make_known([key for key, _ in few], small)
    with acting_as(builders.actors.SEEDER):
        count_rows_anew()
    late = [
        timed(f"{len(known):,} known of {people:,}", searcher, known, dice)
        for searcher, known in zip(searchers, (names, few), strict=True)
    ]
    return int(max(late) > most)


def timed(whose: str, searcher, known, dice: Random) -> float:
    """The 95th of 100, in seconds."""
    from programme.access.scope import acting_as
    from programme.desk.reads.search import search
    from tests.programme.desk import misspelt

    seconds, hits = [], 0
    with acting_as(searcher):
        # The first one of a connection makes its plans.
        for key, pair in [known[0], *dice.sample(known, ASKED)]:
            words = " ".join(misspelt.misspelt(dice, name) for name in pair)
            began = time.perf_counter()
            found = search(words)
            seconds.append(time.perf_counter() - began)
            hits += key in [one.parent_id for one in found[:3]]
    ordered = sorted(seconds[1:])
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(
        f"{whose}: middle {middle:.3f} s, 95th of 100 {late:.3f} s, first {seconds[0]:.3f} s,"
        f" right one among the first three {hits} of {len(seconds)}"
    )
    return late


def name_of(dice):
    from tests.programme.desk import misspelt

    return dice.choice(misspelt.GIVEN), *dice.sample(misspelt.FAMILY, 2)


def make_people(number, programme, dice):
    from programme.access.scope import acting_as
    from programme.people.models import Identity, Parent
    from tests import builders

    made = []
    while len(made) < number:
        with acting_as(builders.actors.SEEDER):
            parents = Parent.objects.bulk_create(
                [
                    Parent(parent_role="mother", reference=f"{len(made) + at:06d}")
                    for at in range(AT_ONCE)
                ]
            )
            # Two family names, so that 100,000 people are not a few thousand namesakes.
            pairs = [(one, name_of(dice)) for one in parents]
            Identity.objects.bulk_create(
                [
                    Identity(parent=one, given_names=given, family_name=f"{first}-{second}")
                    for one, (given, first, second) in pairs
                ]
            )
        make_known([one.pk for one in parents], programme)
        made += [(one.pk, pair) for one, pair in pairs]
    return made


def make_known(parent_ids, programme):
    from django.utils import timezone

    from programme.access.scope import acting_as
    from programme.referrals.models import Referral
    from tests import builders

    day = timezone.localdate()
    with acting_as(builders.actors.SEEDER):
        Referral.objects.bulk_create(
            [Referral(parent_id=key, programme=programme, received_on=day) for key in parent_ids]
        )


if __name__ == "__main__":
    sys.exit(main())
