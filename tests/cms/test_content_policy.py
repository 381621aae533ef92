"""The editor's pages have a content policy of their own; every other page keeps the strict one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import Page

from programme.access.models import User
from tests.cms.pages import add_guidance, add_resource


def policy(response: object) -> dict[str, str]:
    """The directives of a response, by name."""
    header = response.headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


def test_the_editor_runs_no_script_but_its_own_files(
    signed_in: Callable[[User], Client], editor: User, home: Page
) -> None:
    for address in ("/cms/", f"/cms/pages/{home.pk}/edit/", "/cms/nowhere/"):
        found = policy(signed_in(editor).get(address))

        assert found["script-src"] == "'self'"
        assert found["style-src"] == "'self' 'unsafe-inline'"
        assert found["frame-ancestors"] == found["frame-src"] == "'self'"
        assert found["default-src"] == found["object-src"] == found["base-uri"] == "'none'"


@pytest.mark.parametrize("kind", ["front page", "resource", "staff page", "search", "sign in"])
def test_every_other_page_keeps_the_strict_policy(
    signed_in: Callable[[User], Client], editor: User, home: Page, kind: str
) -> None:
    address = {
        "front page": lambda: "/",
        "resource": lambda: add_resource().url,
        "staff page": lambda: add_guidance().url,
        "search": lambda: "/resources/search/?q=words",
        "sign in": lambda: reverse("account_login"),
    }[kind]()
    client = Client() if kind == "sign in" else signed_in(editor)

    found = policy(client.get(address))

    assert "unsafe-inline" not in str(found)
    assert found["frame-ancestors"] == "'none'"
    assert "frame-src" not in found


def test_a_preview_is_as_strict_but_may_stand_in_the_editors_frame(
    signed_in: Callable[[User], Client], editor: User, home: Page
) -> None:
    page = add_resource()
    page.save_revision()

    response = signed_in(editor).get(
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]), follow=True
    )

    found = policy(response)
    assert response.status_code == 200
    assert found["frame-ancestors"] == "'self'"
    assert "unsafe-inline" not in str(found)


def test_pages_of_the_editor_hold_no_script_in_their_text(
    signed_in: Callable[[User], Client], editor: User, home: Page
) -> None:
    browser = signed_in(editor)

    for address in (f"/cms/pages/{add_resource().pk}/edit/", f"/cms/pages/{home.pk}/"):
        html = browser.get(address).content.decode()
        assert "<script>" not in html
        assert "data-chooser" in html


@pytest.fixture
def host_of_its_own(settings: Settings) -> str:
    """The editor's host, as in service."""
    settings.EDITOR_HOST = "edit.example.test"
    settings.ALLOWED_HOSTS = ["testserver", settings.EDITOR_HOST]
    return settings.EDITOR_HOST


@pytest.mark.parametrize(
    ("address", "on_ours", "on_the_editors"),
    [
        ("/cms/", 404, 302),
        ("/home/", 302, 404),
        ("/resources/", 200, 200),
        ("/resources/search/", 200, 200),
        (reverse("account_login"), 200, 200),
    ],
)
def test_the_editors_host_and_ours_answer_for_their_own(
    client: Client,
    home: Page,
    host_of_its_own: str,
    address: str,
    on_ours: int,
    on_the_editors: int,
) -> None:
    assert client.get(address).status_code == on_ours
    assert client.get(address, headers={"host": host_of_its_own}).status_code == on_the_editors
