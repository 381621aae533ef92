"""What do the daily pages cost beside bare Django views of the same work?

    python3 dev.py bench [--people 10000] [--contacts 200000 2000000] [--seconds 20] [--why]

Fills a throw-away PostgreSQL with invented people, serves the service and the bare pages of
``bare/``, each by a gunicorn as in the image, and does the same four acts on both in turn, a few at
a time: with one client, then with sixteen. Prints for each act the milliseconds of the processor,
of the application and of the database, how many SQL statements it took (savepoints too) and how
many bytes came, and the aims beside them. Takes about --seconds for each size and number of
clients. With --why, every statement of the service and which line of code asked it. Says whether
each aim was met; always ends with exit status 0, for it measures and does not judge.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import clients, servers
from benchmarks.clients import ACTS, Client
from benchmarks.servers import Server

SIDES = ("service", "bare")
CLIENTS = (1, 16)
# Requests of one client before it is another's turn: enough for the clock of the processor.
AT_A_TIME = {1: 12, 16: 2}
NO_SERVER = 2


@dataclass(frozen=True)
class Aim:
    """The most that an act may cost: times the bare one, statements, bytes."""

    ratio: float
    statements: int | None = None
    size: int | None = None


AIMS = {
    "log a contact": Aim(1.5, statements=14),
    "caseload": Aim(2.0, statements=10),
    "record of 500": Aim(2.0, size=60_000),
    "search": Aim(1.3),
}
# A caseload among ten times as many contacts.
MOST_GROWTH = 1.15


@dataclass
class Spent:
    """What some acts cost altogether, in seconds of the processor."""

    application: float = 0.0
    database: float = 0.0
    acts: int = 0

    @property
    def each(self) -> float:
        """Milliseconds an act."""
        return (self.application + self.database) / self.acts * 1_000

    @property
    def shares(self) -> str:
        """Milliseconds an act, of the application and of the database."""
        parts = (self.application, self.database)
        return " + ".join(f"{part / self.acts * 1_000:.1f}" for part in parts)


Costs = dict[tuple[str, str], Spent]
Asking = dict[str, list[Client]]


def options(words: list[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    about, _, more = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        prog="dev.py bench",
        description=about,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--contacts", type=int, nargs="+", default=[200_000, 2_000_000])
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--why", action="store_true")
    return parser.parse_args(words)


def main() -> int:
    asked = options()
    # Servers end with it, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if not servers.postgres.find_binaries(Path(sys.prefix)):
        print("No PostgreSQL server programs found.")
        return NO_SERVER
    with tempfile.TemporaryDirectory() as folder, servers.cluster(Path(folder)) as variables:
        grown = {}
        for contacts in sorted(asked.contacts):
            began = time.perf_counter()
            askers = fill(variables, asked.people, contacts)
            filled = time.perf_counter() - began
            print(f"\n{asked.people:,} people, {contacts:,} contacts (made in {filled:.0f} s)")
            with serving(variables, askers) as (running, asking):
                counted = count(asking, why=asked.why)
                for number in CLIENTS:
                    costs = in_turn(running, asking, number, asked.seconds)
                    show(number, costs, counted)
                    grown[number, contacts] = costs["caseload", "service"].each
    show_growth(grown, sorted(asked.contacts))
    return 0


def fill(variables: dict[str, dict[str, str]], people: int, contacts: int) -> dict[str, list[dict]]:
    """Who may ask what of each side, with the cookies of a session."""
    modules = {
        "service": (variables["service owner"], "benchmarks.fill"),
        "bare": (variables["bare"], "benchmarks.bare.fill"),
    }
    return {
        side: json.loads(servers.answer_of(known, module, people, contacts))
        for side, (known, module) in modules.items()
    }


@contextmanager
def serving(
    variables: dict[str, dict[str, str]], askers: dict[str, list[dict]]
) -> Iterator[tuple[dict[str, Server], Asking]]:
    """Both servers, warm, with their clients."""
    owners = {"service": "service owner", "bare": "bare"}
    with ExitStack() as until_the_end:
        running = {}
        for side, owner in owners.items():
            address = variables[owner]["DATABASE_URL"]
            running[side] = until_the_end.enter_context(
                servers.serving(side, variables[side], address)
            )
        asking = {
            side: [Client(server.port, one) for one in askers[side]]
            for side, server in running.items()
        }
        # Each connection makes its plans once: not what a day of work costs.
        in_turn(running, asking, CLIENTS[-1], 0)
        yield running, asking


# --- Statements and bytes -------------------------------------------------------------------


def count(asking: Asking, *, why: bool) -> dict[tuple[str, str], tuple[int, int]]:
    """How many statements each act takes, and the bytes of its last page; prints them with why."""
    counted = {}
    for name, ways in ACTS.items():
        for side in SIDES:
            client = asking[side][0]
            client.lists_statements = True
            answers = ways[side](client)
            client.lists_statements = False
            number = sum(len(answer.statements) for answer in answers)
            counted[name, side] = (number, max(answer.size for answer in answers))
            if why and side == "service":
                show_statements(name, answers)
    return counted


def show_statements(name: str, answers: list[clients.Answer]) -> None:
    """Each with who asked it."""
    for number, answer in enumerate(answers, 1):
        print(f"\n{name}, request {number}: {len(answer.statements)} statements")
        for at, (who, words) in enumerate(answer.statements, 1):
            print(f"{at:3} {_short(words):70} {who}")


def _short(words: str) -> str:
    """What a statement does to which table."""
    if words.startswith("SELECT") and " FROM " in words:
        words = f"SELECT FROM {words.partition(' FROM ')[2]}"
    return words.replace('"', "")[:70]


# --- Cost ------------------------------------------------------------------------------------


def in_turn(running: dict[str, Server], asking: Asking, number: int, seconds: float) -> Costs:
    """Every act on both sides, a few at a time and then the next, until the time is over."""
    costs: Costs = defaultdict(Spent)
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(number) as pool:
        while time.perf_counter() < until or not costs:
            for name, ways in ACTS.items():
                for side in SIDES:
                    before = running[side].cost()
                    some = asking[side][:number]
                    jobs = [pool.submit(_repeat, ways[side], one, number) for one in some]
                    for job in jobs:
                        job.result()
                    after = running[side].cost()
                    spent = costs[name, side]
                    spent.application += after[0] - before[0]
                    spent.database += after[1] - before[1]
                    spent.acts += AT_A_TIME[number] * len(some)
    return costs


def _repeat(act: clients.Act, client: Client, number: int) -> None:
    for _ in range(AT_A_TIME[number]):
        act(client)


# --- Printing --------------------------------------------------------------------------------

LINE = "{:15} {:>16} {:>16} {:>12} {:>14} {:>16}"


def show(number: int, costs: Costs, counted: dict[tuple[str, str], tuple[int, int]]) -> None:
    """A table: the service / the bare pages, and the aim of each."""
    load = os.getloadavg()[0]
    print(f"\n{number} {'client' if number == 1 else 'clients'} (load of the machine {load:.1f})")
    head = ("", "service, ms", "bare, ms", "ratio", "statements", "bytes")
    print(LINE.format(*head).rstrip())
    for name, aim in AIMS.items():
        ours, bare = costs[name, "service"], costs[name, "bare"]
        (asked, size), (bare_asked, bare_size) = counted[name, "service"], counted[name, "bare"]
        columns = (
            name,
            ours.shares,
            bare.shares,
            _beside(f"{ours.each / bare.each:.2f}", aim.ratio),
            _beside(f"{asked}/{bare_asked}", aim.statements),
            _beside(f"{size:,}/{bare_size:,}", aim.size and f"{aim.size // 1_000} kB"),
        )
        print(LINE.format(*columns))


def _beside(figure: str, most: object) -> str:
    return f"{figure} (<= {most})" if most else figure


def show_growth(grown: dict[tuple[int, int], float], sizes: list[int]) -> None:
    """What a caseload costs among the most contacts, beside the fewest."""
    if len(sizes) < 2:
        return
    for number in CLIENTS:
        growth = grown[number, sizes[-1]] / grown[number, sizes[0]]
        print(
            f"caseload at {sizes[-1]:,} contacts beside {sizes[0]:,}, clients {number}:"
            f" {growth:.2f} (<= {MOST_GROWTH})"
        )


if __name__ == "__main__":
    sys.exit(main())
