"""Pages for when something went wrong. Whatever was typed is given back; nothing is stored."""

import logging
import re
import secrets
import sys
import traceback
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

from recurrent.context import brand

logger = logging.getLogger("recurrent")

# A password of any name, and the form's own token.
SECRET = re.compile(r"\w*password\w*|csrfmiddlewaretoken", re.IGNORECASE)
# What keeps a request from being read at all.
TOO_MUCH = (RequestDataTooBig, SuspiciousOperation, UnreadablePostError)
# No 0 or 1, no O or I: a reference is read out over the telephone.
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Typed:
    """One value that was posted, under its field's name."""

    name: str
    value: str

    @property
    def label(self) -> str:
        """The field's name in words: "held_on_day" is "Held on day"."""
        return self.name.rsplit("-", 1)[-1].replace("_", " ").capitalize()

    @property
    def rows(self) -> int:
        """Lines that the words need on the page."""
        return min(20, 1 + self.value.count("\n") + len(self.value) // 60)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request itself makes no sense. Drawn without the session, which may be the cause."""
    return _plain(request, "errors/400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person is known, the page is not hers."""
    return render(request, "errors/403.html", {"typed": typed_in(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no page, or none that this person may know of; both look the same."""
    return render(request, "errors/404.html", {"typed": typed_in(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a reference for the log, what is safe, and the words back. Touches no database."""
    reference = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))
    logger.error("Reference %s: %s", reference, where_it_broke())
    return _plain(request, "errors/500.html", 500, reference=reference, typed=typed_in(request))


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long, or she signed in elsewhere meanwhile (Django's CSRF check).

    What another site sent is not offered back: its words may be an attacker's.
    """
    if is_from_another_site(request):
        return render(request, "errors/403.html", {"typed": []}, status=403)
    return keep_what_was_typed(request, signed_in=request.user.is_authenticated, status=403)


def keep_what_was_typed(request: HttpRequest, *, signed_in: bool, status: int) -> HttpResponse:
    """The posted form again, whole, to be saved with one press; passwords are never in it.

    Used for an expired form and by the access wall for a post of somebody signed out.
    """
    return give_back(
        request,
        typed=typed_in(request),
        file_names=sorted(request.FILES),
        action=request.get_full_path(),
        signed_in=signed_in,
        starts_again=is_signing_in(request),
        status=status,
    )


def give_back(
    request: HttpRequest,
    *,
    typed: list[Typed],
    file_names: list[str],
    action: str,
    signed_in: bool,
    status: int,
    starts_again: bool = False,
) -> HttpResponse:
    """What was sent to ``action``, now or before this session was locked, to be sent again."""
    context = {
        "typed": typed,
        "readable": [one for one in typed if one.value.strip()],
        "file_names": file_names,
        "starts_again": starts_again,
        "signed_in": signed_in,
        "action": action,
    }
    return render(request, "errors/expired_form.html", context, status=status)


def typed_in(request: HttpRequest) -> list[Typed]:
    """Every value that was posted, in order, without secrets; nothing when it cannot be read."""
    try:
        posted = request.POST.lists() if request.method == "POST" else ()
        return [
            Typed(name, value) for name, values in posted if not is_secret(name) for value in values
        ]
    except TOO_MUCH:
        return []


def is_secret(name: str) -> bool:
    """Whether a field's value must never be shown again."""
    return SECRET.fullmatch(name.rsplit("-", 1)[-1]) is not None


def is_signing_in(request: HttpRequest) -> bool:
    """Whether the form holds passwords or one-time codes, which are typed anew."""
    match = request.resolver_match
    name = (match.url_name or "") if match else ""
    return name.startswith(("account_", "mfa_")) or any(
        "password" in field.lower() for field in request.POST
    )


def is_from_another_site(request: HttpRequest) -> bool:
    """Whether the browser says that another site made this request."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if not origin or origin in settings.CSRF_TRUSTED_ORIGINS:
        return False
    return urlsplit(origin).netloc != request.get_host()


def where_it_broke() -> str:
    """Kind and place of the error in hand; never its words, which may hold someone's data."""
    kind, _, trace = sys.exc_info()
    if kind is None or trace is None:
        return "no error in hand"
    last = traceback.extract_tb(trace)[-1]
    return f"{kind.__name__} in {last.name}, {last.filename}:{last.lineno}"


def _plain(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A page that needs neither session nor database."""
    nonce = getattr(request, "csp_nonce", "")
    page = render_to_string(template, {**brand(), "CSP_NONCE": nonce, **context})
    return HttpResponse(page, status=status)
