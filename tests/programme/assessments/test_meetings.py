"""Assessments and meetings are recorded by hand, and what was due because of them goes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.assessments.models import Assessment, Meeting
from programme.core.dates import today
from programme.people.models import Child, ParentChild
from programme.workboard.reads import due_items
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import queries
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def programme():
    return builders.make_programme("Unborn Baby Team", pathway="pre_birth")


@pytest.fixture
def worker(programme):
    return builders.make_practitioner(programme)


@pytest.fixture
def mother():
    return builders.make_parent()


@pytest.fixture
def pregnancy(mother):
    return builders.make_pregnancy(mother, today() + 100 * DAY)


@pytest.fixture
def episode(programme, worker, mother, pregnancy):
    referral = builders.make_referral(mother, programme, pregnancy=pregnancy)
    return builders.make_episode(mother, programme, worker.workers.get(), referral=referral)


@pytest.fixture
def hers(worker, episode):
    return browser_of(worker)


def at(name, parent, *rest):
    return reverse(f"assessments:{name}", args=[parent.pk, *rest])


def send(browser, address, **typed):
    page = browser.get(address).content.decode()
    return browser.post(address, as_sent(page) | typed)


def rules_due(worker, parent):
    with acting_as(worker):
        return {item.rule for item in due_items([parent.pk])}


# --- What is due goes when it is recorded -----------------------------------------------------


def test_a_formulation_meeting_that_was_held_is_due_no_more(mother):
    kirklees = builders.make_programme("New Beginnings", pathway="new_beginnings")
    worker = builders.make_practitioner(kirklees)
    builders.make_episode(mother, kirklees, worker.workers.get())
    hers = browser_of(worker)
    assert "T03" in rules_due(worker, mother)
    meeting = {"kind": "formulation", "stands": "held", **boxes("held_on", today())}

    answer = send(hers, at("record_meeting", mother), **meeting, parent_attended="yes")

    assert answer.status_code == 302
    assert "T03" not in rules_due(worker, mother)
    (kept,) = rows(Meeting)
    assert (kept.held_on, kept.parent_attended) == (today(), "yes")


@pytest.mark.parametrize("ends", ["completed", "called_off"])
def test_an_assessment_before_birth_is_due_until_it_ends(hers, worker, mother, pregnancy, ends):
    about = f"pregnancy-{pregnancy.pk}"
    send(hers, at("start_assessment", mother), kind="pre_birth", about=about)
    assert {"T04", "T21"} <= rules_due(worker, mother)
    (kept,) = rows(Assessment)
    assert kept.pregnancy_id == pregnancy.pk

    how = {
        "completed": {**boxes("completed_on", today()), "conclusion": "Ready for her baby"},
        "called_off": {"cancelled_reason": "She moved away"},
    }
    send(hers, at("change_assessment", mother, kept.pk), stands=ends, **how[ends])

    assert not {"T04", "T21"} & rules_due(worker, mother)


def test_an_assessment_after_birth_is_due_until_it_is_completed(hers, worker, mother):
    baby = builders.stored(Child, given_names="Robin", date_of_birth=today() - 3 * DAY)
    builders.stored(ParentChild, parent=mother, child=baby, relation="birth")
    send(hers, at("start_assessment", mother), kind="post_birth", about=f"child-{baby.pk}")
    assert "T05" in rules_due(worker, mother)

    (kept,) = rows(Assessment)
    done = boxes("completed_on", today())
    send(hers, at("change_assessment", mother, kept.pk), stands="completed", **done)

    assert "T05" not in rules_due(worker, mother)


def test_each_conference_held_asks_for_the_next(hers, worker, mother):
    assert "T09" in rules_due(worker, mother)
    address = at("record_meeting", mother)
    initial = {"kind": "initial_child_protection_conference", "stands": "held"}
    send(hers, address, **initial, **boxes("held_on", today() - 30 * DAY))
    assert rules_due(worker, mother) & {"T09", "T11", "T29"} == {"T11"}

    review = {"kind": "review_child_protection_conference", "stands": "held"}
    send(hers, address, **review, **boxes("held_on", today() - DAY))
    assert rules_due(worker, mother) & {"T09", "T11", "T29"} == {"T29"}


def test_a_meeting_that_is_set_is_due_on_its_day_until_it_is_held_moved_or_called_off(
    hers, worker, mother
):
    def days_set():
        with acting_as(worker):
            return [item.due_on for item in due_items([mother.pk]) if item.rule == "set"]

    when = boxes("due_on", today() + 5 * DAY)
    send(hers, at("record_meeting", mother), kind="professionals", stands="set", **when)
    assert days_set() == [today() + 5 * DAY]
    (kept,) = rows(Meeting)
    address = at("change_meeting", mother, kept.pk)

    send(hers, address, stands="set", **boxes("due_on", today() + 9 * DAY))
    assert days_set() == [today() + 9 * DAY]

    send(hers, address, stands="called_off")
    assert days_set() == []

    send(hers, address, stands="set", **boxes("due_on", today() + 9 * DAY))
    send(hers, address, stands="held", **boxes("held_on", today()))
    assert days_set() == []
    (kept,) = rows(Meeting)
    assert (kept.due_on, kept.held_on, kept.cancelled_on) == (today() + 9 * DAY, today(), None)


# --- What is refused, kept and put right ------------------------------------------------------


def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_stored(hers, mother):
    late = boxes("held_on", today() + DAY)
    page = send(hers, at("record_meeting", mother), kind="formulation", stands="held", **late)
    assert list(page.context["form"].errors) == ["held_on"]

    page = send(hers, at("record_meeting", mother), kind="formulation", stands="set")
    assert list(page.context["form"].errors) == ["due_on"]

    page = send(hers, at("start_assessment", mother), **boxes("started_on", today() + DAY))
    assert list(page.context["form"].errors) == ["kind", "started_on"]
    assert rows(Meeting) == rows(Assessment) == []


def test_completed_before_it_was_started_is_refused_and_every_word_stays(hers, mother, episode):
    row = builders.make_assessment(episode)
    early = boxes("completed_on", today() - DAY)
    typed = {"stands": "completed", "conclusion": "Ready for her baby", **early}

    page = send(hers, at("change_assessment", mother, row.pk), **typed)

    assert "It was completed before it was started." in page.content.decode()
    assert page.context["form"]["conclusion"].value() == "Ready for her baby"
    assert rows(Assessment)[0].completed_on is None


def test_once_it_has_ended_other_words_need_a_reason_from_somebody_else(
    hers, mother, episode, programme
):
    row = builders.make_assessment(
        episode, started_on=today() - 9 * DAY, completed_on=today() - DAY, conclusion="Ready"
    )
    senior = browser_of(builders.make_practitioner(programme, role=Role.SENIOR))
    address = at("change_assessment", mother, row.pk)
    other = {"stands": "completed", "conclusion": "Not yet", **boxes("completed_on", today())}

    page = senior.post(address, as_sent(senior.get(address).content.decode()) | other)
    assert list(page.context["form"].errors) == ["reason"]
    answer = send(senior, address, **other, reason="Read the wrong page")

    assert answer.status_code == 302
    (kept,) = rows(Assessment)
    assert (kept.conclusion, kept.completed_on) == ("Not yet", today())
    with builders.as_seeder():
        assert kept.history.first().history_change_reason == "Read the wrong page"


def test_changed_meanwhile_both_are_kept(hers, mother, episode):
    row = builders.make_assessment(episode)
    address = at("change_assessment", mother, row.pk)
    opened = as_sent(hers.get(address).content.decode())
    send(hers, address, stands="called_off", cancelled_reason="She moved away")

    done = {"stands": "completed", "conclusion": "Ready", **boxes("completed_on", today())}
    page = hers.post(address, opened | done)

    assert page.status_code == 200
    assert page.context["form"]["conclusion"].value() == "Ready"
    assert rows(Assessment)[0].cancelled_reason == "She moved away"


def test_sent_twice_it_is_one_meeting(hers, mother):
    address = at("record_meeting", mother)
    typed = as_sent(hers.get(address).content.decode()) | {
        "key": str(uuid4()),
        "kind": "formulation",
        "stands": "held",
        **boxes("held_on", today()),
    }

    answers = [hers.post(address, typed).status_code for _ in range(2)]

    assert (answers, len(rows(Meeting))) == ([302, 302], 1)


# --- Who, and where ---------------------------------------------------------------------------


def test_after_the_work_has_ended_it_is_read_and_not_changed(worker, mother, episode):
    row = builders.make_meeting(episode)
    with builders.as_seeder():
        episode.closed_on = today()
        episode.save()
    senior = browser_of(builders.make_practitioner(episode.programme, role=Role.SENIOR))

    page = senior.get(at("show_meetings", mother)).content.decode()

    assert "Professionals" in page and "Record a meeting" not in page
    assert senior.get(at("change_meeting", mother, row.pk)).status_code == 403
    assert senior.get(at("record_meeting", mother)).status_code == 403


def test_the_record_leads_from_what_is_due_to_where_it_is_recorded(hers, mother):
    page = hers.get(reverse("desk:show_parent", args=[mother.pk])).content.decode()

    assert page.count(at("show_meetings", mother)) >= 2
    assert "Record it" in page


def test_a_father_is_asked_once_whether_he_came(programme, worker):
    father = builders.make_parent("father")
    builders.make_episode(father, programme, worker.workers.get())
    page = browser_of(worker).get(at("record_meeting", father)).content.decode()

    assert "Did the parent attend?" in page
    assert "Did the father" not in page


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_whatever_it_holds(hers, mother, episode, number):
    for ago in range(number):
        builders.make_assessment(episode, started_on=today() - ago * DAY)
        builders.make_meeting(episode, held_on=date(2026, 1, 1) + ago * DAY)

    with queries(11):
        hers.get(at("show_meetings", mother))
