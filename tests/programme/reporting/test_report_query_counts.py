"""Reports and releases cost the same number of queries however many parents there are."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.statistics import count_rows_anew
from programme.assessments.models import Assessment
from programme.contraception.models import ContraceptionChoice
from programme.core.dates import today
from programme.pathways.models import Programme, Worker
from programme.proceedings.models import ChildCircumstance
from programme.reporting.actions import decide_release, propose_release
from programme.reporting.models import Release, ReleaseTable
from programme.reporting.periods import Period
from tests import builders as make
from tests.programme.reporting.indicators.working import give_birth

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PERIOD = Period(today() - timedelta(days=365), today() - timedelta(days=1))
DAYS = {"from": PERIOD.first.isoformat(), "to": PERIOD.last.isoformat()}
SIZES = (1, 3, 30)


@pytest.fixture
def programme(db: None) -> Programme:
    return make.make_programme("Northtown", "pre_birth")


@pytest.fixture
def worker(programme: Programme) -> Worker:
    return make.make_worker(programme)


def family(programme: Programme, worker: Worker) -> None:
    """A parent with a row of most kinds that figures read."""
    born_on = today() - timedelta(days=60)
    mother = make.make_parent(ethnicity="WBRI")
    pregnancy = make.make_pregnancy(mother, due_on=born_on, known_on=born_on - timedelta(days=150))
    referral = make.make_referral(
        mother,
        programme,
        pregnancy=pregnancy,
        received_on=born_on - timedelta(days=140),
        reason="pregnancy",
    )
    episode = make.make_episode(mother, programme, worker, referral=referral)
    make.enter_stage(episode, "post_birth_assessment", born_on)
    make.make_contact(mother, episode, planned=True)
    baby = give_birth(mother, born_on.isoformat(), pregnancy)
    make.stored(
        ChildCircumstance, child=baby, from_date=born_on, living_with="mother", plan="child_in_need"
    )
    make.stored(
        Assessment,
        episode=episode,
        kind="pre_birth",
        started_on=referral.received_on,
        completed_on=referral.received_on + timedelta(days=30),
    )
    make.make_consent(mother, "record_contraception")
    make.stored(
        ContraceptionChoice,
        parent=mother,
        happened_on=born_on + timedelta(days=20),
        event="choice",
        answer="pill",
    )


def asked_by(client: Client, address: str, data: dict[str, str]) -> int:
    """The queries of one visit, the second: caches of the first are not the page's."""
    client.get(address, data)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address, data)
    assert answer.status_code == 200
    return len(asked)


def grow(programme: Programme, worker: Worker, up_to: int, now: int) -> int:
    for _ in range(now, up_to):
        family(programme, worker)
    count_rows_anew()
    return up_to


@pytest.mark.parametrize(
    "page",
    ["show_report", "download_report_pdf", "download_report_csv", "RE-3", "BA-10", "BA-11", "WF-1"],
)
def test_a_report_costs_the_same_for_one_parent_and_for_thirty(
    client: Client, programme: Programme, worker: Worker, page: str
) -> None:
    manager = make.make_practitioner(programme, role=Role.MANAGER)
    client.force_login(manager, backend=make.DEMO_BACKEND)
    behind = page not in ("show_report", "download_report_pdf", "download_report_csv")
    name = "show_members" if behind else page
    address = reverse(f"reporting:{name}", args=[programme.pk, *([page] if behind else [])])

    costs, parents = {}, 0
    for size in SIZES:
        parents = grow(programme, worker, size, parents)
        costs[size] = asked_by(client, address, DAYS)

    assert len(set(costs.values())) == 1, costs


def approved(programme: Programme, proposer: User, approver: User) -> Release:
    """One more release; what it may print is other tests' business."""
    with acting_as(proposer):
        release = propose_release(
            key=uuid4(), programme=programme, period=PERIOD, words="", by=proposer
        )
    with acting_as(approver):
        return decide_release(release=release, decision="approved", why="", by=approver)


def copies(release: Release, how_many: int) -> None:
    """Releases of the same tables and earlier days, as if approved year after year."""
    with acting_as(release.proposed_by):
        tables = list(release.tables.all())
        for number in range(1, how_many + 1):
            years = timedelta(days=366 * number)
            earlier = Release.objects.get(pk=release.pk)
            earlier.pk, earlier._state.adding = uuid4(), True
            earlier.period_from, earlier.period_to = PERIOD.first - years, PERIOD.last - years
            earlier.state = Release.State.PROPOSED
            earlier.save(force_insert=True)
            for table in tables:
                table.pk, table.release, table._state.adding = uuid4(), earlier, True
            ReleaseTable.objects.bulk_create(tables)
            Release.objects.filter(pk=earlier.pk).update(state=Release.State.APPROVED)


@pytest.mark.parametrize(
    ("page", "role"),
    [
        ("reporting:list_releases", Role.MANAGER),
        ("reporting:show_release", Role.DATA_OFFICER),
        ("commissioner:list_releases", Role.COMMISSIONER),
        ("commissioner:show_release", Role.COMMISSIONER),
    ],
)
def test_a_release_costs_the_same_beside_thirty_others(
    client: Client, programme: Programme, worker: Worker, page: str, role: Role
) -> None:
    grow(programme, worker, 12, 0)
    manager = make.make_practitioner(programme, role=Role.MANAGER)
    officer = make.make_practitioner(programme, role=Role.DATA_OFFICER)
    release = approved(programme, manager, officer)
    client.force_login(make.make_practitioner(programme, role=role), backend=make.DEMO_BACKEND)
    address = reverse(page, args=[release.pk] if page.endswith("show_release") else [])

    costs = {}
    # From two on, so that the trend over earlier releases is part of every count.
    for size, more in ((2, 1), (4, 2), (31, 27)):
        copies(release, more)
        costs[size] = asked_by(client, address, {})

    assert len(set(costs.values())) == 1, costs


def test_a_release_costs_a_commissioner_the_same_for_any_number_of_parents(client: Client) -> None:
    costs = {}
    for size in SIZES:
        programme = make.make_programme(pathway="pre_birth")
        grow(programme, make.make_worker(programme), size, 0)
        manager = make.make_practitioner(programme, role=Role.MANAGER)
        officer = make.make_practitioner(programme, role=Role.DATA_OFFICER)
        reader = make.make_practitioner(programme, role=Role.COMMISSIONER)
        release = approved(programme, manager, officer)
        client.force_login(reader, backend=make.DEMO_BACKEND)
        address = reverse("commissioner:show_release", args=[release.pk])
        costs[size] = asked_by(client, address, {})

    assert len(set(costs.values())) == 1, costs
