"""The private calendar: references and times, through the wall, ended at once (decision 17)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from programme.access.models import RoleGrant, User
from programme.access.scope import acting_as
from programme.assessments.models import Meeting
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.people.models import Home
from programme.pregnancies.actions import record_ending
from programme.reminders.models import Reminders
from tests import builders as make
from tests.programme.access.canaries import sing
from tests.programme.desk.scene import browser_of
from tests.programme.pages import as_seen

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)
SOON = today() + timedelta(days=3)
NOBODYS = "/calendar/nobody-was-ever-given-this/appointments.ics"


def new_address(user: User) -> str:
    shown = browser_of(user).post(reverse("reminders:make_calendar"))
    return urlsplit(shown.context["address"]).path


def fetch(address: str) -> Any:
    """As a calendar program does: not signed in."""
    return Client().get(address)


def events(address: str) -> list[tuple[str, date | datetime]]:
    calendar = Calendar.from_ical(fetch(address).content)
    return [(str(one["summary"]), one["dtstart"].dt) for one in calendar.walk("VEVENT")]


@pytest.fixture
def step(episode: Any) -> Any:
    return make.stored(NextStep, episode=episode, wording="Ring the centre", due_on=SOON)


def test_next_steps_meetings_and_hearings_stand_in_it_as_appointments(
    practitioner, parent, episode, step
):
    make.stored(Meeting, episode=episode, kind="review", due_on=SOON)
    court = make.make_proceedings(parent, issued_on=YESTERDAY)
    make.make_hearing(court, held_on=date(SOON.year + 1, 7, 1), begins_at=time(10, 30))

    found = events(new_address(practitioner))

    called = f"Appointment, {parent.reference}"
    at = datetime(SOON.year + 1, 7, 1, 9, 30, tzinfo=UTC)
    assert found == [(called, SOON), (called, SOON), (called, at)]


@pytest.mark.parametrize(
    ("day", "begins", "at"),
    [
        (date(2027, 3, 27), time(10), datetime(2027, 3, 27, 10, tzinfo=UTC)),
        (date(2027, 3, 28), time(10), datetime(2027, 3, 28, 9, tzinfo=UTC)),
        (date(2027, 10, 30), time(10), datetime(2027, 10, 30, 9, tzinfo=UTC)),
        (date(2027, 10, 31), time(10), datetime(2027, 10, 31, 10, tzinfo=UTC)),
        # The hour that comes twice: the earlier one. The hour that is not there: an hour on.
        (date(2027, 10, 31), time(1, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
    ],
)
def test_a_hearing_is_at_its_time_in_london_around_both_changes_of_the_clocks(
    practitioner, parent, episode, day, begins, at
):
    court = make.make_proceedings(parent, issued_on=YESTERDAY)
    make.make_hearing(court, held_on=day, begins_at=begins)

    assert [when for _, when in events(new_address(practitioner))] == [at]


def test_nothing_but_references_and_times_leaves(practitioner, parent, episode, step):
    make.stored(Home, parent=parent)
    sing(parent, "hers")

    content = fetch(new_address(practitioner)).content.decode()

    assert parent.reference in content
    lines = content.replace("\r\n ", "").splitlines()
    known = ("BEGIN:", "END:", "DT", "UID:", "CLASS:", "TRANSP:", "SUMMARY:Appointment\\, ")
    head = ("PRODID:-//Appointments//EN", "VERSION:", "X-WR-CALNAME:Appointments", "REFRESH-")
    assert [line for line in lines if not line.startswith(known + head)] == []
    secrets = ("canary", "Ann", "Lee", "Recurrent", "Ring", str(parent.pk), str(step.pk), "earing")
    assert [word for word in secrets if word in content] == []


def test_only_a_hash_of_the_secret_is_kept(practitioner, episode):
    address = new_address(practitioner)

    token = address.split("/")[2]
    row = Reminders.objects.get(user=practitioner)
    assert (len(token) >= 43, len(row.token_hash or "")) == (True, 64)
    assert token not in str(Reminders.objects.values()) + str(Reminders.history.values())
    assert token not in browser_of(practitioner).get("/my-reminders/").content.decode()


def end_it(user: User) -> None:
    browser_of(user).post(reverse("reminders:end_calendar"))


def renew_it(user: User) -> None:
    new_address(user)


def leave(user: User) -> None:
    user.is_active = False
    user.save()


def lose_the_role(user: User) -> None:
    RoleGrant.objects.filter(user=user).update(ends_on=YESTERDAY)


@pytest.mark.parametrize("gone", [end_it, renew_it, leave, lose_the_role])
def test_an_address_that_opens_no_more_answers_like_one_that_never_was(
    practitioner, parent, episode, step, gone: Callable[[User], None]
):
    address = new_address(practitioner)
    assert fetch(address).status_code == 200

    gone(practitioner)

    after, never = fetch(address), fetch(NOBODYS)
    assert (after.status_code, never.status_code) == (404, 404)
    assert as_seen(after) == as_seen(never)
    assert dict(after.headers).keys() == dict(never.headers).keys()


def test_a_parent_who_is_no_longer_hers_to_see_is_gone_on_the_next_request(
    practitioner, parent, episode, step
):
    address = new_address(practitioner)
    assert len(events(address)) == 1

    make.protect(parent, "denied", practitioner)

    assert events(address) == []


def test_a_colleague_s_days_are_not_hers(programme, practitioner, parent, episode, step):
    colleague = make.make_practitioner(programme, "Bo Example")

    assert events(new_address(colleague)) == []


def test_what_is_done_or_long_past_is_not_in_it(practitioner, episode):
    make.stored(NextStep, episode=episode, wording="a", due_on=SOON, done_on=today())
    make.stored(NextStep, episode=episode, wording="b", due_on=today() - timedelta(days=29))
    make.stored(NextStep, episode=episode, wording="c", due_on=None)

    assert events(new_address(practitioner)) == []


def test_a_conference_about_a_baby_who_was_lost_is_gone_on_the_next_request(
    practitioner, programme, worker
):
    mother = make.make_parent()
    pregnancy = make.make_pregnancy(mother, today() + timedelta(days=90))
    referral = make.make_referral(mother, programme, pregnancy=pregnancy)
    episode = make.make_episode(mother, programme, worker, referral=referral)
    make.stored(Meeting, episode=episode, kind="initial_child_protection_conference", due_on=SOON)
    address = new_address(practitioner)
    assert [when for _, when in events(address)] == [SOON]

    ending = {"outcome": "miscarriage", "ended_on": today(), "seen_version": 1}
    with acting_as(practitioner):
        record_ending(pregnancy=pregnancy, by=practitioner, **ending)

    assert events(address) == []


def test_it_costs_the_same_however_much_stands_in_it(practitioner, programme, worker, episode):
    address = new_address(practitioner)
    counts = []
    for number in (1, 5):
        for _ in range(number):
            other = make.make_episode(make.make_parent(), programme, worker)
            make.stored(NextStep, episode=other, wording="Ring", due_on=SOON)
        with CaptureQueriesContext(connection) as asked:
            fetch(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_it_is_kept_in_no_cache(practitioner, episode):
    assert fetch(new_address(practitioner)).headers["Cache-Control"] == "no-store"
