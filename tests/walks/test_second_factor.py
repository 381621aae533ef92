"""The first sign-in of somebody who can see a person: nothing opens before her second factor."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from programme.access.models import User
from tests import builders as make
from tests.browser import axe_violations, scrolls_sideways, small_targets
from tests.one_time_codes import code_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "three words together"


@pytest.fixture
def practitioner() -> User:
    user = make.make_practitioner(make.make_programme(), "Asha Example")
    user.set_password(PASSWORD)
    user.save()
    return user


def signs_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def check(page: Page) -> None:
    found = axe_violations(page) + small_targets(page)
    assert (page.url, found, scrolls_sideways(page)) == (page.url, [], False)


def test_a_practitioner_sets_up_her_second_factor_and_comes_back_with_it(
    open_page: Callable[..., Page], live_server: LiveServer, practitioner: User
) -> None:
    page = open_page(viewport={"width": 320, "height": 640})

    signs_in(page, practitioner)
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    check(page)
    page.goto("/home/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    secret = page.locator(".design-code").inner_text()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Set up").click()

    check(page)
    codes = page.locator("ul.design-code li").all_inner_texts()
    assert len(codes) == 10
    page.goto("/home/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(re.compile("second factor"))

    page.context.clear_cookies()
    signs_in(page, practitioner)
    check(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(f"{live_server.url}/home/")
