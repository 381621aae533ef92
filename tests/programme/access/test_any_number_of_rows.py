"""No page of a record asks more often the more the record holds."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from programme.access.policy import POLICY
from tests import builders as make
from tests.programme.any_record import fill
from tests.programme.desk.scene import ONLY_SENT, Scene, browser_of, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PAGES = sorted({name for name, access in POLICY.items() if access.parts} - ONLY_SENT)
# So few rows of every table that most kinds are there, and how many more.
FEW, MANY = 12, 18
OUR_CODE = str(Path(__file__).parents[3] / "programme")
TABLE = re.compile(r'FROM "(\w+)"')
# A table and the lines of ours that led to it, the innermost first.
Place = tuple[str, ...]


def asked_by(browser: Client, scene: Scene) -> dict[str, Counter[Place]]:
    """How often each page asks the database, by the place in the code that asks."""
    found = {}
    for page in PAGES:
        with asked() as places:
            answer = browser.get(scene.address(page))
        assert answer.status_code in (200, 302), page
        found[page] = places
    return found


@contextmanager
def asked() -> Iterator[Counter[Place]]:
    """Counts statements by the lines of ours that led to them, and the table they begin with.

    What no line of ours asks is the packages' own affair: a session is stored once a minute.
    """
    places: Counter[Place] = Counter()

    def noted(execute: Callable[..., Any], sql: str, *values: Any) -> Any:
        if lines := _ours():
            places[*TABLE.findall(sql)[:1], *lines] += 1
        return execute(sql, *values)

    with connection.execute_wrapper(noted):
        yield places


def _ours() -> list[str]:
    lines: list[str] = []
    frame: FrameType | None = sys._getframe(2)
    while frame and (frame := frame.f_back):
        if frame.f_code.co_filename.startswith(OUR_CODE):
            lines.append(f"{frame.f_code.co_filename[len(OUR_CODE) :]}:{frame.f_lineno}")
    return lines


def test_no_place_asks_more_often_of_many_rows_than_of_few() -> None:
    scene = make_scene()
    browser = browser_of(scene.user)
    with make.as_seeder():
        fill(scene, FEW)
    few = asked_by(browser, scene)
    with make.as_seeder():
        fill(scene, MANY)
    many = asked_by(browser, scene)

    # A place asks once for each kind of row that there is, and the few may lack a kind; one that
    # asks for each row asks a dozen times more.
    grew = {
        (page, place): (few[page][place], often)
        for page, places in many.items()
        for place, often in places.items()
        if often > few[page][place] + 1
    }
    assert grew == {}
