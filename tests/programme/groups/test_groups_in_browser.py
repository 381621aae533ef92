"""The pages of groups in a browser: in order at both sizes; a register marked without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from programme.groups.models import Attendance, GroupSession
from tests import builders
from tests.browser import axe_violations, scrolls_sideways, small_targets
from tests.programme.desk.scene import Scene, browser_of, make_scene
from tests.programme.pages import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def session(scene: Scene) -> GroupSession:
    session = builders.make_session(scene.programme, kind="drop_in")
    builders.make_member(session.group, scene.parent)
    return session


@pytest.fixture
def hers(open_page: Callable[..., Page], live_server: LiveServer, scene: Scene) -> Any:
    """Opens a page of the practitioner's, of a size, with or without script."""
    signed_in = browser_of(scene.user).cookies[settings.SESSION_COOKIE_NAME]
    cookie = {"name": signed_in.key, "value": signed_in.value, "url": live_server.url}

    def open_hers(**options: Any) -> Page:
        page = open_page(**options)
        page.context.add_cookies([cookie])
        return page

    return open_hers


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_of_a_group_is_in_order(
    hers: Any, session: GroupSession, size: dict[str, int]
) -> None:
    page, found = hers(viewport=size), {}
    of_group = ("show_group", "add_sessions", "choose_people")
    paths = [reverse("groups:list_groups"), reverse("groups:add_group")]
    paths += [reverse(f"groups:{name}", args=[session.group_id]) for name in of_group]
    for path in [*paths, reverse("groups:mark_register", args=[session.pk])]:
        page.goto(path)
        sideways = ["scrolls sideways"] if scrolls_sideways(page) else []
        found[path] = [*axe_violations(page), *small_targets(page), *sideways]

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_a_register_is_marked_without_script(
    hers: Any, session: GroupSession, scene: Scene
) -> None:
    page = hers(viewport=PHONE, java_script_enabled=False)
    page.goto(reverse("groups:mark_register", args=[session.pk]))

    page.get_by_role("group", name="Alex Roy").get_by_label("Came", exact=True).check()
    page.get_by_label("How many came in all?").fill("4")
    page.get_by_role("button", name="Save register").click()

    page.wait_for_url(f"**{reverse('groups:show_group', args=[session.group_id])}")
    assert [one.answer for one in rows(Attendance)] == ["came"]
    assert [one.head_count for one in rows(GroupSession)] == [4]
