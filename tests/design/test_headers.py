"""Headers that every response carries (quality H1, H2, L7)."""

import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse

from recurrent.middleware import ResponseHeaders
from tests.builders import make_user

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KEPT = None


def headers_of(path, view_name=None, status=200, method="get", cookies=()):
    """The headers the middleware puts on a response of this kind."""
    request = getattr(RequestFactory(), method)(path)
    request.COOKIES.update(cookies)
    match = resolve(reverse("account_login"))
    match.view_name = view_name or "some:page"
    request.resolver_match = match
    return ResponseHeaders(lambda asked: HttpResponse(status=status))(request).headers


@pytest.mark.parametrize(
    "asked, cached",
    [
        ({"path": "/static/design/design.css"}, KEPT),
        ({"path": "/a-page/", "view_name": "wagtail_serve"}, KEPT),
        ({"path": "/a-page/", "view_name": "wagtail_serve", "status": 302}, "no-store"),
        ({"path": "/a-page/", "view_name": "wagtail_serve", "status": 404}, "no-store"),
        (
            {
                "path": "/a-page/",
                "view_name": "wagtail_serve",
                "cookies": {settings.SESSION_COOKIE_NAME: "x"},
            },
            "no-store",
        ),
        ({"path": "/parents/"}, "no-store"),
        ({"path": "/parents/", "status": 500}, "no-store"),
    ],
)
def test_only_public_pages_and_static_files_may_be_kept(asked, cached):
    assert headers_of(**asked).get("Cache-Control") == cached


def test_every_response_stays_with_our_own_pages():
    assert headers_of("/static/x.css")["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "asked, cleared",
    [
        ({"method": "post", "status": 302}, '"cache", "storage"'),
        ({"method": "get"}, None),
        ({"method": "post", "status": 403}, None),
    ],
)
def test_signing_out_clears_the_browser(asked, cleared):
    assert headers_of(reverse("account_logout"), **asked).get("Clear-Site-Data") == cleared


@pytest.mark.django_db
def test_signing_out_from_a_page_clears_the_browser(client):
    client.force_login(make_user(), BACKEND)

    response = client.post(reverse("account_logout"))

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_policy_lets_in_our_own_files_and_this_page_s_style_only(client):
    response = client.get(reverse("account_login"))

    policy = response.headers["Content-Security-Policy"]
    nonce = re.search(rb'<style nonce="([^"]+)">', response.content)[1].decode()
    assert f"'nonce-{nonce}'" in policy
    assert "unsafe" not in policy
    assert not re.search(rb'style="| on\w+="|<script>', response.content)
