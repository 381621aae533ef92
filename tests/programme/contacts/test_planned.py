"""A planned contact: on home and on the record; one press says what became of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.contacts.models import PlannedContact
from programme.core.dates import today
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import contacts, url_of
from tests.programme.pages import rows


def a_plan(**typed):
    """What the page sends for a meeting at the office in two days."""
    day = today() + timedelta(days=2)
    boxes = {"day_day": day.day, "day_month": day.month, "day_year": day.year}
    return {"key": str(uuid4()), "at": "2.30pm", "mode": "office", **boxes, **typed}


@pytest.fixture
def plan(parent, episode, worker, practitioner):
    """An hour ago."""
    return builders.make_plan(
        episode, worker=worker, with_whom="the midwife", written_by=practitioner
    )


def settle(browser, plan, outcome, **typed):
    url = reverse("contacts:settle_planned_contact", args=[plan.parent_id, plan.pk])
    return browser.post(url, {"outcome": outcome, **typed})


def test_plan_contact_is_kept_once_and_stands_on_home_and_record(hers, parent, worker):
    typed = a_plan(with_whom="the midwife")

    for _ in range(2):
        response = hers.post(url_of("plan_contact", parent), typed)

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    [plan] = rows(PlannedContact)
    local = timezone.localtime(plan.planned_for)
    assert (local.date(), f"{local:%H:%M}") == (today() + timedelta(days=2), "14:30")
    assert (plan.mode, plan.with_whom, plan.worker) == ("office", "the midwife", worker)
    for url in ("/home/", f"/parents/{parent.pk}/"):
        page = hers.get(url).content.decode()
        assert "At our office, " in page
        assert "with the midwife" in page
        assert 'value="cancelled_by_parent"' in page
        assert 'value="met"' not in page  # Its time has not come.


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"day_day": ""}, {"day": ["The day must include a day"]}),
        ({"day_year": "2020"}, {"day": ["The day must be today or in the future"]}),
        ({"at": "half two"}, {"at": ["Enter a time like 14:30 or 2:30pm"]}),
        ({"mode": ""}, {"mode": ["Choose how you will be in touch"]}),
    ],
)
def test_plan_contact_says_what_to_put_right_and_keeps_the_rest(hers, parent, typed, errors):
    response = hers.post(url_of("plan_contact", parent), a_plan(with_whom="Jo", **typed))

    form = response.context["form"]
    assert (form.errors, form["with_whom"].value()) == (errors, "Jo")
    assert rows(PlannedContact) == []


def test_a_time_of_today_that_has_passed_is_not_planned(hers, parent):
    with time_machine.travel(builders.days_ago(1).replace(hour=15), tick=False):
        day = today()
        typed = a_plan(at="9am", day_day=day.day, day_month=day.month, day_year=day.year)
        response = hers.post(url_of("plan_contact", parent), typed)

    assert response.context["form"].errors == {
        "at": ["That time has passed. Log the contact instead."]
    }
    assert rows(PlannedContact) == []


def test_kept_by_one_press_it_is_a_contact_and_a_note_may_follow(hers, parent, plan):
    response = settle(hers, plan, "met")

    [contact] = contacts()
    correct = url_of("correct_contact", parent, contact.pk)
    assert response.headers["Location"] == correct
    assert (contact.happened_at, contact.mode) == (plan.planned_for, "office")
    assert (contact.outcome, contact.planned) == ("met", True)
    assert (contact.episode_id, contact.worker_id) == (plan.episode_id, plan.worker_id)
    hers.post(correct, {**as_sent(hers.get(correct).content.decode()), "note": "Went well"})
    assert [one.note for one in contacts()] == ["Went well"]
    assert 'value="met"' not in hers.get("/home/").content.decode()


@pytest.mark.parametrize(
    ("answer", "outcome", "because"),
    [
        ("missed_by_parent.logistics", "missed_by_parent", "logistics"),
        ("cancelled_by_service", "cancelled_by_service", ""),
    ],
)
def test_missed_or_cancelled_from_home_returns_home(hers, plan, answer, outcome, because):
    response = settle(hers, plan, answer, back="home")

    assert response.headers["Location"] == "/home/"
    assert [(one.outcome, one.missed_because) for one in contacts()] == [(outcome, because)]


def test_pressed_twice_it_is_one_contact_and_another_answer_is_refused(hers, plan):
    answers = [settle(hers, plan, "cancelled_by_parent") for _ in range(2)]
    other = settle(hers, plan, "met")

    assert [one.status_code for one in answers] == [302, 302]
    assert other.context["form"].errors == {
        "outcome": ["Somebody has said already what became of it."]
    }
    assert [one.outcome for one in contacts()] == ["cancelled_by_parent"]


def test_before_its_time_it_can_only_be_cancelled(hers, plan):
    with time_machine.travel(plan.planned_for - timedelta(hours=3), tick=False):
        early = settle(hers, plan, "met")
        stored_early = contacts()
        settle(hers, plan, "cancelled_by_parent")

    assert early.status_code == 200
    assert list(early.context["form"].errors) == ["outcome"]
    assert stored_early == []
    assert [one.outcome for one in contacts()] == ["cancelled_by_parent"]


def test_no_answer_asks_and_stores_nothing(hers, plan):
    response = settle(hers, plan, "missed_by_parent")

    assert response.context["form"].errors == {"outcome": ["Choose what happened from the list"]}
    assert contacts() == []


def test_a_plan_of_another_record_is_not_found_under_hers(hers, plan, programme):
    other = builders.make_parent()
    builders.make_episode(other, programme)

    url = url_of("settle_planned_contact", other, plan.pk)

    assert hers.post(url, {"outcome": "met"}).status_code == 404
    assert contacts() == []


def test_a_coordinator_sees_and_settles_only_her_own(sign_in, coordinator, parent, plan):
    browser = sign_in(coordinator)
    browser.post(url_of("plan_contact", parent), a_plan())
    [own] = rows(PlannedContact, written_by=coordinator)

    assert settle(browser, plan, "cancelled_by_parent").status_code == 404
    assert settle(browser, own, "cancelled_by_parent").status_code == 302


def test_planning_refuses_the_wrong_role(sign_in, parent, programme, episode):
    manager = builders.make_user()
    builders.grant_role(manager, Role.MANAGER, programme)

    assert sign_in(manager).get(url_of("plan_contact", parent)).status_code == 403
