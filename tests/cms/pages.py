"""Published pages for tests: sensible values for what a test leaves open."""

from itertools import count
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.models import GuidanceIndexPage, GuidancePage, ResourceIndexPage, ResourcePage
from tests.builders import make_user

_numbers = count(1)


def text(words: str) -> list[tuple[str, str]]:
    """A body of one paragraph."""
    return [("text", f"<p>{words}</p>")]


def add_resource(*, live: bool = True, **values: Any) -> ResourcePage:
    """A public page for parents."""
    return _add(ResourcePage(**_filled(live, values)), ResourceIndexPage.objects.get())


def add_guidance(*, live: bool = True, **values: Any) -> GuidancePage:
    """A page for staff."""
    return _add(GuidancePage(**_filled(live, values)), GuidanceIndexPage.objects.get())


def _filled(live: bool, values: dict[str, Any]) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "title": f"Page {number}",
        "slug": f"page-{number}",
        "introduction": "What it is about.",
        "body": text("Words."),
        "stages": ["engagement"],
        "looked_after_by": values.pop("looked_after_by", None) or make_user(),
        "live": live,
        **values,
    }


def _add(page: Page, index: Page) -> Any:
    index.add_child(instance=page)
    return page


def questions(client: Client, address: str) -> int:
    """How many questions the database is asked for a page, once the site's paths are known."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
