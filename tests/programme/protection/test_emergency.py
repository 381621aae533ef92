"""Opening a record in an emergency (S9): an hour, own words, two told, reviewed, no oracle."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from programme.access.holdings import parts_of
from programme.access.models import TimedGrant
from programme.access.parts import Part, Role
from programme.access.policy import EMERGENCY_OPENERS
from programme.access.scope import acting_as
from programme.audit.models import Sight
from programme.core.choices import Jurisdiction
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.core.working_days import bank_holidays
from programme.protection import actions, pace
from programme.protection.actions.emergencies import Named
from programme.protection.models import EmergencyOpening
from tests import builders as make
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.joining.test_join_and_part import join
from tests.programme.pages import as_seen, rows, said

pytestmark = pytest.mark.django_db

WHY = "The maternity ward rang and she has gone home alone"
BOTH = Jurisdiction.ENGLAND_AND_WALES
BORN = date(1990, 3, 4)


@pytest.fixture
def elsewhere(db):
    return make.make_programme("Farby")


@pytest.fixture
def stranger(elsewhere):
    """A parent of another team, with an episode there."""
    parent = make.make_parent(
        given_names="Mira", family_name="Nowak", date_of_birth=BORN, postcode="ZZ1 1ZZ"
    )
    make.make_episode(parent, elsewhere, make.make_worker(elsewhere))
    return parent


@pytest.fixture
def senior(elsewhere):
    return make.make_practitioner(elsewhere, "Farah Example", role=Role.SENIOR)


@pytest.fixture
def officer(db):
    user = make.make_user("Ravi Example")
    make.grant_role(user, Role.PROTECTION_OFFICER, None)
    return user


def sent(parent, **values):
    return {"reference": parent.reference, "reason": "parent_at_risk", "why": WHY, **values}


def opened(browser, parent, **values):
    return browser.post(reverse("protection:open_in_emergency"), sent(parent, **values))


def test_it_opens_core_notes_and_address_and_nothing_else(practitioner, stranger):
    response = opened(browser_of(practitioner), stranger)

    assert response.headers["Location"] == reverse("desk:show_parent", args=[stranger.pk])
    with acting_as(practitioner):
        assert parts_of(stranger.pk) == {
            Part.REFERENCE: False,
            Part.CORE: False,
            Part.NOTES: False,
            Part.SAFE_ADDRESS: False,
            Part.CONTACT_LOG: True,
        }


def stop_the_clock(moment):
    """Makes the database's own clock, which decides, stand at a moment.

    PostgreSQL's stands still in a transaction anyway: there the grant is moved instead of it.
    """
    if connection.vendor == "sqlite":
        said = f"{moment:%Y-%m-%d %H:%M:%S}"
        connection.connection.create_function("current_timestamp", 0, lambda: said)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        (now,) = cursor.fetchone()
    with make.as_seeder():
        for grant in TimedGrant.objects.all():
            grant.starts_at, grant.ends_at = (
                now - timedelta(hours=2),
                grant.ends_at + (now - moment),
            )
            grant.save()


@pytest.fixture
def _the_clock_goes_on():
    """A function of a connection cannot be taken away, only made to tell the time again."""
    yield
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "current_timestamp", 0, lambda: f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
        )


@pytest.mark.parametrize(
    ("gone", "status"),
    [(timedelta(minutes=59, seconds=59), 200), (timedelta(minutes=60), 404)],
)
@pytest.mark.usefixtures("_the_clock_goes_on")
def test_it_ends_after_an_hour(practitioner, stranger, gone, status):
    browser = browser_of(practitioner)
    opened(browser, stranger)
    (opening,) = rows(EmergencyOpening)

    with make.as_seeder():
        for grant in TimedGrant.objects.all():
            grant.ends_at = grant.ends_at.replace(microsecond=0)
            grant.save()
    stop_the_clock(opening.opened_at.replace(microsecond=0) + gone)
    shown = browser.get(reverse("desk:show_parent", args=[stranger.pk]))

    assert shown.status_code == status


def test_by_a_whole_name_and_date_of_birth(practitioner, stranger):
    browser = browser_of(practitioner)
    typed = {"reference": "", "name": "nowak mira", **boxes("born_on", BORN)}

    assert opened(browser, stranger, **typed).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"reference": ""}, "Enter the reference, or the name and the date of birth"),
        ({"reference": "", "name": "Mira"}, "Enter the whole name, as it is written"),
        ({"reference": "", "name": "Mira Nowak"}, "Enter the date of birth"),
        ({"why": "She is not well"}, "Say in at least 20 letters why it cannot wait."),
        ({"why": ""}, "Enter why it cannot wait"),
        ({"reason": ""}, "Choose what cannot wait"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_stored(practitioner, stranger, typed, message):
    response = opened(browser_of(practitioner), stranger, **typed)

    assert response.status_code == 200
    assert message in response.content.decode()
    assert rows(EmergencyOpening) == rows(TimedGrant) == []


def test_two_people_are_told_that_something_waits_and_no_more(
    practitioner, stranger, senior, officer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        opened(browser_of(practitioner), stranger)

    (opening,) = rows(EmergencyOpening)
    assert (opening.told_senior, opening.told_officer) == (senior, officer)
    assert {one.to[0] for one in mail.outbox} == {senior.email, officer.email}
    for message in mail.outbox:
        words = f"{message.subject} {message.body}"
        for secret in ("Mira", "Nowak", stranger.reference, str(stranger.pk), practitioner.name):
            assert secret not in words


def test_a_message_that_cannot_be_sent_is_logged_and_costs_nothing(
    practitioner, stranger, senior, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with django_capture_on_commit_callbacks(execute=True):
        response = opened(browser_of(practitioner), stranger)

    assert response.status_code == 302
    assert "A job failed: programme.protection.notices.send_message, try 1" in caplog.text


def test_only_who_may_know_of_the_record_is_told_and_the_page_says_how_many(
    practitioner, stranger, senior, officer, django_capture_on_commit_callbacks
):
    """A senior to whom the record is denied hears nothing; another officer is told instead."""
    make.protect(stranger, "denied", senior)
    second = make.make_user("Zoe Example")
    make.grant_role(second, Role.PROTECTION_OFFICER, None)
    denied_too = make.make_user("Abel Example")
    make.grant_role(denied_too, Role.PROTECTION_OFFICER, None)
    make.protect(stranger, "denied", denied_too)

    with django_capture_on_commit_callbacks(execute=True):
        response = opened(browser_of(practitioner), stranger)

    assert {one.to[0] for one in mail.outbox} == {officer.email, second.email}
    assert "Two people are told" in said(response)[0]


def test_one_who_is_senior_and_officer_is_told_once(
    practitioner, stranger, senior, officer, django_capture_on_commit_callbacks
):
    make.grant_role(senior, Role.PROTECTION_OFFICER, None)

    with django_capture_on_commit_callbacks(execute=True):
        response = opened(browser_of(practitioner), stranger)

    assert sorted(one.to[0] for one in mail.outbox) == sorted([senior.email, officer.email])
    assert "Two people are told" in said(response)[0]


def test_where_nobody_can_be_told_the_page_says_so(practitioner, stranger):
    assert "Nobody could be told" in said(opened(browser_of(practitioner), stranger))[0]


def test_the_time_it_ends_is_told_as_clocks_here_tell_it(practitioner, stranger):
    """A summer's time: three hours ahead of what the database keeps."""
    with timezone.override(ZoneInfo("Africa/Nairobi")):
        response = opened(browser_of(practitioner), stranger)

    (opening,) = rows(EmergencyOpening)
    assert f"Open until {opening.ends_at + timedelta(hours=3):%H:%M}." in said(response)[0]


