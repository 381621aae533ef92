"""Said before a screen locks: who needs longer goes on (WCAG 2.2.1)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import axe_violations, scrolls_sideways, small_targets
from tests.programme.desk.scene import Scene, browser_of, make_scene

pytestmark = pytest.mark.browser


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return make_scene()


@pytest.fixture
def page(open_page: Callable[..., Page], live_server: LiveServer, scene: Scene) -> Page:
    session = browser_of(scene.user).cookies["sessionid"]
    page = open_page(viewport={"width": 320, "height": 640})
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": live_server.url}]
    )
    page.clock.install()
    page.goto(scene.address("contacts:log_contact"))
    page.wait_for_function("document.body.classList.contains('js-enabled')")
    return page


def test_it_is_said_in_time_and_one_press_goes_on(page: Page) -> None:
    go_on = page.get_by_role("button", name="Go on working")
    page.clock.fast_forward("26:00")
    expect(go_on).to_be_hidden()

    page.clock.fast_forward("01:10")
    expect(page.locator("#lock")).to_contain_text("This screen locks at")
    assert axe_violations(page) + small_targets(page) == []
    assert not scrolls_sideways(page)
    go_on.click()

    expect(go_on).to_be_hidden()
    page.clock.fast_forward("26:00")
    expect(go_on).to_be_hidden()
    page.clock.fast_forward("01:10")
    expect(go_on).to_be_visible()


def test_once_locked_it_says_so_and_keeps_the_words(page: Page) -> None:
    note = page.get_by_role("textbox", name="Note")
    note.fill("We had tea.")

    page.clock.fast_forward("29:30")

    expect(page.locator("#lock")).to_contain_text("This screen is locked.")
    expect(page.get_by_role("button", name="Go on working")).to_be_hidden()
    expect(note).to_have_value("We had tea.")


def test_another_tab_in_use_keeps_this_one_open(page: Page) -> None:
    page.clock.fast_forward("27:30")
    expect(page.get_by_role("button", name="Go on working")).to_be_visible()

    other = page.context.new_page()
    other.goto(page.url)

    expect(page.get_by_role("button", name="Go on working")).to_be_hidden()


def test_what_keeps_a_draft_counts_as_use(page: Page) -> None:
    page.clock.fast_forward("27:30")
    go_on = page.get_by_role("button", name="Go on working")
    expect(go_on).to_be_visible()

    page.get_by_role("textbox", name="Note").fill("We had tea.")
    page.clock.fast_forward("00:11")

    expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    expect(go_on).to_be_hidden()
