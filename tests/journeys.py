"""A real browser for the tests marked ``browser``. Any complaint of the page fails the test."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.machine import find_chromium

PHONE = {"width": 360, "height": 640}
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
STATUS = "Failed to load resource: the server responded with a status of"


class Watch:
    """Keeps what goes wrong in pages: script errors, refused content, other hosts asked."""

    def __init__(self, home: str) -> None:
        self.problems: list[str] = []
        self._home = urlsplit(home).netloc
        self._opened: set[str] = set()

    def follow(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.problems.append(f"Script error: {error}"))

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if request.is_navigation_request():
            self._opened.add(request.url)
        if address.scheme in {"http", "https"} and address.netloc != self._home:
            self.problems.append(f"Asked another host: {address.netloc}")

    def _said(self, message: ConsoleMessage) -> None:
        """A page that answers 403 or 404 is for the test to judge; a missing file is not."""
        is_page = message.text.startswith(STATUS) and message.location["url"] in self._opened
        if message.type == "error" and not is_page:
            self.problems.append(f"Console: {message.text}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a run."""
    # Playwright keeps an event loop in this thread; the tests' own queries are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*ARGUMENTS, *as_root]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Fails the test at its end with everything that its pages complained of."""
    seen = Watch(live_server.url)
    yield seen
    assert seen.problems == []


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, watch: Watch
) -> Iterator[Callable[..., Page]]:
    """Makes watched pages, each in a fresh context: ``open_page(java_script_enabled=False)``."""
    contexts = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": live_server.url, "locale": "en-GB", "viewport": PHONE, **options}
        )
        contexts.append(context)
        page = context.new_page()
        watch.follow(page)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A phone's page on the live server, nobody signed in."""
    return open_page()


@pytest.fixture
def sign_in(live_server: LiveServer) -> Callable[[Page, Any], None]:
    """Signs a person in on a page without walking through the sign-in form."""

    def give_session(page: Page, user: Any) -> None:
        client = Client()
        # As the demonstration signs in: the second factor has journeys of its own.
        client.force_login(user, backend="programme.access.backends.DemoBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies(
            [{"name": session.key, "value": session.value, "url": live_server.url}]
        )

    return give_session