@pytest.fixture
def joined(stranger, elsewhere, senior):
    """Another record of the stranger's, of the same name, that was joined to hers."""
    other = make.make_parent(given_names="Mira", family_name="Nowak", date_of_birth=BORN)
    make.make_referral(other, elsewhere)
    join(stranger, other, senior)
    return other


@pytest.mark.parametrize(
    "by",
    [
        lambda joined: {"reference": joined.reference},
        lambda joined: {"reference": "", "name": "Mira Nowak", **boxes("born_on", BORN)},
    ],
    ids=["old number", "name"],
)
def test_two_records_that_were_joined_open_as_one(practitioner, stranger, joined, by):
    response = opened(browser_of(practitioner), stranger, **by(joined))

    assert response.headers["Location"] == reverse("desk:show_parent", args=[stranger.pk])


def test_sent_twice_it_is_opened_once(
    practitioner, stranger, senior, officer, django_capture_on_commit_callbacks
):
    browser, key = browser_of(practitioner), str(uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        answers = [opened(browser, stranger, key=key) for _ in range(2)]

    assert {one.status_code for one in answers} == {302}
    assert (len(rows(EmergencyOpening)), len(rows(TimedGrant)), len(mail.outbox)) == (1, 1, 2)


def test_sent_again_after_the_hour_it_is_not_opened_again(practitioner, stranger):
    """The form of an opening opens once, however long it stood in the browser."""
    sent_once = {"named": Named(stranger.reference), "reason": "other", "why": WHY}
    key = uuid4()
    with acting_as(practitioner):
        actions.open_in_emergency(key=key, by=practitioner, **sent_once)
        with make.as_seeder():
            for grant in TimedGrant.objects.all():
                grant.delete()
        with pytest.raises(RuleBroken, match="Open this page again"):
            actions.open_in_emergency(key=key, by=practitioner, **sent_once)

    assert (len(rows(EmergencyOpening)), rows(TimedGrant)) == (1, [])


def test_whoever_sees_the_record_anyway_is_led_there_and_nothing_is_stored(
    practitioner, parent, episode
):
    response = opened(browser_of(practitioner), parent)

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    assert rows(EmergencyOpening) == rows(TimedGrant) == []


def test_a_team_mate_opens_what_the_team_does_not_read(programme, parent, episode):
    """Where the parent lives is for the caseload; the team reads the rest."""
    response = opened(browser_of(make.make_practitioner(programme)), parent)

    assert response.status_code == 302
    assert len(rows(EmergencyOpening)) == 1


def unknown(parent, user):
    return {"reference": "ZZZZZZ"}


def restricted(parent, user):
    make.protect(parent, "restricted", make.make_user())
    return {}


def denied(parent, user):
    make.protect(parent, "denied", user)
    return {}


def denied_by_her_worker(parent, user):
    with make.as_seeder():
        make.protect(parent, "denied", make.make_user())
        (row,) = parent.protections.all()
        row.user, row.worker = None, user.workers.get()
        row.save()
    return {}


def known_to_no_programme(parent, user):
    return {"reference": make.make_parent().reference}


SHUT = [unknown, restricted, denied, denied_by_her_worker, known_to_no_programme]


def test_every_record_that_stays_shut_looks_the_same(practitioner):
    answers = set()
    for why_shut in SHUT:
        programme = make.make_programme()
        parent = make.make_parent(given_names="Mira", family_name="Nowak", date_of_birth=BORN)
        make.make_episode(parent, programme, make.make_worker(programme))
        with make.as_seeder():
            parent.reference = "ABCDEF"
            parent.save()
        typed = {"reference": "ABCDEF", **why_shut(parent, practitioner)}
        response = opened(browser_of(practitioner), parent, **typed)
        answers.add(
            (
                response.status_code,
                as_seen(response).replace(typed["reference"].encode(), b"typed"),
            )
        )
        with make.as_seeder():
            parent.reference = str(parent.pk)[:8]
            parent.save()

    assert len(answers) == 1
    assert actions.NOT_OPENED in answers.pop()[1].decode()
    assert rows(EmergencyOpening) == rows(TimedGrant) == []


@pytest.mark.parametrize("why_shut", [restricted, denied])
def test_a_refusal_is_a_line_in_the_log(practitioner, stranger, officer, why_shut):
    why_shut(stranger, practitioner)

    opened(browser_of(practitioner), stranger)

    with acting_as(officer):
        (line,) = Sight.objects.filter(page="protection:open_in_emergency")
    assert (line.outcome, line.parent_id) == ("refused", stranger.pk)


def test_a_try_for_nobody_is_a_line_too(practitioner, stranger, officer):
    opened(browser_of(practitioner), stranger, reference="ZZZZZZ")

    with acting_as(officer):
        (line,) = Sight.objects.filter(page="protection:open_in_emergency")
    assert (line.outcome, line.parent_id) == ("refused", None)


@pytest.mark.parametrize("why_shut", [unknown, denied])
def test_every_answer_takes_as_long_with_what_is_written(
    practitioner, stranger, officer, settings, why_shut
):
    settings.EMERGENCY_ANSWER_SECONDS = 0.5
    typed = why_shut(stranger, practitioner)

    began = timezone.now()
    opened(browser_of(practitioner), stranger, **typed)
    ended = timezone.now()

    with acting_as(officer):
        (line,) = Sight.objects.filter(page="protection:open_in_emergency")
    assert ended - began >= timedelta(seconds=0.5)
    assert line.seen_at < ended - timedelta(seconds=0.05)


def test_an_opening_is_one_line_in_the_log(practitioner, stranger, officer):
    browser = browser_of(practitioner)
    browser.get(reverse("protection:open_in_emergency"))

    opened(browser, stranger)

    with acting_as(officer):
        (line,) = Sight.objects.filter(page="protection:open_in_emergency")
    assert (line.outcome, line.parent_id) == ("broken_glass", stranger.pk)


def test_whoever_is_named_on_a_restricted_record_may(practitioner, stranger):
    make.protect(stranger, "restricted", practitioner)

    assert opened(browser_of(practitioner), stranger).status_code == 302


def test_a_namesake_of_the_same_day_opens_neither(practitioner, stranger, elsewhere):
    twin = make.make_parent(given_names="Mira", family_name="Nowak", date_of_birth=BORN)
    make.make_referral(twin, elsewhere)
    typed = {"reference": "", "name": "Mira Nowak", **boxes("born_on", BORN)}

    response = opened(browser_of(practitioner), stranger, **typed)

    assert actions.NOT_OPENED in response.content.decode()


def test_after_five_tries_in_an_hour_nothing_is_looked_for(practitioner, stranger):
    """Whatever browser they came from."""
    with time_machine.travel(timezone.now() - timedelta(minutes=61)):
        for _ in range(pace.MOST_TRIES):
            opened(browser_of(practitioner), stranger, reference="ZZZZZZ")
        sixth = opened(browser_of(practitioner), stranger)
    later = opened(browser_of(practitioner), stranger)

    assert "five times" in sixth.content.decode()
    assert later.status_code == 302


@pytest.mark.parametrize("role", sorted(set(Role) - EMERGENCY_OPENERS))
def test_it_opens_nothing_for_a_role_that_may_not(stranger, programme, role):
    """A grant by itself is not enough: who holds no such role today sees nothing by it."""
    user = make.make_practitioner(programme, role=role)
    make.grant_for_a_time(user, stranger, programme, "emergency")

    with acting_as(user):
        assert Part.NOTES not in parts_of(stranger.pk)


def test_it_is_reviewed_within_five_working_days_by_somebody_else(
    practitioner, stranger, senior, officer
):
    opened(browser_of(practitioner), stranger)
    (opening,) = rows(EmergencyOpening)

    coming = [today() + timedelta(days=number) for number in range(1, 15)]
    off = {day for year in {one.year for one in coming} for day in bank_holidays(year, BOTH)}
    working = [day for day in coming if day.weekday() < 5 and day not in off]
    assert opening.review_by == working[4]
    with acting_as(practitioner), pytest.raises(RuleBroken, match="Someone else"):
        actions.review_opening(
            opening=opening, finding="right", note="", seen_version=1, by=practitioner
        )

    with make.as_seeder():
        opening.review_by = today() - timedelta(days=1)
        opening.save()
    listed = browser_of(senior).get(reverse("protection:list_openings")).content.decode()
    assert "Review overdue" in listed
    address = reverse("protection:review_opening", args=[stranger.pk, opening.pk])
    response = browser_of(senior).post(address, {"version": 2, "finding": "right", "note": "Yes"})
    assert response.status_code == 302
    (reviewed,) = rows(EmergencyOpening)
    assert (reviewed.reviewed_by, reviewed.finding) == (senior, "right")
    listed = browser_of(senior).get(reverse("protection:list_openings")).content.decode()
    assert "Review overdue" not in listed


def test_the_officer_knows_it_by_reference_only(practitioner, stranger, officer):
    opened(browser_of(practitioner), stranger)

    page = browser_of(officer).get(reverse("protection:list_openings")).content.decode()

    assert f"Record {stranger.reference}" in page
    assert "Nowak" not in page


def test_the_officer_sees_the_share_of_all_opened(officer, stranger):
    with acting_as(officer):
        for number in range(100):
            Sight.objects.create(page="x", method="GET", outcome="opened", parent_id=stranger.pk)
            if number < 2:
                Sight.objects.create(page="x", method="POST", outcome="broken_glass")
    page = browser_of(officer).get(reverse("protection:list_openings")).content.decode()

    # 2 of 102: 1.96, shown to one place.
    assert "2.0% of all records opened" in page
    assert "Look into it" not in page


def test_opening_by_name_needs_a_birth_date_in_the_action_too(practitioner, stranger):
    with acting_as(practitioner):
        asked = Named(name="Mira Nowak")
        answer = actions.open_in_emergency(
            key=uuid4(), named=asked, reason="other", why=WHY, by=practitioner
        )

    assert (answer.parent_id, answer.is_open) == (None, False)
