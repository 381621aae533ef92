"""Groups and drop-ins: dates, who may come, the register, and what it tells of whom."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.models import User
from programme.access.parts import Role
from programme.contacts.models import Contact
from programme.episodes.models import Episode
from programme.groups.models import Attendance, Group, GroupMember, GroupSession
from programme.pathways.models import Programme, Worker
from programme.people.models import Parent
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import boxes
from tests.programme.pages import as_seen, queries, rows, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(programme: Programme, parent: Parent) -> GroupSession:
    session = builders.make_session(programme)
    builders.make_member(session.group, parent)
    return session


@pytest.fixture
def other(programme: Programme, worker: Worker, session: GroupSession) -> Parent:
    """Somebody else of the same caseload who may come."""
    parent = builders.make_parent(given_names="Bea", family_name="Fox")
    builders.make_episode(parent, programme, worker)
    builders.make_member(session.group, parent)
    return parent


@pytest.fixture
def senior(programme: Programme) -> User:
    return builders.make_practitioner(programme, "Sam Example", Role.SENIOR)


def url_of(page: str, row: Any) -> str:
    return reverse(f"groups:{page}", args=[row.pk])


def mark(browser: Client, session: GroupSession, **typed: Any) -> Any:
    """The register as the page sends it, with something tapped."""
    page = url_of("mark_register", session)
    return browser.post(page, as_sent(browser.get(page).content.decode()) | typed)


def tap(parent: Parent, answer: str, note: str = "") -> dict[str, str]:
    typed = {f"answer_{parent.pk.hex}": answer}
    return typed | ({f"note_{parent.pk.hex}": note} if note else {})


# --- A group and its dates ------------------------------------------------------------------


def test_a_group_is_begun_once_and_listed(hers: Client, programme: Programme) -> None:
    typed = {"key": str(uuid4()), "name": "Coffee and talk", "kind": "group"}
    for _ in range(2):
        response = hers.post(reverse("groups:add_group"), typed)

    (group,) = rows(Group)
    assert response.headers["Location"] == url_of("show_group", group)
    assert (group.programme, group.name) == (programme, "Coffee and talk")
    assert "Coffee and talk" in hers.get(reverse("groups:list_groups")).content.decode()


def test_weekly_dates_keep_the_time_by_the_clock(hers: Client, session: GroupSession) -> None:
    """The clocks go back on 25 October 2026."""
    typed = {"at": "10:30", "every": "week", "times": "2", **boxes("first_on", date(2026, 10, 21))}
    for _ in range(2):
        hers.post(url_of("add_sessions", session.group), typed)

    planned = [one.starts_at for one in rows(GroupSession) if one.pk != session.pk]
    assert sorted(planned) == [
        datetime(2026, 10, 21, 9, 30, tzinfo=UTC),
        datetime(2026, 10, 28, 10, 30, tzinfo=UTC),
    ]


# 10 November 2026 is a second Tuesday, 30 November a fifth Monday; of December there are four.
@pytest.mark.parametrize(
    ("every", "first", "expected"),
    [
        ("week", "2026-11-10", ["2026-11-10", "2026-11-17", "2026-11-24"]),
        ("two_weeks", "2026-11-10", ["2026-11-10", "2026-11-24", "2026-12-08"]),
        ("four_weeks", "2026-11-10", ["2026-11-10", "2026-12-08", "2027-01-05"]),
        ("month", "2026-11-10", ["2026-11-10", "2026-12-08", "2027-01-12"]),
        ("month", "2026-11-30", ["2026-11-30", "2026-12-28", "2027-01-25"]),
        ("month", "2027-01-01", ["2027-01-01", "2027-02-05", "2027-03-05"]),
    ],
)
def test_dates_come_as_often_as_is_said(
    hers: Client, session: GroupSession, every: str, first: str, expected: list[str]
) -> None:
    day = boxes("first_on", date.fromisoformat(first))
    hers.post(
        url_of("add_sessions", session.group), {"at": "10:30", "times": "3", "every": every, **day}
    )

    planned = [one.starts_at for one in rows(GroupSession) if one.pk != session.pk]
    assert [f"{timezone.localtime(one):%Y-%m-%d}" for one in sorted(planned)] == expected


def test_a_group_is_renamed_and_everything_of_it_stays(
    hers: Client, session: GroupSession, parent: Parent
) -> None:
    page = url_of("rename_group", session.group)
    typed = as_sent(hers.get(page).content.decode()) | {"name": "Tea and talk"}

    hers.post(page, typed)
    late = hers.post(page, typed | {"name": "Too late"})

    assert [one.name for one in rows(Group)] == ["Tea and talk"]
    assert late.status_code == 200
    assert late.context["form"]["name"].value() == "Too late"
    assert "Tea and talk" in hers.get(url_of("show_group", session.group)).content.decode()
    assert (len(rows(GroupSession)), len(rows(GroupMember))) == (1, 1)


def test_one_date_is_cancelled_and_the_others_stay(hers: Client, session: GroupSession) -> None:
    next_week = session.starts_at + timedelta(days=7)
    later = builders.make_session(session.group.programme, group=session.group, starts_at=next_week)

    hers.post(url_of("cancel_session", later))

    assert [one.cancelled_at is None for one in rows(GroupSession)] == [True, False]
    assert hers.get(url_of("show_group", session.group)).content.count(b"Cancelled") == 1
    assert b"Save register" not in hers.get(url_of("mark_register", later)).content


def test_a_date_with_a_register_is_not_cancelled(
    hers: Client, session: GroupSession, parent: Parent
) -> None:
    mark(hers, session, **tap(parent, "came"))

    response = hers.post(url_of("cancel_session", session))

    assert said(response)[-1] == "The register of this date is begun, so it cannot be cancelled."
    assert [one.cancelled_at for one in rows(GroupSession)] == [None]


def test_another_programme_does_not_find_a_group(sign_in: Any, session: GroupSession) -> None:
    stranger = sign_in(builders.make_practitioner(builders.make_programme()))

    for page in ("show_group", "rename_group", "add_sessions", "choose_people"):
        assert stranger.get(url_of(page, session.group)).status_code == 404
    assert stranger.get(url_of("mark_register", session)).status_code == 404
    assert stranger.post(url_of("cancel_session", session)).status_code == 404
    assert b"Coffee and talk" not in stranger.get(reverse("groups:list_groups")).content


# --- Who may come ---------------------------------------------------------------------------


def test_people_are_chosen_and_taken_off(
    hers: Client, session: GroupSession, parent: Parent, programme: Programme, worker: Worker
) -> None:
    another = builders.make_parent()
    builders.make_episode(another, programme, worker)

    hers.post(url_of("choose_people", session.group), {"people": [str(another.pk)]})

    assert {one.parent_id: one.left_on is None for one in rows(GroupMember)} == {
        parent.pk: False,
        another.pk: True,
    }


def test_nobody_is_chosen_whom_the_worker_does_not_work_with(
    hers: Client, session: GroupSession, programme: Programme
) -> None:
    theirs = builders.make_parent(given_names="Una")
    builders.make_episode(theirs, programme, builders.make_worker(programme))
    page = url_of("choose_people", session.group)

    refused = hers.post(page, {"people": [str(theirs.pk)]})

    assert b"Una" not in hers.get(page).content
    assert refused.status_code == 200
    assert [one.parent_id for one in rows(GroupMember, parent=theirs)] == []


# --- The register ---------------------------------------------------------------------------


def test_whoever_came_gets_a_contact_with_a_note_of_their_own(
    hers: Client, session: GroupSession, parent: Parent, other: Parent, episode: Episode
) -> None:
    response = mark(
        hers, session, **tap(parent, "came", "Talked a lot"), **tap(other, "did_not_come")
    )

    (contact,) = rows(Contact)
    assert response.headers["Location"] == url_of("show_group", session.group)
    assert (contact.parent_id, contact.mode, contact.outcome, contact.note) == (
        parent.pk,
        "group",
        "met",
        "Talked a lot",
    )
    assert (contact.happened_at, contact.episode_id) == (session.starts_at, episode.pk)
    assert {one.parent_id: one.answer for one in rows(Attendance)} == {
        parent.pk: "came",
        other.pk: "did_not_come",
    }


def test_a_register_sent_twice_is_kept_once(
    hers: Client, session: GroupSession, parent: Parent
) -> None:
    page = url_of("mark_register", session)
    typed = as_sent(hers.get(page).content.decode()) | tap(parent, "came", "Talked")
    for _ in range(2):
        hers.post(page, typed)

    assert (len(rows(Attendance)), [one.note for one in rows(Contact)]) == (1, ["Talked"])


def test_one_record_never_shows_another_who_came(
    hers: Client, session: GroupSession, parent: Parent, other: Parent
) -> None:
    mark(hers, session, **tap(parent, "came", "Hers alone"), **tap(other, "came", "Also there"))

    record = hers.get(reverse("desk:show_parent", args=[parent.pk])).content.decode()

    assert "Hers alone" in record
    assert [words for words in ("Also there", "Bea", other.reference) if words in record] == []


def test_a_mark_put_right_puts_the_contact_right(
    hers: Client, session: GroupSession, parent: Parent
) -> None:
    mark(hers, session, **tap(parent, "came"))
    mark(hers, session, **tap(parent, "said_no"))

    assert [one.answer for one in rows(Attendance)] == ["said_no"]
    assert [one.outcome for one in rows(Contact)] == ["cancelled_by_parent"]


def test_a_later_correction_needs_a_reason(
    hers: Client, session: GroupSession, parent: Parent, time_machine: Any
) -> None:
    mark(hers, session, **tap(parent, "came"))
    time_machine.move_to(timezone.now() + timedelta(minutes=16))

    refused = mark(hers, session, **tap(parent, "did_not_come"))
    assert "Say why you are changing it" in refused.content.decode()
    assert [one.outcome for one in rows(Contact)] == ["met"]
    mark(hers, session, reason="The wrong line", **tap(parent, "did_not_come"))

    assert [one.outcome for one in rows(Contact)] == ["missed_by_parent"]


def test_what_somebody_else_marked_meanwhile_is_not_overwritten_unseen(
    hers: Client, session: GroupSession, parent: Parent, senior: User
) -> None:
    page = url_of("mark_register", session)
    typed = as_sent(hers.get(page).content.decode()) | tap(parent, "did_not_come")
    colleague = Client()
    colleague.force_login(senior, backend=builders.DEMO_BACKEND)
    mark(colleague, session, **tap(parent, "came"))

    shown = hers.post(page, typed).content.decode()

    assert "Somebody else marked meanwhile: Came" in shown
    assert [one.answer for one in rows(Attendance)] == ["came"]
    again = as_sent(shown) | {"reason": "Was at the door only"}
    hers.post(page, again)
    assert [one.answer for one in rows(Attendance)] == ["did_not_come"]


def test_before_it_begins_only_who_said_no_is_marked(
    hers: Client, programme: Programme, parent: Parent
) -> None:
    session = builders.make_session(programme, starts_at=timezone.now() + timedelta(days=1))
    builders.make_member(session.group, parent)

    refused = mark(hers, session, **tap(parent, "came", "Kept"))
    assert "This date has not begun yet" in refused.content.decode()
    assert "Kept" in refused.content.decode()
    assert (rows(Attendance), rows(Contact)) == ([], [])
    mark(hers, session, **tap(parent, "said_no"))

    assert ([one.answer for one in rows(Attendance)], rows(Contact)) == (["said_no"], [])


def test_a_colleagues_parent_is_shown_and_not_marked(
    hers: Client, session: GroupSession, programme: Programme
) -> None:
    theirs = builders.make_parent(given_names="Una", family_name="Roe")
    builders.make_episode(theirs, programme, builders.make_worker(programme))
    builders.make_member(session.group, theirs)

    mark(hers, session, **tap(theirs, "came"))

    line = f"Una Roe, record {theirs.reference}: not marked yet"
    assert line in hers.get(url_of("mark_register", session)).content.decode()
    assert rows(Attendance) == []


@pytest.mark.parametrize("more", [0, 2])
def test_the_register_costs_the_same_for_any_number(
    hers: Client,
    session: GroupSession,
    programme: Programme,
    worker: Worker,
    more: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(more):
        parent = builders.make_parent()
        builders.make_episode(parent, programme, worker)
        builders.make_member(session.group, parent)

    with django_assert_num_queries(queries(12)):
        hers.get(url_of("mark_register", session))


# --- The head count, and who is hidden ------------------------------------------------------


def test_a_drop_in_keeps_a_count_and_first_names_scrambled(
    hers: Client, programme: Programme, episode: Episode
) -> None:
    session = builders.make_session(programme, kind="drop_in")

    mark(hers, session, head_count="7", first_names="Jo, Kim")

    (kept,) = rows(GroupSession)
    assert (kept.head_count, kept.first_names) == (7, "Jo, Kim")
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_names FROM programme_groupsession")
        assert "Kim" not in str(cursor.fetchall())
    assert b"7 came" in hers.get(url_of("show_group", session.group)).content


def test_a_count_below_those_marked_is_sent_back_with_everything(
    hers: Client, session: GroupSession, parent: Parent
) -> None:
    shown = mark(hers, session, head_count="0", **tap(parent, "came", "A good day")).content

    assert b"You marked 1 who came. Count them in." in shown
    assert b"A good day" in shown
    assert (rows(Attendance), rows(Contact)) == ([], [])


def test_a_hidden_attendee_changes_no_byte(
    sign_in: Any, senior: User, session: GroupSession, programme: Programme
) -> None:
    """Nobody, somebody hidden who is expected, who came, who did not: the same pages."""
    browser = sign_in(senior)
    pages = [
        url_of("show_group", session.group),
        url_of("mark_register", session),
        url_of("choose_people", session.group),
    ]

    def seen() -> list[bytes]:
        return [as_seen(browser.get(page)) for page in pages]

    hidden, before = builders.make_parent(), seen()
    builders.make_episode(hidden, programme)
    builders.protect(hidden, "restricted", builders.make_user())
    builders.make_member(session.group, hidden)
    expected = seen()
    builders.make_attendance(session, hidden, answer="came")
    came = seen()

    assert before == expected == came


def test_a_visible_attendee_changes_a_byte(
    sign_in: Any, senior: User, session: GroupSession, programme: Programme
) -> None:
    """The control: the comparison sees what it should."""
    browser, page = sign_in(senior), url_of("mark_register", session)
    shown, before = builders.make_parent(), as_seen(browser.get(page))

    builders.make_episode(shown, programme)
    builders.make_member(session.group, shown)

    assert as_seen(browser.get(page)) != before


def test_a_hidden_attendee_does_not_hinder_cancelling(
    sign_in: Any, senior: User, session: GroupSession, programme: Programme
) -> None:
    hidden = builders.make_parent()
    builders.make_episode(hidden, programme)
    builders.protect(hidden, "restricted", builders.make_user())
    builders.make_attendance(session, hidden, answer="came")

    response = sign_in(senior).post(url_of("cancel_session", session))

    assert said(response) == ["Date cancelled"]
