"""The e-mail that says how many things wait, and nothing more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from programme.access import actors
from programme.access.models import RoleGrant, User
from programme.access.scope import acting_as
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.jobs.models import Failure
from programme.people.models import Home
from programme.reminders import actions
from programme.reminders.jobs import send_digest, send_digests
from programme.reminders.models import Reminders
from programme.reminders.reads import waiting_count
from tests import builders as make
from tests.programme.access.canaries import sing

pytestmark = pytest.mark.django_db
PAGE = "/my-reminders/"
# The Tuesday before and the Monday after: a database has a clock of its own, so none is far off.
_NOW = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0)
TUESDAY = _NOW - timedelta(days=(_NOW.weekday() - 1) % 7 or 7)
MONDAY = TUESDAY + timedelta(days=6)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as clock:
        yield clock


def choose(user: User, digest: str) -> None:
    with acting_as(user):
        actions.choose_digest(digest=digest, by=user)


@pytest.fixture
def due(clock: Any, episode: Any) -> Any:
    return make.stored(NextStep, episode=episode, wording="Ring the centre", due_on=today())


def test_it_says_how_many_things_wait_and_nothing_more(practitioner, parent, due):
    make.stored(Home, parent=parent)
    sing(parent, "hers")
    choose(practitioner, "daily")

    send_digests.enqueue()

    (message,) = mail.outbox
    assert (message.to, message.subject) == ([practitioner.email], "1 thing is waiting for you")
    assert message.body == (
        "1 thing is waiting for you. Please sign in to see what."
        " You choose under My reminders whether you get this message.\n"
    )


@pytest.mark.parametrize(
    ("digest", "day", "comes"),
    [
        ("daily", TUESDAY, 1),
        ("daily", MONDAY, 1),
        ("weekly", TUESDAY, 0),
        ("weekly", MONDAY, 1),
        ("off", MONDAY, 0),
    ],
)
def test_it_comes_when_it_was_asked_for(practitioner, due, clock, digest, day, comes):
    choose(practitioner, digest)
    clock.move_to(day)

    send_digests.enqueue()

    assert len(mail.outbox) == comes


def test_begun_twice_it_comes_once_and_the_next_day_again(practitioner, due, clock):
    choose(practitioner, "daily")
    for _ in range(2):
        send_digests.enqueue()
    same_day = len(mail.outbox)
    clock.shift(timedelta(days=1))
    send_digests.enqueue()

    assert (same_day, len(mail.outbox)) == (1, 2)


def test_none_comes_when_nothing_waits(practitioner, worker):
    choose(practitioner, "daily")

    send_digests.enqueue()

    assert mail.outbox == []


def test_what_is_not_hers_to_see_is_not_counted(practitioner, parent, due):
    choose(practitioner, "daily")
    make.protect(parent, "denied", practitioner)

    send_digests.enqueue()

    assert mail.outbox == []


def leave(user: User) -> None:
    user.is_active = False
    user.save()


def lose_the_role(user: User) -> None:
    RoleGrant.objects.filter(user=user).update(ends_on=today() - timedelta(days=1))


@pytest.mark.parametrize("gone", [leave, lose_the_role])
def test_whoever_is_gone_is_told_nothing(practitioner, due, gone):
    choose(practitioner, "daily")
    gone(practitioner)

    send_digests.enqueue()

    assert mail.outbox == []


def test_one_that_could_not_be_sent_counts_as_not_sent(practitioner, due, settings):
    choose(practitioner, "daily")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_digests.enqueue()
    failed = [one.job for one in Failure.objects.all()]
    settings.EMAIL_BACKEND = working

    send_digests.enqueue()

    assert failed == ["programme.reminders.jobs.send_digest"]
    assert len(mail.outbox) == 1


def test_that_it_was_sent_is_noted_by_an_actor_who_sees_nothing(practitioner, due):
    choose(practitioner, "daily")
    send_digests.enqueue()

    newest = Reminders.history.order_by("-history_date").first()
    assert newest is not None
    assert newest.history_user_id == actors.REMINDER
    assert actors.REMINDER not in actors.READ_EVERYTHING
    with acting_as(actors.REMINDER):
        assert not NextStep.objects.exists()


def test_steps_due_people_waiting_and_letters_begun_are_counted(
    practitioner, programme, parent, episode
):
    counts = [count_for(practitioner)]
    make.stored(NextStep, episode=episode, wording="Later", due_on=today() + timedelta(days=1))
    make.stored(NextStep, episode=episode, wording="Some day")
    counts.append(count_for(practitioner))
    make.stored(NextStep, episode=episode, wording="Today", due_on=today())
    counts.append(count_for(practitioner))
    make.make_referral(make.make_parent(), programme, decision="pending", received_on=today())
    counts.append(count_for(practitioner))
    make.make_letter(parent, programme, written_by=practitioner)
    counts.append(count_for(practitioner))

    assert [count - counts[0] for count in counts] == [0, 0, 1, 2, 3]


def count_for(user):
    with acting_as(user):
        return waiting_count(user)


# --- The page ---------------------------------------------------------------------------------


def test_the_page_says_and_keeps_what_was_chosen(hers, practitioner):
    answer = hers.post(PAGE, {"digest": "weekly"})

    assert answer.headers["Location"] == PAGE
    assert Reminders.objects.get(user=practitioner).digest == "weekly"
    assert hers.get(PAGE).context["form"].initial == {"digest": "weekly"}


@pytest.mark.parametrize("typed", [{}, {"digest": "hourly"}])
def test_what_is_not_offered_is_not_stored(hers, practitioner, typed):
    answer = hers.post(PAGE, typed)

    assert answer.status_code == 200
    assert answer.context["form"].errors["digest"] == ["Choose how often it should come"] or (
        "from the list" in str(answer.context["form"].errors)
    )
    assert not Reminders.objects.filter(user=practitioner).exists()


def test_a_calendar_is_made_shown_once_and_ended_on_the_page(hers, practitioner):
    made = hers.post(reverse("reminders:make_calendar"))
    again = hers.get(PAGE)
    ended = hers.post(reverse("reminders:end_calendar"), follow=True)

    assert made.context["address"] in made.content.decode()
    assert again.context["reminders"].has_calendar
    assert "appointments.ics" not in again.content.decode()
    assert not ended.context["reminders"].has_calendar


def test_a_message_cannot_be_begun_for_a_day_that_was_done(practitioner, due):
    choose(practitioner, "daily")
    key = str(Reminders.objects.get(user=practitioner).pk)

    for _ in range(3):
        send_digest.enqueue(key, today().isoformat())

    assert len(mail.outbox) == 1
