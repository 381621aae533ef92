"""Days to mind: two weeks before, gently, and never a due date."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme.access.scope import acting_as
from programme.families import actions
from programme.families.models import DatePrompts, FamilyTime, ImportantDate
from programme.families.reads.days import days_to_mind
from programme.proceedings.models import Separation
from tests import builders as make
from tests.programme.families.rows import (
    Side,
    link,
    make_child,
    make_couple,
    make_side,
    url_of,
)
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _late_in_november():
    with time_machine.travel("2026-11-22 10:00", tick=False):
        yield


@pytest.fixture
def mira() -> Side:
    return make_side("mother", given_names="Mira", family_name="Vale")


def said(side: Side) -> list[str]:
    with acting_as(side.user):
        return [one.said_of("Mira") for one in days_to_mind([side.parent.pk])]


def test_the_birthday_of_a_child_who_was_separated(mira):
    child = make_child(mira.parent, "Robin", date(2019, 12, 3))
    make.stored(Separation, child=child, separated_on=date(2020, 2, 1))

    assert said(mira) == ["Thu 3 December: Robin’s birthday. It may be a hard day for Mira."]


def test_a_day_in_court_in_the_next_two_weeks(mira):
    court = make.make_proceedings(mira.parent, issued_on=date(2026, 10, 1))
    for held_on in (date(2026, 11, 25), date(2026, 12, 7)):
        make.make_hearing(court, held_on=held_on)

    assert said(mira) == ["Wed 25 November: a hearing. It may be a hard day for Mira."]


def test_a_birthday_of_a_child_at_home_is_only_a_birthday(mira):
    child = make_child(mira.parent, "Robin", date(2019, 12, 3))
    back = {"separated_on": date(2020, 2, 1), "returned_on": date(2020, 3, 1)}
    make.stored(Separation, child=child, **back)

    assert said(mira) == ["Thu 3 December: Robin’s birthday."]


@pytest.mark.parametrize(
    ("born_on", "is_said"),
    [
        (date(2019, 11, 21), False),
        (date(2019, 11, 22), True),
        (date(2019, 12, 6), True),
        (date(2019, 12, 7), False),
        # Born this week: that day is no anniversary yet.
        (date(2026, 11, 22), False),
        (date(2026, 11, 25), False),
    ],
)
def test_two_weeks_before_and_no_sooner(mira, born_on, is_said):
    make_child(mira.parent, "Robin", born_on)

    assert bool(said(mira)) is is_said


def test_over_the_end_of_the_year(mira):
    make_child(mira.parent, "Robin", date(2019, 1, 2))

    with time_machine.travel("2026-12-30 10:00", tick=False):
        assert said(mira) == ["Sat 2 January 2027: Robin’s birthday."]


@pytest.mark.parametrize(
    ("on", "words"), [("2027-02-20", "Sun 28 February"), ("2028-02-20", "Tue 29 February")]
)
def test_the_29th_of_february_comes_every_year(mira, on, words):
    make_child(mira.parent, "Robin", date(2020, 2, 29))

    with time_machine.travel(f"{on} 10:00", tick=False):
        assert said(mira) == [f"{words}: Robin’s birthday."]


def test_a_stillborn_child_and_one_who_died_are_remembered(mira):
    make_child(mira.parent, "Ash", date(2018, 11, 30), born="stillborn")
    make_child(mira.parent, "Bo", date(2015, 5, 1), died_on=date(2019, 12, 1))

    assert said(mira) == [
        "Mon 30 November: the day Ash was born. It may be a hard day for Mira.",
        "Tue 1 December: the day Bo died. It may be a hard day for Mira.",
    ]


def test_the_day_of_a_separation(mira):
    child = make_child(mira.parent, "Robin", date(2019, 5, 3))
    make.stored(Separation, child=child, separated_on=date(2020, 11, 23))

    assert said(mira) == [
        "Mon 23 November: the day Robin was separated. It may be a hard day for Mira."
    ]


def test_days_of_her_own_once_and_every_year(mira):
    values = {"parent": mira.parent, "every_year": False}
    make.stored(ImportantDate, day=date(2026, 11, 24), wording="A first flat", **values)
    make.stored(ImportantDate, day=date(2020, 11, 25), wording="Gone by", **values)
    make.stored(ImportantDate, parent=mira.parent, day=date(2020, 11, 26), wording="The goodbye.")

    assert said(mira) == ["Tue 24 November: A first flat.", "Thu 26 November: The goodbye."]


def test_a_letterbox_month_is_said_before_it_begins(mira):
    child = make_child(mira.parent, "Robin", date(2019, 5, 3))
    for months, ended_on in (("6,12", None), ("12", date(2025, 1, 1)), ("1", None)):
        make.stored(
            FamilyTime,
            parent=mira.parent,
            child=child,
            kind="letterbox",
            months=months,
            agreed_on=date(2024, 1, 1),
            ended_on=ended_on,
        )

    assert said(mira) == ["Tue 1 December: letterbox month for Robin."]


def test_a_due_date_is_never_a_day_to_mind(mira):
    pregnancy = make.make_pregnancy(mira.parent, date(2026, 11, 30))
    make_child(mira.parent, "", date(2025, 11, 30), "expected", pregnancy=pregnancy)

    assert said(mira) == []


def test_a_child_of_two_is_said_once_on_each_side():
    couple = make_couple()
    link(couple.mira.parent, couple.robin, "other")

    for side in (couple.mira, couple.owen):
        assert len(said(side)) == 1


def test_switched_off_for_one_parent(mira):
    make_child(mira.parent, "Robin", date(2019, 12, 3))
    browser = Client()
    browser.force_login(mira.user, backend=make.DEMO_BACKEND)

    browser.post(url_of("switch_prompts", mira.parent), {"are_on": "no"})

    assert (said(mira), "birthday" in browser.get("/home/").content.decode()) == ([], False)
    browser.post(url_of("switch_prompts", mira.parent), {"are_on": "yes"})
    assert len(said(mira)) == 1
    assert len(rows(DatePrompts)) == 1
    assert "Robin’s birthday" in browser.get("/home/").content.decode()


def test_only_whoever_holds_the_parent_is_told_at_home(mira):
    make_child(mira.parent, "Robin", date(2019, 12, 3))
    browser = Client()
    browser.force_login(make.make_practitioner(mira.programme), backend=make.DEMO_BACKEND)

    assert "birthday" not in browser.get("/home/").content.decode()


def test_a_fixed_number_of_queries(mira):
    keys, asked = [], []
    for number in (1, 3, 30):
        while len(keys) < number:
            parent = make.make_parent()
            make.make_episode(parent, mira.programme, mira.user.workers.get())
            make_child(parent, "Robin", date(2019, 12, 3))
            make.stored(ImportantDate, parent=parent, day=date(2020, 11, 26), wording="A day")
            keys.append(parent.pk)
        with acting_as(mira.user), CaptureQueriesContext(connection) as queries:
            days_to_mind(keys)
        asked.append(len(queries))

    assert asked == [asked[0]] * 3


def test_switching_twice_keeps_one_row(mira):
    with acting_as(mira.user):
        for are_on in (False, False, True):
            actions.switch_prompts(parent=mira.parent, are_on=are_on, by=mira.user)

    assert [one.are_on for one in rows(DatePrompts)] == [True]
