"""One page for a supervision; counts for a manager, without a person; what a caseload weighs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.parts import Role
from programme.audit.models import Sight
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Supervision
from programme.pathways.models import StageWeight
from programme.supervision.models import SupervisionAction
from tests import builders
from tests.pristine import as_owner
from tests.programme.desk.scene import browser_of

DAY = timedelta(days=1)


@pytest.fixture
def senior(programme):
    return browser_of(builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR))


@pytest.fixture
def manager(programme):
    user = builders.make_user("Ines Example")
    builders.grant_role(user, Role.MANAGER, programme)
    return browser_of(user)


def words(page):
    return page.content.decode().split("<main", 1)[1].split("</main>")[0]


def supervise(episode, worker, **values):
    held = builders.stored(
        Supervision, episode=episode, held_on=today(), worker=worker, decision="Wait", **values
    )
    step = builders.stored(NextStep, episode=episode, wording="Ring housing", due_on=today())
    builders.stored(SupervisionAction, supervision=held, step=step, worker=worker)
    return held


def test_senior_and_worker_read_the_same_summary(senior, practitioner, worker, episode):
    supervise(episode, worker)
    pages = [
        browser.get(url).context["summaries"]
        for browser, url in (
            (senior, f"/team/{worker.pk}/summary/"),
            (browser_of(practitioner), "/team/me/summary/"),
        )
    ]

    assert pages[0] == pages[1]
    ((case,),) = [one.cases for one in pages[0]]
    assert case.last.row.decision == "Wait"
    assert [one.step.wording for one in case.open_actions] == ["Ring housing"]


def test_a_summary_holds_no_address_and_is_a_copy_taken_out(senior, worker, episode, parent):
    page = words(senior.get(f"/team/{worker.pk}/summary/"))

    assert "ZZ99" not in page
    assert "OFFICIAL-SENSITIVE" in page
    with as_owner():
        sight = Sight.objects.get(page="workboard:show_summary")
    assert sight.listed == parent.pk.hex


def test_summary_of_a_worker_of_another_programme_is_not_found(senior):
    other = builders.make_worker(builders.make_programme())

    assert senior.get(f"/team/{other.pk}/summary/").status_code == 404


def test_pages_cost_the_same_for_any_number(senior, manager, programme, worker):
    asked = []
    for number in (1, 3, 30):
        _hold(programme, worker, number)
        cost = []
        for browser, url in ((senior, f"/team/{worker.pk}/summary/"), (manager, "/team/counts/")):
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                browser.get(url)
            cost.append(len(queries))
        asked.append(cost)

    assert asked == [asked[0]] * 3


def test_a_manager_reads_counts_and_no_person(manager, programme, worker, episode, parent):
    builders.enter_stage(episode, "engagement", today())
    builders.make_worker(programme, name="Abel Example")

    page = words(manager.get("/team/counts/"))

    assert "Engagement: 1" in page
    assert page.index("Abel Example") < page.index("Grace Example")
    assert [hidden in page for hidden in ("Ann", "Lee", parent.reference, str(parent.pk))] == [
        False
    ] * 4


def test_a_range_of_children_is_not_held_against_parents(manager, programme, worker, episode):
    with builders.as_seeder():
        worker.caseload_unit, worker.caseload_max = "children", 0
        worker.save()

    assert "counted in children" in words(manager.get("/team/counts/"))


def test_weights_count_where_a_programme_has_them(senior, manager, programme, worker, episode):
    with builders.as_seeder():
        worker.caseload_min, worker.caseload_max = 0, 2
        worker.save()
    builders.enter_stage(episode, "engagement", today())
    _hold(programme, worker, 2)
    before = senior.get(f"/team/{worker.pk}/").context["lines"][0]
    builders.stored(StageWeight, programme=programme, stage="engagement", weight=Decimal("2.5"))

    after = senior.get(f"/team/{worker.pk}/").context["lines"][0]

    assert (before.weighed, before.standing) == ("", "within the usual 2")
    assert (after.held, after.weighed, after.standing) == (2, "3.5", "1.5 over the usual 2")
    assert "2, counting 3.5" in words(manager.get("/team/counts/"))


def test_a_manager_says_how_a_programme_supervises(manager, programme):
    url = reverse("supervision:change_settings", args=[programme.pk])
    shown = manager.get(url).context["form"]
    weights = {name: "1.0" for name in shown.fields if name.startswith("weight_")}

    manager.post(url, {"signs_off": "yes", **weights, "weight_engagement": "1.5"})

    programme.refresh_from_db()
    assert programme.signs_off_since == today()
    assert list(StageWeight.objects.values_list("stage", "weight")) == [
        ("engagement", Decimal("1.5"))
    ]
    manager.post(url, {"signs_off": "no", **weights})
    programme.refresh_from_db()
    assert (programme.signs_off_since, StageWeight.objects.count()) == (None, 0)


def test_a_manager_of_another_programme_changes_nothing_here(manager):
    other = builders.make_programme()

    page = manager.get(reverse("supervision:change_settings", args=[other.pk]))

    assert page.status_code == 403


def _hold(programme, worker, number):
    """More parents until the worker holds so many."""
    with builders.as_seeder():
        held = worker.allocations.count()
    for _ in range(number - held):
        supervise(builders.make_episode(builders.make_parent(), programme, worker), worker)
