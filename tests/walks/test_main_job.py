"""The main job, walked in a browser: with and without JavaScript, on a phone and at a desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.pathways.models import Programme
from programme.people.models import Parent
from programme.pregnancies.models import Pregnancy
from tests import builders as make
from tests.browser import axe_violations, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}
Open = Callable[..., Page]
SignIn = Callable[[Page, Any], None]


@pytest.fixture
def programme() -> Programme:
    return make.make_programme("Example Programme", "pre_birth")


@pytest.fixture
def asha(programme: Programme) -> User:
    return make.make_practitioner(programme, "Asha Example")


@pytest.fixture
def parent(programme: Programme, asha: User) -> Parent:
    parent = make.make_parent(given_names="Abi", family_name="Demo-Alder")
    make.make_safe_contact(parent, number="07700 900123")
    episode = make.make_episode(parent, programme, asha.workers.get())
    make.enter_stage(episode, "pre_birth_assessment", episode.opened_on)
    return parent


def close(parent: Parent) -> None:
    """Her episode ended some months ago."""
    with acting_as(actors.SEEDER):
        episode = Episode.objects.get(parent=parent)
        episode.closed_on = today() - timedelta(days=60)
        episode.save()
        for spell in [*episode.stages.all(), *episode.allocations.all()]:
            setattr(spell, "left_on" if hasattr(spell, "left_on") else "to_date", episode.closed_on)
            spell.save()


def in_order(page: Page) -> None:
    """No accessibility fault, nothing to scroll sideways."""
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_practitioner_logs_a_contact(
    open_page: Open,
    sign_in: SignIn,
    live_server: LiveServer,
    asha: User,
    parent: Parent,
    script: bool,
    size: dict[str, int],
) -> None:
    page = open_page(viewport=size, java_script_enabled=script)
    sign_in(page, asha)
    page.goto(f"{live_server.url}/home/")
    page.get_by_role("link", name="Log contact").click()
    page.get_by_label("Home visit").check()
    page.get_by_role("textbox", name="Note").fill("We met and had tea.")
    page.get_by_role("button", name="Save: we met or spoke", exact=True).click()

    page.wait_for_url(lambda address: not address.endswith("/contacts/log/"))
    with acting_as(actors.SEEDER):
        kept = [(one.note, one.outcome) for one in Contact.objects.filter(parent=parent)]
    assert kept == [("We met and had tea.", "met")]


def test_a_pregnancy_is_recorded_and_its_gestation_shown(
    open_page: Open, sign_in: SignIn, live_server: LiveServer, asha: User, parent: Parent
) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, asha)
    page.goto(f"{live_server.url}/parents/{parent.pk}/pregnancies/record/")
    in_order(page)
    due_on = today() + timedelta(days=140)
    boxes = page.get_by_role("group", name="due").first
    boxes.get_by_label("Day").fill(str(due_on.day))
    boxes.get_by_label("Month").fill(str(due_on.month))
    boxes.get_by_label("Year").fill(str(due_on.year))
    page.get_by_label("Dating scan").check()
    page.get_by_role("button", name="Save").click()

    expect(page.locator("main")).to_contain_text("20 weeks")
    with acting_as(actors.SEEDER):
        assert Pregnancy.objects.filter(mother=parent).count() == 1


def test_a_manager_reads_the_board_report(
    open_page: Open, sign_in: SignIn, live_server: LiveServer, programme: Programme, parent: Parent
) -> None:
    manager = make.make_practitioner(programme, "Ines Example", Role.MANAGER)
    page = open_page(viewport=DESK)
    sign_in(page, manager)
    page.goto(f"{live_server.url}/reports/")
    in_order(page)
    page.get_by_role("link", name="The last 12 months").first.click()
    expect(page.get_by_role("heading", name="Where are the babies?")).to_be_visible()
    in_order(page)

    assert "1 referral" in page.inner_text("main")


def test_a_commissioner_sees_no_person(
    open_page: Open, sign_in: SignIn, live_server: LiveServer, programme: Programme, parent: Parent
) -> None:
    commissioner = make.make_practitioner(programme, "Nia Example", Role.COMMISSIONER)
    page = open_page(viewport=PHONE)
    sign_in(page, commissioner)
    page.goto(f"{live_server.url}/released/")
    in_order(page)
    answer = page.goto(f"{live_server.url}/parents/{parent.pk}/")

    assert answer is not None
    assert answer.status == 404
    assert "Demo-Alder" not in page.content()
