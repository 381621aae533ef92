"""What the log of sights says of pages that name several people, or lead on (quality.md S9)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.people.models import Parent
from tests import builders as make
from tests.pristine import as_owner
from tests.programme.desk.scene import Scene, browser_of, make_scene
from tests.programme.joining.test_join_and_part import join
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db
LINKED = re.compile(r"/parents/([0-9a-f-]{36})/")


def sights(page: str) -> list[tuple[str, str, str]]:
    """Of each line about a page: whose record, what was done, and whom it listed."""
    with as_owner() as cursor:
        cursor.execute(
            "SELECT parent_id, outcome, listed FROM programme_sight WHERE page = %s", [page]
        )
        return [
            (str(parent).replace("-", ""), outcome, listed)
            for parent, outcome, listed in cursor.fetchall()
        ]


def shown_on(answer: HttpResponse) -> set[UUID]:
    """Every parent whose record the page leads to, or whose reference it says."""
    text = answer.content.decode()
    linked = {UUID(key) for key in LINKED.findall(text)}
    said = ("ecord {}", "Appointment\\, {}")
    named = {
        one.pk for one in rows(Parent) if any(how.format(one.reference) in text for how in said)
    }
    return linked | named


def find(browser: Client, scene: Scene) -> HttpResponse:
    return browser.post(reverse("desk:find_parent"), {"words": "Sam Fox"}, follow=True)


def take_in(browser: Client, scene: Scene) -> HttpResponse:
    day = today() - timedelta(days=1)
    received = {"received_on_day": day.day, "received_on_month": day.month}
    names = {"given_names": "Sam", "family_name": "Fox", "parent_role": "mother"}
    typed = {**names, **received, "received_on_year": day.year, "source": "midwife"}
    return browser.post(reverse("intake:receive_referral"), {"key": str(uuid4()), **typed})


def look_behind_a_figure(browser: Client, scene: Scene) -> HttpResponse:
    days = {"from": str(today() - timedelta(days=365)), "to": str(today() - timedelta(days=1))}
    return browser.get(reverse("reporting:show_members", args=[scene.programme.pk, "RE-3"]), days)


def begin_a_draft(browser: Client, scene: Scene) -> HttpResponse:
    browser.post(scene.address("contacts:log_contact"), {"note": "Tea", "keep_draft": "yes"})
    return browser.get(reverse("drafts:list_drafts"))


def subscribe_to_calendar(browser: Client, scene: Scene) -> HttpResponse:
    """As a calendar program does: it is not signed in."""
    with make.as_seeder():
        (episode,) = Episode.objects.filter(parent=scene.parent, closed_on=None)
    make.stored(NextStep, episode=episode, wording="Ring the centre", due_on=today())
    shown = browser.post(reverse("reminders:make_calendar"))
    return Client().get(urlsplit(shown.context["address"]).path)


def choose_for_a_group(browser: Client, scene: Scene) -> HttpResponse:
    session = make.make_session(scene.programme)
    return browser.get(reverse("groups:choose_people", args=[session.group_id]))


def open_a_register(browser: Client, scene: Scene) -> HttpResponse:
    session = make.make_session(scene.programme)
    make.make_member(session.group, scene.parent)
    return browser.get(reverse("groups:mark_register", args=[session.pk]))


def worker_of(scene: Scene) -> UUID:
    with make.as_seeder():
        lead = Allocation.objects.filter(episode__parent=scene.parent, to_date=None).first()
    return lead.worker_id


def open_a_colleagues_work(browser: Client, scene: Scene) -> HttpResponse:
    return browser.get(reverse("workboard:show_worker", args=[worker_of(scene)]))


def arrange_cover(browser: Client, scene: Scene) -> HttpResponse:
    return browser.get(reverse("cover:arrange_cover", args=[worker_of(scene)]))


def open_a_summary(browser: Client, scene: Scene) -> HttpResponse:
    return browser.get(reverse("workboard:show_summary", args=[scene.worker.pk]))


OPENED: dict[str, Callable[[Client, Scene], HttpResponse]] = {
    "cover:arrange_cover": arrange_cover,
    "groups:choose_people": choose_for_a_group,
    "groups:mark_register": open_a_register,
    "desk:show_found": find,
    "drafts:list_drafts": begin_a_draft,
    "intake:receive_referral": take_in,
    "reminders:show_calendar": subscribe_to_calendar,
    "reporting:show_members": look_behind_a_figure,
    "workboard:show_summary": open_a_summary,
    "workboard:show_worker": open_a_colleagues_work,
}
LISTS = sorted(page for page, access in POLICY.items() if access.lists_people)


@pytest.mark.parametrize("page", LISTS)
def test_the_log_keeps_whom_a_list_showed(page: str) -> None:
    scene = make_scene()
    make.grant_role(scene.user, Role.MANAGER, scene.programme)
    open_it = OPENED.get(page, lambda browser, _: browser.get(reverse(page)))

    answer = open_it(browser_of(scene.user), scene)

    (line,) = sights(page)
    assert answer.status_code == 200
    assert shown_on(answer)
    assert {UUID(key) for key in line[2].split()} == shown_on(answer)


@pytest.fixture
def joined(programme: Any) -> tuple[Any, Parent, Parent]:
    senior = make.make_practitioner(programme, role=Role.SENIOR)
    pair = [make.make_parent(), make.make_parent()]
    for parent in pair:
        make.make_referral(parent, programme, decision="pending")
    join(pair[0], pair[1], senior)
    return senior, pair[0], pair[1]


def test_an_address_that_leads_on_is_no_sight(joined: tuple[Any, Parent, Parent]) -> None:
    senior, kept, absorbed = joined
    page = "papers:show_summary"

    answer = browser_of(senior).get(reverse(page, args=[absorbed.pk]))

    assert answer.headers["Location"] == reverse(page, args=[kept.pk])
    assert sights(page) == []


def test_whom_it_was_refused_to_join_stands_in_the_log(joined: tuple[Any, Parent, Parent]) -> None:
    senior, kept, _ = joined
    hidden = make.make_parent()
    page = "joining:join_records"

    answer = browser_of(senior).get(reverse(page, args=[kept.pk, hidden.pk]))

    assert answer.status_code == 404
    assert sights(page) == [(hidden.pk.hex, "refused", "")]
