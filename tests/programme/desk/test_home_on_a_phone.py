"""Home on a telephone: what needs her is in sight before she scrolls."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.pathways.models import Programme
from recurrent.design.words import day_and_year
from tests import builders
from tests.browser import scrolls_sideways
from tests.programme.desk.scene import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 640}
# As long as most names and steps are; the reasons are the service's own words.
NAMES = ["Ann Lee", "Bea Royston-Hughes", "Cat Fox", "Dilys Montague", "Eve Adeyemi", "Flo Kaur"]
STEP = "Ring the housing office"


def test_five_things_with_their_reasons_stand_on_the_first_screen(
    open_page: Callable[..., Page], live_server: LiveServer, programme: Programme
) -> None:
    user = builders.make_practitioner(programme, "Sam Example")
    worker = user.workers.get()
    for number, name in enumerate(NAMES):
        given, family = name.split()
        parent = builders.make_parent(given_names=given, family_name=family)
        episode = builders.make_episode(parent, programme, worker, opened_on=today())
        due_on = today() - timedelta(days=number - 2)
        builders.stored(NextStep, episode=episode, wording=STEP, due_on=due_on)
    session = browser_of(user).cookies[settings.SESSION_COOKIE_NAME]
    page = open_page(viewport=PHONE)
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": live_server.url}]
    )

    page.goto("/home/")

    rows = page.get_by_role("list", name="What needs me").get_by_role("listitem").all()
    boxes = [row.bounding_box() for row in rows]
    in_sight = [box for box in boxes if box and box["y"] + box["height"] <= PHONE["height"]]
    said = [row.inner_text() for row in rows]
    assert len(in_sight) == 5
    assert all(box["height"] >= 44 for box in in_sight)
    assert ["late" in words for words in said] == [True, True, True, False, False]
    assert all(words.endswith(f"agreed {day_and_year(today())}") for words in said)
    assert not scrolls_sideways(page)
