"""Reports and releases at 320 px and at a desk: nothing sideways, no accessibility fault.

Every chart's table is opened first, so that it is looked at too.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.pathways.models import Programme
from programme.reporting.actions import decide_release, propose_release
from programme.reporting.models import Release
from programme.reporting.periods import Period
from tests import builders as make
from tests.browser import axe_violations, scrolls_sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [
    pytest.param({"width": 320, "height": 640}, id="phone"),
    pytest.param({"width": 1280, "height": 900}, id="desk"),
]
PERIOD = Period(today() - timedelta(days=365), today() - timedelta(days=1))
EARLIER = Period(today() - timedelta(days=800), today() - timedelta(days=420))
DAYS = f"from={PERIOD.first.isoformat()}&to={PERIOD.last.isoformat()}"
Open = Callable[..., Page]


@pytest.fixture
def programme(transactional_db: None) -> Programme:
    """Referrals of two periods; this year's come from many groups and have several endings."""
    programme = make.make_programme("Northtown Pre-birth Team", "pre_birth")
    worker = make.make_worker(programme)
    for number in range(14):
        parent = make.make_parent(ethnicity="WBRI")
        received_on = PERIOD.first + timedelta(days=30 + number)
        referral = make.make_referral(parent, programme, received_on=received_on)
        make.make_episode(parent, programme, worker, referral=referral)
    for reason in ("out_of_area", "criteria_not_met", "declined_by_parent"):
        values = {"decision": "not_accepted", "not_accepted_reason": reason}
        make.make_referral(make.make_parent(), programme, **values)
    for _ in range(12):
        make.make_referral(make.make_parent(), programme, received_on=EARLIER.first)
    return programme


@pytest.fixture
def manager(programme: Programme) -> User:
    return make.make_practitioner(programme, "Ines Example", Role.MANAGER)


@pytest.fixture
def officer(programme: Programme) -> User:
    return make.make_practitioner(programme, "Kit Example", Role.DATA_OFFICER)


@pytest.fixture
def commissioner(programme: Programme) -> User:
    return make.make_practitioner(programme, "Nia Example", Role.COMMISSIONER)


def proposed(programme: Programme, period: Period, by: User) -> Release:
    with acting_as(by):
        return propose_release(
            key=uuid4(), programme=programme, period=period, words="In plain words.", by=by
        )


def approved(release: Release, by: User) -> Release:
    with acting_as(by):
        return decide_release(release=release, decision="approved", why="", by=by)


def enter(page: Page, user: User, live_server: LiveServer) -> None:
    """Signed in as the demonstration signs in; the second factor has journeys of its own."""
    client = Client()
    client.force_login(user, backend=make.DEMO_BACKEND)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "url": live_server.url}
    page.context.add_cookies([cookie])


def faults(page: Page, address: str) -> list[str]:
    """Everything that is wrong with a page, its folded parts opened."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
    return [*axe_violations(page), *sideways, *small_targets(page)]


@pytest.mark.parametrize("size", SIZES)
def test_a_manager_s_pages_are_in_order(
    open_page: Open,
    live_server: LiveServer,
    programme: Programme,
    manager: User,
    size: dict[str, int],
) -> None:
    release = proposed(programme, PERIOD, manager)
    page = open_page(viewport=size)
    enter(page, manager, live_server)
    report = f"{live_server.url}/reports/{programme.pk}/"
    addresses = (
        f"{live_server.url}/reports/",
        f"{report}?{DAYS}",
        f"{report}behind/RE-5/?{DAYS}",
        f"{report}behind/VO-3/?{DAYS}",
        f"{report}propose/?{DAYS}",
        f"{live_server.url}/releases/",
        f"{live_server.url}/releases/{release.pk}/",
    )

    found = {address: faults(page, address) for address in addresses}

    assert found == {address: [] for address in addresses}


@pytest.mark.parametrize("size", SIZES)
def test_an_officer_s_and_a_commissioner_s_pages_are_in_order(
    open_page: Open,
    live_server: LiveServer,
    programme: Programme,
    manager: User,
    officer: User,
    commissioner: User,
    size: dict[str, int],
) -> None:
    approved(proposed(programme, EARLIER, manager), officer)
    released = approved(proposed(programme, PERIOD, manager), officer)
    waiting = proposed(programme, PERIOD, manager)
    officers, readers = open_page(viewport=size), open_page(viewport=size)
    enter(officers, officer, live_server)
    enter(readers, commissioner, live_server)
    releases, released_to = f"{live_server.url}/releases/", f"{live_server.url}/released/"
    visits = [
        (officers, f"{releases}{waiting.pk}/"),
        (officers, f"{releases}{waiting.pk}/decide/"),
        (readers, released_to),
        (readers, f"{released_to}{released.pk}/"),
    ]

    found = {address: faults(page, address) for page, address in visits}

    assert found == {address: [] for _, address in visits}
    assert readers.get_by_role("heading", name="Over time").is_visible()


def test_a_form_sent_too_early_says_what_to_put_right(
    open_page: Open, live_server: LiveServer, programme: Programme, manager: User
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    enter(page, manager, live_server)
    page.goto(f"{live_server.url}/reports/{programme.pk}/propose/?{DAYS}")
    page.get_by_label("Year").last.fill("2099")
    page.get_by_role("button", name="Propose this release").click()

    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        ["The last day must be today or earlier."]
    )
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
