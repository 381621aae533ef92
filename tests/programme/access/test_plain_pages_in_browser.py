"""The pages about nobody in particular in a browser, each by somebody who may open it."""

from collections.abc import Callable
from http import HTTPStatus

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from programme.access.parts import Role
from tests.browser import DESK, PHONE, faults
from tests.programme.access.standings import make_standing
from tests.programme.access.test_matrix import PLAIN, plain_addresses
from tests.programme.desk.scene import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The gallery sets parts side by side that no page has together; it has a test of its own.
LOOKED_AT_ELSEWHERE = {"design:gallery"}
# One who may open it; whoever opens everybody's own pages does it for all.
OPENED_BY = {
    page: Role(next(role for role, answer in line.items() if answer == "ok"))
    for page, line in PLAIN.items()
    if "ok" in line.values() and ":download_" not in page and page not in LOOKED_AT_ELSEWHERE
}


@pytest.mark.parametrize("role", sorted(set(OPENED_BY.values())))
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_plain_page_is_in_order(
    open_page: Callable[..., Page], live_server: LiveServer, size: dict[str, int], role: Role
) -> None:
    standing = make_standing(role)
    asked = browser_of(standing.user)
    session = asked.cookies["sessionid"]
    page = open_page(viewport=size)
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": live_server.url}]
    )
    addresses = plain_addresses(standing.programme)
    found = {}
    for name, opened_by in OPENED_BY.items():
        # An act that is only ever sent has no page to look at.
        if (
            opened_by == role
            and asked.get(addresses[name]).status_code != HTTPStatus.METHOD_NOT_ALLOWED
        ):
            page.goto(addresses[name])
            found[name] = faults(page)

    assert found
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
