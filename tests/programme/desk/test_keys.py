"""Keys for the daily ways: what each does, when it does nothing, and the switch."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from programme.audit.models import Event
from tests.browser import axe_violations, scrolls_sideways
from tests.builders import make_user
from tests.pristine import as_owner
from tests.programme.desk.scene import Scene, browser_of, make_scene

KEYS = reverse("desk:show_keys")


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
    return page


@pytest.mark.django_db
def test_the_switch_is_kept_with_the_account_and_told_once(client: Client) -> None:
    user = make_user()
    client = browser_of(user)

    for _ in range(2):
        client.post(KEYS, {"keys": "off"})
    user.refresh_from_db()

    assert user.keys_off_since is not None
    assert "keys.js" not in client.get(KEYS).content.decode()
    with as_owner():
        assert Event.objects.filter(name="desk.keys_switched_off", subject_id=user.pk).count() == 1

    client.post(KEYS, {"keys": "on"})

    assert "keys.js" in client.get(KEYS).content.decode()


@pytest.mark.browser
def test_a_contact_is_logged_for_the_parent_of_the_record(page: Page, scene: Scene) -> None:
    page.goto(scene.address("desk:show_parent"))
    page.keyboard.press("c")

    page.wait_for_url(f"**{scene.address('contacts:log_contact')}")


@pytest.mark.browser
def test_in_a_list_the_row_in_focus_is_meant(page: Page) -> None:
    page.goto("/home/")
    links = page.locator('a[href$="/contacts/log/"]')
    wanted = links.last.get_attribute("href")
    links.last.focus()
    page.keyboard.press("c")

    page.wait_for_url(f"**{wanted}")


@pytest.mark.browser
def test_search_is_one_key_away_and_its_field_takes_every_key(page: Page) -> None:
    page.goto("/home/")
    page.keyboard.press("/")
    page.wait_for_url("**/find/")
    field = page.get_by_role("main").get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("c/?")

    expect(field).to_have_value("c/?")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/find/*-*/")
    page.goto("/find/")
    page.keyboard.press("/")
    expect(field).to_be_focused()


@pytest.mark.browser
def test_the_list_is_a_dialog_that_is_in_order(page: Page) -> None:
    page.goto("/home/")
    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.browser
def test_switched_off_no_key_leads_away(page: Page) -> None:
    page.goto(KEYS)
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.get_by_text("The keys are switched off.")).to_be_visible()
    page.goto("/home/")
    page.keyboard.press("/")
    page.keyboard.press("?")

    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url.endswith("/home/")
