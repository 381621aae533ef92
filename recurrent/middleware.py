"""Headers that every response carries, whoever made it: page, error, redirect or file."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

GetResponse = Callable[[HttpRequest], HttpResponse]


class ResponseHeaders:
    """Outermost: keeps private pages out of every cache and other sites' pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if not may_be_kept(request, response):
            response.headers["Cache-Control"] = "no-store"
        if has_signed_out(request, response):
            # Not "cookies": that would reach every site of the organisation's domain.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Static files, and a public page that was read by somebody with no session."""
    if request.path.startswith(settings.STATIC_URL):
        return True
    match = request.resolver_match
    is_public = match is not None and match.view_name == "wagtail_serve"
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    return is_public and not has_session and response.status_code == 200


def has_signed_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this response ends a session."""
    if request.method != "POST" or response.status_code >= 400:
        return False
    try:
        return request.path == reverse("account_logout")
    except NoReverseMatch:
        return False
