# ruff: noqa: PLC0415 - Django is set up for a database made on the way
"""How long does finding a parent take among 100,000 people, on PostgreSQL, with the wall up?

    .venv/bin/python benchmarks/finding.py [--people 100000] [--most 0.15]

Makes invented people in a throw-away PostgreSQL, all known to one team (the hardest case: whoever
searches may see everybody), and asks 200 misspelt names as one of its practitioners. Prints the
middle and the 95th of 100 in seconds, how often the right one was among the first three, and the
same beside a list of all names without any search. Exit status 1 past --most seconds (95th of 100).
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres

AT_ONCE = 2_000
ASKED = 200


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--most", type=float, default=0.15)
    asked = parser.parse_args()
    binaries = postgres.find_binaries(Path(sys.prefix))
    if not binaries:
        print("No PostgreSQL server programs found.")
        return 2
    with tempfile.TemporaryDirectory() as folder, postgres.cluster(binaries) as address:
        variables = {"DATABASE_URL": address, "RECURRENT_VAR": folder}
        os.environ.update(variables, DJANGO_SETTINGS_MODULE="recurrent.settings.test")
        return measure(asked.people, asked.most)


def measure(people: int, most: float) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from programme.access.scope import acting_as
    from programme.access.statistics import count_rows_anew
    from programme.desk.reads.search import search
    from programme.people.models import Identity
    from tests import builders
    from tests.programme.desk import misspelt

    dice = Random(7)
    with builders.as_seeder():
        programme = builders.make_programme()
        searcher = builders.make_practitioner(programme)
    names = make_people(people, programme, dice)
    with acting_as(builders.actors.SEEDER):
        count_rows_anew()
    seconds, hits = [], 0
    with acting_as(searcher):
        for key, pair in [names[0], *dice.sample(names, ASKED)]:
            words = " ".join(misspelt.misspelt(dice, name) for name in pair)
            began = time.perf_counter()
            found = search(words)
            seconds.append(time.perf_counter() - began)
            hits += key in [one.parent_id for one in found[:3]]
        began = time.perf_counter()
        list(Identity.objects.values_list("parent_id", "given_names", "family_name"))
        listing = time.perf_counter() - began
    # The first one of a connection makes its plans.
    ordered = sorted(seconds[1:])
    middle, late = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(
        f"{people:,} people: middle {middle:.3f} s, 95th of 100 {late:.3f} s,"
        f" first {seconds[0]:.3f} s"
    )
    print(f"right one among the first three: {hits} of {ASKED + 1}")
    print(f"reading all names: {listing:.3f} s; a search is {middle / listing:.2f} of that")
    return int(late > most)


def name_of(dice):
    from tests.programme.desk import misspelt

    return dice.choice(misspelt.GIVEN), *dice.sample(misspelt.FAMILY, 2)


def make_people(number, programme, dice):
    from django.utils import timezone

    from programme.access.scope import acting_as
    from programme.people.models import Identity, Parent
    from programme.referrals.models import Referral
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
            day = timezone.localdate()
            Referral.objects.bulk_create(
                [Referral(parent=one, programme=programme, received_on=day) for one in parents]
            )
        made += [(one.pk, pair) for one, pair in pairs]
    return made


if __name__ == "__main__":
    sys.exit(main())
