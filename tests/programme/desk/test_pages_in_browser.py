"""The pages of a record in a browser: in order at both sizes; the work done without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from programme.access.policy import POLICY
from programme.episodes.models import Stage
from programme.people.models import SafeContact
from programme.referrals.models import Referral
from tests import builders
from tests.browser import DESK, PHONE, faults
from tests.programme.any_record import LONG_WORDS, fill
from tests.programme.desk.scene import ONLY_SENT, TYPED, Scene, browser_of, make_scene
from tests.programme.pages import rows
from tests.programme.returning.again import record_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
# So many rows of every table of the record.
MANY = 30
LISTS = ["home", "find", "requests", "team", "team/me", "team/me/summary", "team/sign-off"]
PAGES = [
    name
    for name, access in POLICY.items()
    if access.parts and name not in ONLY_SENT and ":download_" not in name
]


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def hers(open_page: Callable[..., Page], live_server: LiveServer, scene: Scene) -> Open:
    """Opens a page of the practitioner's, of a size, with or without script."""
    session = browser_of(scene.user).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": session.key, "value": session.value, "url": live_server.url}

    def open_hers(**options: Any) -> Page:
        page = open_page(**options)
        page.context.add_cookies([cookie])
        return page

    return open_hers


# A slow machine has done a fourth of them long before a test is given up.
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_a_record_is_in_order(
    hers: Open, scene: Scene, size: dict[str, int], part: int
) -> None:
    page = hers(viewport=size)
    found = {}
    for name in [*PAGES, *LISTS][part::4]:
        page.goto(scene.address(name) if ":" in name else f"/{name}/")
        found[name] = faults(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("part", range(4))
def test_every_page_is_in_order_with_many_rows_long_words_and_colours_of_her_own(
    hers: Open, scene: Scene, part: int
) -> None:
    with builders.as_seeder():
        fill(scene, MANY, LONG_WORDS)
    page = hers(viewport=PHONE, forced_colors="active")
    found = {}
    for name in [*PAGES, *LISTS][part::4]:
        page.goto(scene.address(name) if ":" in name else f"/{name}/")
        found[name] = faults(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


FORM = "main form[method=post]:not(.design-post-button)"
EMPTY = """(form) => {
  for (const one of form.elements) {
    if (['radio', 'checkbox'].includes(one.type)) one.checked = false;
    else if (one.type === 'select-one') one.value = '';
    else if (!['hidden', 'submit'].includes(one.type)) one.value = '';
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
# Nobody was named by hand here, so its page asks nothing.
ASKS_NOTHING = {"proceedings:take_off_people"}
FORMS = sorted(TYPED.keys() - ONLY_SENT - ASKS_NOTHING)
# Nothing on these must be answered: sent empty, they are saved.
SAVED_EMPTY = {"chronology:show_significant", "papers:address_letter"}


@pytest.mark.parametrize("part", range(4))
def test_every_form_that_is_sent_empty_says_so_in_order(
    hers: Open, scene: Scene, part: int
) -> None:
    page = hers(viewport=PHONE)
    found, saved = {}, set()
    for name in FORMS[part::4]:
        page.goto(scene.address(name))
        with page.expect_navigation():
            page.locator(FORM).first.evaluate(EMPTY)
        if page.locator(".govuk-error-summary").count():
            found[name] = faults(page)
        else:
            saved.add(name)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert saved == SAVED_EMPTY & set(FORMS[part::4])


def test_a_parent_is_referred_again_without_script(hers: Open, scene: Scene) -> None:
    with builders.acting_as(builders.actors.SEEDER):
        SafeContact.objects.filter(parent=scene.former).delete()
    page = hers(viewport=PHONE, java_script_enabled=False)
    page.goto(scene.address("returning:re_refer"))

    page.get_by_role("group", name="“A flat of my own”").get_by_label("Keep").check()
    page.get_by_label("Yes, today").check()
    page.get_by_role("textbox", name="When (optional)").fill("after 10")
    page.get_by_role("group", name="Is the parent pregnant?").get_by_label("No", exact=True).check()
    page.get_by_label("Northtown (your team)").check()
    page.get_by_label("Who asks for it?").select_option("self")
    page.get_by_role("group", name="Grace Example, Northtown").get_by_label("Keep").check()
    page.get_by_role("button", name="Refer again").click()

    page.wait_for_url(f"**{record_url(scene.former)}")
    assert len(rows(Referral, parent=scene.former)) == 2
    assert [one.times for one in rows(SafeContact, parent=scene.former)] == ["after 10"]


def test_the_stage_is_changed_without_script(hers: Open, scene: Scene) -> None:
    page = hers(viewport=PHONE, java_script_enabled=False)
    page.goto(scene.address("episodes:change_stage"))

    page.get_by_label("Deciding").check()
    page.get_by_role("button", name="Save stage").click()

    page.wait_for_url(f"**{scene.address('desk:show_parent')}")
    assert [one.stage for one in rows(Stage, left_on=None)] == ["decision"]
