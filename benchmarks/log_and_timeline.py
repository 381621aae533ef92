# ruff: noqa: PLC0415 - Django is set up for a database made on the way
"""How long do a timeline of 1,000 entries, its history and the chained log take on PostgreSQL?

    .venv/bin/python benchmarks/log_and_timeline.py [--entries 1000] [--lines 20000] [--most 1.0]

Makes one parent with so many contacts in a throw-away PostgreSQL, with the wall up, and opens her
record, everything that changed and a past day as her worker, each seven times. Then writes so many
lines of the log in one transaction, and checks the whole chain. Prints the middle of each in
seconds. Exit status 1 when the record takes longer than --most.
"""

import argparse
import sys
import time
from collections.abc import Callable
from statistics import median

from service import in_a_service

TIMES = 7


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--lines", type=int, default=20_000)
    parser.add_argument("--most", type=float, default=1.0)
    asked = parser.parse_args()
    return in_a_service(lambda: measure(asked.entries, asked.lines, asked.most))


def measure(entries: int, lines: int, most: float) -> int:
    from django.test import Client
    from django.urls import reverse

    from programme.access.statistics import count_rows_anew
    from tests import builders

    with builders.as_seeder():
        programme = builders.make_programme()
        user = builders.make_practitioner(programme)
        parent = builders.make_parent()
        episode = builders.make_episode(parent, programme, user.workers.get())
        for number in range(entries):
            builders.make_contact(parent, episode, note=f"We talked about {number}")
        count_rows_anew()
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(user, backend=builders.DEMO_BACKEND)
    record = reverse("desk:show_parent", args=[parent.pk])
    changes = reverse("history:show_changes", args=[parent.pk])
    seen = reverse("history:show_seen", args=[parent.pk])
    took = middle(lambda: browser.get(record))
    print(f"the record with a timeline of {entries}: {took:.2f}")
    print(f"its workers only: {middle(lambda: browser.get(record, {'kind': 'workers'})):.2f}")
    print(f"everything that changed: {middle(lambda: browser.get(changes)):.2f}")
    print(f"who has seen it: {middle(lambda: browser.get(seen)):.2f}")
    measure_log(lines)
    return int(took > most)


def middle(do: Callable[[], object]) -> float:
    """The middle of some runs, the first left out, in seconds."""
    spent = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        do()
        spent.append(time.perf_counter() - begun)
    return median(spent[1:])


def measure_log(lines: int) -> None:
    from django.core.management import call_command
    from django.db import connection, transaction

    from programme.audit.models import Sight

    def one() -> None:
        Sight.objects.create(page="desk:show_parent", method="GET", outcome="opened")

    print(f"one line of the log: {middle(one):.4f}")
    begun = time.perf_counter()
    with transaction.atomic():
        rows = [Sight(page="export_caseload", outcome="taken_out") for _ in range(lines)]
        Sight.objects.bulk_create(rows, batch_size=1_000)
        written = time.perf_counter() - begun
    sealed = time.perf_counter() - begun - written
    print(f"{lines} lines in one transaction: written {written:.2f}, sealed {sealed:.2f}")
    begun = time.perf_counter()
    call_command("verify_audit")
    print(f"the whole chain checked: {time.perf_counter() - begun:.2f}")
    connection.close()


if __name__ == "__main__":
    sys.exit(main())
