"""The tests' own ground: rows come back, the network is closed, pages are watched."""

import socket

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from tests.network import NetworkUsed

UNTIDY = """<!doctype html><title>Untidy</title><link rel="icon" href="data:,">
<script>document.title = "ran"</script><img src="{elsewhere}">"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", [1, 2])
def test_rows_of_a_new_database_come_back_after_a_test_that_commits(attempt):
    had_pages = Page.objects.filter(depth__gt=1).exists()

    Page.objects.filter(depth__gt=1).delete()
    ContentType.objects.create(app_label="programme", model="leftover")

    assert (had_pages, Page.objects.count()) == (True, 1)
    assert ContentType.objects.filter(model="leftover").count() == 1


def test_other_computers_are_out_of_reach():
    with pytest.raises(NetworkUsed):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.browser
def test_a_page_that_breaks_its_policy_or_asks_elsewhere_is_noticed(page, watch):
    body = UNTIDY.format(elsewhere="http://elsewhere.invalid/dot.png")
    policy = {"Content-Security-Policy": "script-src 'self'"}
    page.route("**/untidy", lambda route: route.fulfill(body=body, headers=policy))

    page.goto("/untidy")
    page.wait_for_load_state("networkidle")

    kinds = sorted(problem.split(":")[0] for problem in watch.problems)
    watch.problems.clear()
    assert kinds == ["Asked another host", "Console", "Console"]
