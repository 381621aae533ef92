"""From every page: a number can be pressed on one page only, and the rule is there before it."""

import re

import pytest
from django.urls import reverse

from programme.access.policy import POLICY
from tests import builders
from tests.programme.desk.scene import ONLY_SENT, Scene, browser_of, make_scene
from tests.programme.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NUMBER = re.compile(r"07700\s?900\s?123")
BAND = re.compile(r'<section class="design-safety".*?</section>', re.S)
LINK = re.compile(r'href="(?:tel|sms|callto|whatsapp|facetime|mailto):', re.I)
PRESSED = {"contacts:ring_parent", "contacts:text_parent"}
# From these one rings, texts, visits or writes.
SHOWS_THE_RULE = PRESSED | {
    "desk:show_parent",
    "desk:show_safe_address",
    "contacts:visit_parent",
    "contacts:log_contact",
    "contacts:log_no_answer",
    "contacts:log_together",
    "contacts:plan_contact",
    "contacts:add_next_step",
    "returning:re_refer",
    "people:show_safe_contact",
    "people:add_rule",
    "people:change_rule",
}
# Where the rule itself is gone through, its number stands in the form as well.
ABOUT_THE_RULE = {"people:show_safe_contact", "people:change_rule", "returning:re_refer"}
PAGES = sorted(name for name, access in POLICY.items() if access.parts)


@pytest.fixture
def scene() -> Scene:
    with builders.as_seeder():
        scene = make_scene()
        builders.make_safe_contact(scene.former, number="07700 900123", may_text=True)
    return scene


def every_page(scene: Scene) -> dict[str, str]:
    """Every page about a parent, and the lists that lead to them, as they answer."""
    browser = browser_of(scene.user)
    shown = {name: browser.get(scene.address(name)) for name in PAGES}
    for name in ("desk:home", "desk:find_parent", "returning:list_requests"):
        shown[name] = browser.get(reverse(name))
    shown["desk:show_found"] = browser.post("/find/", {"words": "Alex Roy"}, follow=True)
    return {name: text_of(answer) for name, answer in shown.items() if answer.status_code == 200}


def test_a_parent_is_reached_by_way_of_the_rule_only(scene: Scene) -> None:
    pages = every_page(scene)

    assert set(PAGES) - set(pages) == ONLY_SENT
    check_that_a_number_is_pressed_on_its_own_pages_only(pages)
    check_that_a_number_stands_in_the_band_with_its_rule(pages)
    check_that_the_rule_is_where_one_gets_in_touch(pages)
    check_that_every_list_and_the_record_lead_there(pages, scene)
    check_that_a_telephone_makes_no_links_of_its_own(pages)


def check_that_a_number_is_pressed_on_its_own_pages_only(pages: dict[str, str]) -> None:
    assert {name for name, page in pages.items() if LINK.search(page)} == PRESSED


def check_that_a_number_stands_in_the_band_with_its_rule(pages: dict[str, str]) -> None:
    outside = {name for name, page in pages.items() if NUMBER.search(BAND.sub("", page))}

    assert outside <= ABOUT_THE_RULE


def check_that_the_rule_is_where_one_gets_in_touch(pages: dict[str, str]) -> None:
    bands = {name for name, page in pages.items() if BAND.search(page)}

    assert bands >= SHOWS_THE_RULE
    assert {name for name in SHOWS_THE_RULE if "Do not leave a message" not in pages[name]} == set()


def check_that_every_list_and_the_record_lead_there(pages: dict[str, str], scene: Scene) -> None:
    ways = {
        f'href="{scene.address(f"contacts:{way}_parent")}"' for way in ("ring", "text", "visit")
    }

    for name in ("desk:home", "desk:show_found", "desk:show_parent"):
        assert {way for way in ways if way not in pages[name]} == set(), name


def check_that_a_telephone_makes_no_links_of_its_own(pages: dict[str, str]) -> None:
    meta = '<meta name="format-detection" content="telephone=no">'

    files = {name for name in pages if ":download_" in name}
    assert {name for name, page in pages.items() if meta not in page} == files
