"""What the editor's pages may load: more than ours, still nothing from elsewhere."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

# Draftail writes styles into elements; the preview is a frame; a picture is shown before upload.
EDITOR_POLICY = {
    "script-src": [SELF],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}


PUBLISHED = ("wagtail_serve", "wagtailimages_", "wagtaildocs_", "cms:", "account_", "mfa_")


class EditorPolicy:
    """Gives the editor's addresses their own content policy; all others keep the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.prefix = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(self.prefix):
            response._csp_replace = EDITOR_POLICY
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Where the editor has a host of its own, it answers there alone, and no case page does."""
        if not settings.EDITOR_HOST:
            return
        is_there = request.get_host() == settings.EDITOR_HOST
        if request.path_info.startswith(self.prefix):
            wrong = not is_there
        else:
            wrong = is_there and not is_published(request)
        if wrong:
            raise Http404("Not on this host.")


def is_published(request: HttpRequest) -> bool:
    """Whether this address shows published pages, or is a step of signing in."""
    match = request.resolver_match
    return match is not None and match.view_name.startswith(PUBLISHED)
