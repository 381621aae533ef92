"""Two real sends at the same moment, each with a connection of its own: one record (R4, R5)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from programme.access.parts import Role
from programme.contacts.models import Contact, NextStep
from programme.core.dates import today
from programme.episodes.models import Episode, Stage
from programme.families.models import DatePrompts
from programme.joining.models import Merge
from programme.people.models import Home
from programme.pregnancies.models import Pregnancy
from programme.referrals.models import Referral
from programme.support.models import Goal
from tests import builders
from tests.programme.desk.scene import Scene, body_of, boxes, browser_of, make_scene
from tests.programme.pages import rows

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
Send = tuple[Client, str, dict[str, Any]]


def at_once(table: str, *sends: Send) -> list[int]:
    """Every send in a thread of its own; what each was answered.

    Each waits before it first writes to ``table`` until the other is there too, or cannot come
    because the first holds what it needs.
    """
    begin, meet = Barrier(len(sends)), Barrier(len(sends))

    def wait_for_the_other(execute, sql, params, many, context):
        if sql.startswith(f'INSERT INTO "{table}"'):
            with suppress(BrokenBarrierError):
                meet.wait(timeout=2)
        return execute(sql, params, many, context)

    def send(one: Send) -> int:
        browser, address, body = one
        begin.wait(timeout=30)
        try:
            with connection.execute_wrapper(wait_for_the_other):
                return browser.post(address, body).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sends)) as threads:
        return list(threads.map(send, sends))


def twice(scene: Scene, page: str, table: str) -> list[int]:
    body = body_of(browser_of(scene.user), scene, page)
    sends = [(browser_of(scene.user), scene.address(page), body) for _ in range(2)]
    return at_once(table, *sends)


def test_one_contact_of_two_sends_at_once() -> None:
    scene = make_scene()

    answers = twice(scene, "contacts:log_contact", "programme_contact")

    assert answers == [302, 302]
    notes = ["Talked about housing", "A visit", "Another visit", "Tea"]
    assert [one.note for one in rows(Contact)] == notes
    assert len(rows(NextStep, wording="Ring the GP")) == 1


def test_one_joining_of_two_sends_at_once() -> None:
    scene = make_scene()

    answers = twice(scene, "joining:join_records", "programme_merge")

    assert answers == [302, 302]
    assert len(rows(Merge, absorbed=scene.ids["other_id"])) == 1


def test_one_referral_of_two_sends_at_once() -> None:
    scene = make_scene()

    answers = twice(scene, "returning:re_refer", "programme_pregnancy")

    assert answers == [302, 302]
    of_parent = {"parent": scene.former}
    assert [len(rows(model, **of_parent)) for model in (Referral, Episode)] == [2, 2]
    assert (
        len(rows(Pregnancy, mother=scene.former)),
        len(rows(Goal, episode__parent=scene.former)),
    ) == (
        1,
        4,
    )


@pytest.mark.parametrize(
    ("postcodes", "expected"),
    [(("ZZ1 1ZZ", "ZZ1 1ZZ"), [302, 302]), (("ZZ1 1ZZ", "ZZ2 2ZZ"), [200, 302])],
)
def test_of_two_first_addresses_at_once_the_later_is_told(postcodes, expected) -> None:
    scene = make_scene()
    with builders.as_seeder():
        Home.objects.filter(parent=scene.parent).delete()
    page, sends = "desk:change_safe_address", []
    for postcode in postcodes:
        browser = browser_of(scene.user)
        typed = {"postcode": postcode}
        sends.append((browser, scene.address(page), body_of(browser, scene, page) | typed))

    answers = at_once("programme_home", *sends)

    [stored] = rows(Home, parent=scene.parent)
    assert sorted(answers) == expected
    assert stored.postcode == postcodes[answers.index(302)]


def test_reminders_switched_off_by_two_sends_at_once() -> None:
    scene = make_scene()

    answers = twice(scene, "families:switch_prompts", "programme_dateprompts")

    assert answers == [302, 302]
    assert [one.are_on for one in rows(DatePrompts, parent=scene.parent)] == [False]


@pytest.mark.parametrize("has_a_stage", [True, False])
def test_two_people_change_the_stage_at_once_and_one_of_them_is_told(has_a_stage: bool) -> None:
    scene = make_scene()
    if not has_a_stage:
        with builders.acting_as(builders.actors.SEEDER):
            Stage.objects.filter(episode=scene.episode).delete()
    senior = builders.make_practitioner(scene.programme, role=Role.SENIOR)
    page = "episodes:change_stage"
    sends = []
    for user, stage in ((scene.user, "decision"), (senior, "active")):
        browser = browser_of(user)
        typed = {"stage": stage, **boxes("entered_on", today())}
        sends.append((browser, scene.address(page), body_of(browser, scene, page) | typed))

    answers = at_once("programme_stage", *sends)

    assert sorted(answers) == [200, 302]
    [stored] = rows(Stage, left_on=None)
    assert stored.stage == ("decision" if answers[0] == 302 else "active")
