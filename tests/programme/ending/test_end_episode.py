"""Ending an episode shows what is still due and says of each what becomes of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.audit.models import Event
from programme.contacts.models import Contact, NextStep, PlannedContact
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode, Pause, Stage
from programme.workboard.reads import due_items
from tests import builders
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.desk.scene import boxes
from tests.programme.pages import rows, said

DAY = timedelta(days=1)
TOMORROW = timezone.now() + DAY


def url_of(episode):
    return reverse("ending:end_episode", args=[episode.parent_id, episode.pk])


def main_of(page):
    return page.content.decode().split("<main", 1)[1]


@pytest.fixture
def step(episode):
    return builders.stored(NextStep, episode=episode, wording="Ring housing", due_on=today() - DAY)


@pytest.fixture
def plan(episode, worker):
    return builders.make_plan(episode, worker=worker, planned_for=TOMORROW, mode="home_visit")


@pytest.fixture
def other(parent, practitioner):
    """Work of another programme with the same parent, in which she writes too."""
    programme = builders.make_programme("Eastgate")
    builders.grant_role(practitioner, Role.SENIOR, programme)
    worker = builders.make_worker(programme, name="Sam Example")
    return builders.make_episode(parent, programme, worker)


def ended(browser, episode, **typed):
    page = as_sent(browser.get(url_of(episode)).content.decode())
    return browser.post(url_of(episode), {**page, "reason": "completed", **typed})


def test_what_is_asked_ends_with_a_reason_and_all_of_it_at_once(hers, episode, step, plan):
    builders.make_pause(episode)
    builders.enter_stage(episode, "engagement", episode.opened_on)
    what, when = f"step_{step.pk}", f"plan_{plan.pk}"

    reply = ended(
        hers,
        episode,
        **{what: "ends", f"{what}_why": "They have a flat"},
        **{when: "cancelled_by_service", f"{when}_why": "The work has ended"},
    )

    assert said(reply) == [f"The work has ended, record {episode.parent.reference}"]
    (closed,) = rows(Episode)
    assert (closed.closed_on, closed.closure_reason) == (today(), "completed")
    assert [(one.ended_on, one.ended_because, one.done_on) for one in rows(NextStep)] == [
        (today(), "They have a flat", None)
    ]
    assert [(one.outcome, one.note) for one in rows(Contact)] == [
        ("cancelled_by_service", "The work has ended")
    ]
    assert [one.to_date for one in (*rows(Pause), *rows(Allocation))] == [today()] * 2
    assert [one.left_on for one in rows(Stage)] == [today()]
    with builders.as_seeder():
        assert [one.ended_because for one in step.history.all()] == ["They have a flat", ""]
    with as_owner():
        names = set(Event.objects.values_list("name", flat=True))
    assert {"ending.next_step_ended", "episodes.episode_closed"} <= names


def test_handed_over_it_is_due_in_the_other_work(
    hers, practitioner, parent, episode, other, step, plan
):
    goes = f"to_{other.pk}"
    what, when = f"step_{step.pk}", f"plan_{plan.pk}"
    new_day = boxes(f"{what}_{goes}_due_on", today() + 9 * DAY)

    ended(hers, episode, **{what: goes, when: goes}, **new_day)

    (moved,) = rows(NextStep)
    assert (moved.episode_id, moved.due_on, moved.ended_on) == (other.pk, today() + 9 * DAY, None)
    (planned,) = rows(PlannedContact)
    assert (planned.episode_id, planned.programme_id, planned.worker.name) == (
        other.pk,
        other.programme_id,
        "Sam Example",
    )
    with acting_as(practitioner):
        found = {one.row: one.episode_id for one in due_items([parent.pk])}
    assert found[step.pk] == other.pk
    assert episode.pk not in found.values()


def test_the_page_says_what_ends_what_goes_on_and_who_carries_it(
    hers, parent, episode, other, step
):
    builders.make_proceedings(parent, issued_on=today())

    found = hers.get(url_of(episode)).context["found"]

    assert {one.item.rule for one in found.ends} == {"T23", "T26"}
    carried = {one.item.rule: one.carried_by for one in found.goes_on}
    assert carried.keys() == {"T14", "T15", "T23", "T26"}
    assert set(carried.values()) == {"Sam Example, Eastgate"}
    assert [one.pk for one in found.steps] == [step.pk]


def test_court_goes_on_and_the_page_says_that_nobody_carries_it(hers, parent, episode):
    builders.make_proceedings(parent, issued_on=today())

    page = main_of(hers.get(url_of(episode)))

    assert "First hearing · carried by nobody yet" in page
    assert "refer the parent again" in page


def test_nothing_is_handed_to_work_in_which_one_only_reads(
    hers, practitioner, parent, episode, step
):
    elsewhere = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, elsewhere)
    not_hers = builders.make_episode(parent, elsewhere, builders.make_worker(elsewhere))

    form = ended(hers, episode, **{f"step_{step.pk}": f"to_{not_hers.pk}"}).context["form"]

    assert list(form.errors) == [f"step_{step.pk}"]
    assert [one.episode_id for one in rows(NextStep)] == [episode.pk]


def test_nothing_is_stored_until_each_is_answered(hers, episode, step, plan):
    what = f"step_{step.pk}"

    form = ended(hers, episode, **{what: "ends", f"{what}_why": ""}).context["form"]

    assert set(form.errors) == {f"{what}_why", f"plan_{plan.pk}"}
    assert form["reason"].value() == "completed"
    assert [one.closed_on for one in rows(Episode)] == [None]
    assert [one.ended_on for one in rows(NextStep)] == [None]


def test_what_is_agreed_while_the_page_is_open_is_not_lost(hers, episode):
    typed = as_sent(hers.get(url_of(episode)).content.decode()) | {"reason": "completed"}
    late = builders.stored(NextStep, episode=episode, wording="Ring the clinic")

    form = hers.post(url_of(episode), typed).context["form"]

    assert list(form.errors) == [f"step_{late.pk}"]
    assert [one.closed_on for one in rows(Episode)] == [None]


def test_a_day_before_the_beginning_stores_nothing(hers, episode, step):
    what = f"step_{step.pk}"
    long_ago = boxes("closed_on", episode.opened_on - DAY)

    form = ended(hers, episode, **{what: "ends", f"{what}_why": "Moved"}, **long_ago).context[
        "form"
    ]

    assert form.errors
    assert [one.ended_on for one in rows(NextStep)] == [None]


def test_of_a_contact_whose_time_has_passed_what_became_of_it_is_said(hers, episode):
    plan = builders.make_plan(episode)

    ended(hers, episode, **{f"plan_{plan.pk}": "missed_by_parent.service"})

    assert [(one.outcome, one.missed_because) for one in rows(Contact)] == [
        ("missed_by_parent", "service")
    ]


def test_sent_twice_it_ends_once(hers, episode):
    first, second = ended(hers, episode), hers.post(url_of(episode), {})

    assert (first.status_code, second.status_code) == (302, 302)
    assert len(rows(Episode)) == 1


def test_ended_steps_leave_the_record_and_stay_on_its_timeline(hers, parent, episode, step):
    what = f"step_{step.pk}"
    ended(hers, episode, **{what: "ends", f"{what}_why": "They have a flat"})

    page = hers.get(reverse("desk:show_parent", args=[parent.pk]))

    assert page.context["record"].steps == ()
    assert "Ring housing: They have a flat" in main_of(page)


def test_it_hides_refuses_and_asks_to_sign_in(sign_in, coordinator, episode):
    stranger = builders.make_practitioner(builders.make_programme("Southside"))
    assert Client().get(url_of(episode)).headers["Location"].startswith("/accounts/login/?next=")
    assert sign_in(stranger).get(url_of(episode)).status_code == 404
    assert sign_in(coordinator).get(url_of(episode)).status_code == 403


def test_it_asks_the_same_number_of_queries_for_any_number(hers, episode, other):
    asked = []
    for number in (1, 3, 12):
        while len(rows(NextStep)) < number:
            builders.stored(NextStep, episode=episode, wording="Ring housing")
            builders.make_plan(episode)
        hers.get(url_of(episode))
        with CaptureQueriesContext(connection) as queries:
            hers.get(url_of(episode))
        asked.append(len(queries))

    assert asked == [asked[0]] * 3
