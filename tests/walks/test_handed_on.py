"""What one person makes and another finds: a release, and a resource for a stage."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cms import demo_content
from cms.models import ResourcePage
from cms.setup import ensure_editors_group
from programme.access.models import User
from programme.access.parts import Role
from programme.core.dates import today
from programme.pathways.models import Programme
from tests import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
As = Callable[..., Page]


@pytest.fixture
def signed_in(open_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]) -> Iterator[As]:
    """Opens a page as somebody."""

    def open_as(user: User, size: dict[str, int] = DESK) -> Page:
        page = open_page(viewport=size, timezone_id="Europe/London")
        sign_in(page, user)
        return page

    return open_as


@pytest.fixture
def programme() -> Programme:
    """Twenty referrals taken on, two not: few enough to be hidden."""
    programme = make.make_programme("Example Programme")
    worker = make.make_worker(programme)
    for number in range(22):
        received_on = today() - timedelta(days=200 + number)
        values = {} if number < 20 else {"decision": "not_accepted"}
        parent = make.make_parent(family_name="Canary")
        referral = make.make_referral(parent, programme, received_on=received_on, **values)
        if number < 20:
            make.make_episode(parent, programme, worker, referral=referral)
    return programme


def test_a_release_goes_from_manager_to_officer_to_commissioner(
    signed_in: As, programme: Programme
) -> None:
    people = {
        role: make.make_practitioner(programme, f"{role.label} Example", role)
        for role in (Role.MANAGER, Role.DATA_OFFICER, Role.COMMISSIONER)
    }

    manager = signed_in(people[Role.MANAGER])
    manager.goto("/reports/")
    manager.get_by_role("link", name="The last 12 months").first.click()
    manager.get_by_role("link", name="Propose a release").click()
    manager.get_by_label("In plain words").fill("Most of those referred were taken on.")
    manager.get_by_role("button", name="Propose this release").click()
    expect(manager.get_by_text("exactly what a commissioner would see")).to_be_visible()
    expect(manager.get_by_role("link", name="Decide on this release")).to_have_count(0)

    officer = signed_in(people[Role.DATA_OFFICER])
    officer.goto("/releases/")
    officer.get_by_role("link", name="Example Programme").first.click()
    officer.get_by_role("button", name="Decide on this release").click()
    officer.get_by_label("Release it: the tables freeze").check()
    officer.get_by_role("button", name="Save my decision").click()

    reader = signed_in(people[Role.COMMISSIONER], PHONE)
    reader.goto("/released/")
    reader.get_by_role("link", name="Example Programme").click()
    expect(reader.get_by_text("Most of those referred were taken on.")).to_be_visible()
    words = reader.inner_text("main")
    assert "Fewer than" in words
    assert "Canary" not in words


def test_a_resource_goes_from_the_editor_to_a_parent_s_record(
    signed_in: As, programme: Programme
) -> None:
    editor = make.make_user("Pat Example")
    make.grant_role(editor, Role.EDITOR)
    editor.groups.add(ensure_editors_group())
    demo_content.load(editor)
    practitioner = make.make_practitioner(programme, "Asha Example")
    parent = make.make_parent()
    episode = make.make_episode(parent, programme, practitioner.workers.get())
    make.enter_stage(episode, "active", episode.opened_on)

    desk = signed_in(editor)
    desk.goto(f"/cms/pages/{ResourcePage.objects.get(slug='for-fathers').pk}/edit/")
    desk.locator("#id_introduction").fill("You are a father, and that counts.")
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("published").first).to_be_visible()

    phone = signed_in(practitioner, PHONE)
    phone.goto(f"/parents/{parent.pk}/")
    phone.get_by_role("link", name="Resources for this stage").click()
    expect(phone.get_by_text("You are a father, and that counts.")).to_be_visible()
