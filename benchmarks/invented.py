"""What ``bench.py`` invents, alike for the service and the bare pages."""

from collections.abc import Iterator
from random import Random

from tests.programme.desk import misspelt

# A worker's people, a programme's people, workers who ask, contacts of the first of each's people.
CASELOAD, PROGRAMME, ASKERS, MANY = 10, 500, 16, 500
# Of contact number ``g``: each person has one in five weeks, so that more contacts mean a longer
# past and not a busier week. ``long_ago``: those of a person who has many, every second day.
SAID = {
    "happened_at": "now() - interval '1 hour' - interval '36 days' * (g / %(people)s)"
    " - interval '1 day' * (g %% 36)",
    "long_ago": "now() - interval '1 hour' - interval '2 days' * g",
    "mode": "(ARRAY['home_visit', 'phone', 'text'])[g %% 3 + 1]",
    "outcome": "'met'",
    "note": "'We talked about how the week went, and what she would like to do about ' || g",
}


def said(statement: str) -> str:
    """A statement with what a contact says."""
    return statement.format(**SAID)


def workers_of(people: int) -> int:
    """How many hold so many people."""
    return -(-people // CASELOAD)


def worker_of(place: int) -> int:
    """Whose the person at a place of the list is."""
    return place // CASELOAD


def names(people: int) -> Iterator[tuple[str, str]]:
    """Given and family name of each; two family names, for few namesakes."""
    dice = Random(7)
    for _ in range(people):
        yield dice.choice(misspelt.GIVEN), "-".join(dice.sample(misspelt.FAMILY, 2))
