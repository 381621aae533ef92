"""Published pages and the editor in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from cms import demo_content
from cms.models import ResourcePage
from programme.access.models import User
from tests.browser import axe_violations, scrolls_sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PUBLIC = (
    "/",
    "/resources/",
    "/resources/?topic=court",
    "/resources/loss-and-grief-when-a-child-lives-elsewhere/",
    "/resources/search/?q=court",
    "/resources/search/?q=nothingatall",
    "/resources/stage/engagement/",
)
STAFF = (
    "/guidance/",
    "/guidance/the-words-we-use/",
    "/guidance/safe-contact-before-you-ring-write-or-knock/",
    "/resources/debt-rent-and-benefits/",
    "/resources/stage/engagement/",
)
NARROW = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


def check(tab: Tab, address: str) -> None:
    """Opens a page and asks what every page is asked."""
    tab.goto(address)
    assert (address, axe_violations(tab)) == (address, [])
    assert (address, scrolls_sideways(tab)) == (address, False)
    assert (address, small_targets(tab)) == (address, [])


@pytest.mark.parametrize("size", [NARROW, DESK], ids=["phone", "desk"])
def test_public_pages_are_open_to_everyone(
    open_page: Callable[..., Tab], editor: User, size: dict[str, int]
) -> None:
    demo_content.load(editor)
    tab = open_page(viewport=size)

    for address in PUBLIC:
        check(tab, address)


@pytest.mark.parametrize("size", [NARROW, DESK], ids=["phone", "desk"])
def test_staff_pages_are_open_to_everyone_of_staff(
    open_page: Callable[..., Tab],
    sign_in: Callable[[Tab, Any], None],
    editor: User,
    practitioner: User,
    size: dict[str, int],
) -> None:
    demo_content.load(editor)
    tab = open_page(viewport=size)
    sign_in(tab, practitioner)

    for address in STAFF:
        check(tab, address)


def test_a_parent_finds_a_page_and_leaves_without_script(
    open_page: Callable[..., Tab], editor: User
) -> None:
    demo_content.load(editor)
    tab = open_page(java_script_enabled=False)

    tab.goto("/")
    tab.get_by_label("Search resources").fill("memory box")
    tab.get_by_role("button", name="Search").click()
    tab.get_by_role("link", name="Making a memory box").click()

    expect(tab.get_by_role("heading", level=1)).to_have_text("Making a memory box")
    tab.mouse.wheel(0, 3000)
    expect(tab.get_by_role("link", name="Leave this site")).to_be_in_viewport()


def test_an_editor_writes_publishes_and_sees_it(
    open_page: Callable[..., Tab],
    sign_in: Callable[[Tab, Any], None],
    editor: User,
) -> None:
    demo_content.load(editor)
    page = ResourcePage.objects.get(slug="for-fathers")
    tab = open_page(viewport=DESK, timezone_id="Europe/London")
    sign_in(tab, editor)

    tab.goto(f"/cms/pages/{page.pk}/edit/")
    tab.locator("#id_introduction").fill("You are a father, and that counts.")
    tab.locator("#id_last_checked").click()
    expect(tab.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
    tab.keyboard.press("Tab")
    tab.get_by_role("button", name="Toggle preview").click()
    preview = tab.frame_locator("iframe").first
    expect(preview.get_by_role("heading", level=1)).to_have_text("For fathers")
    tab.get_by_role("button", name="More actions").click()
    tab.get_by_role("button", name="Publish").click()

    tab.goto("/resources/stage/active/")
    expect(tab.get_by_text("You are a father, and that counts.")).to_be_visible()
