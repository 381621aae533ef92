"""A session that nobody used for a while is locked, not ended: it still knows whose it is.

Whatever is sent to a locked session is held, scrambled, and given back to the same person once she
has said her password again. Another person signing in begins a session of her own: nothing of this
one is left then.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods

from programme.core.encryption import scramble, unscramble
from recurrent.accounts import UnlockForm
from recurrent.views import TOO_MUCH, Typed, give_back, is_signing_in, typed_in

LAST_USED, SIGNED_IN, HELD = "last_used", "signed_in", "held"
# Written down at most once a minute: most requests leave the session as it was.
A_MINUTE = 60
# From saving on a locked page to having typed a password, with a telephone call between.
HELD_FOR = 60 * 60
# The way back in, the way out, another person, and what is the same for everybody.
OPEN = frozenset(
    {
        *("unlock", "account_logout", "demo:choose_person", "demo:sign_in"),
        *("drafts:show_blank_note", "drafts:note_worker"),
    }
)


@dataclass(frozen=True)
class Held:
    """A form that was sent to a locked session."""

    path: str
    typed: list[Typed]
    file_names: list[str]


class LockWhenIdle:
    """Asks for the password again after ``IDLE_MINUTES`` without a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Django's middleware protocol."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """All is done once the page is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Stops every page of a locked session but the way back in."""
        if not request.user.is_authenticated:
            return None
        if not is_locked(request.session):
            _note_use(request.session)
            return None
        assert request.resolver_match is not None
        if request.resolver_match.view_name in OPEN:
            return None
        if "application/json" in request.headers.get("Accept", ""):
            # A page that saves by itself: it keeps the words and says so.
            return JsonResponse({"locked": True}, status=401)
        return redirect(f"{reverse('unlock')}?{urlencode(_way_back(request))}")


@receiver(user_logged_in)
def begin(request: HttpRequest, **_: Any) -> None:
    """Signing in begins the time anew."""
    now = int(time.time())
    request.session.update({LAST_USED: now, SIGNED_IN: now})


def is_locked(session: SessionBase) -> bool:
    """Whether it lay unused too long, or began too long ago.

    Told by the clock alone, for a locked session counts no use. Nothing is written then but what is
    held, so no other request of the same session can write over that.
    """
    now = int(time.time())
    return bool(
        now - session.get(LAST_USED, now) > settings.IDLE_MINUTES * 60
        or now - session.get(SIGNED_IN, now) > settings.SESSION_COOKIE_AGE
    )


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Who is it? Then what was sent is given back, or the page that was asked for."""
    if not is_locked(request.session):
        held = find(request)
        return _shown(request, held) if held else redirect(_next_page(request))
    form = UnlockForm(
        request.POST if request.method == "POST" else None,
        user=request.user,
        asks_password=not _is_demo(request),
        asks_code=not _is_demo(request) and _asks_code(request),
    )
    if request.method == "POST" and not _may_try(request):
        form.add_error(None, "Too many tries. Wait a few minutes, then try again.")
    elif form.is_valid():
        begin(request)
        request.session.cycle_key()
        return redirect(request.get_full_path())
    context = {"form": form, "holds_words": find(request) is not None}
    return render(request, "account/unlock.html", context)


def hold(request: HttpRequest) -> str:
    """Keeps what was sent, scrambled and without passwords; gives the key to find it by."""
    one = {
        "at": int(time.time()),
        "by": str(request.user.pk),
        "path": request.get_full_path(),
        "typed": [[typed.name, typed.value] for typed in typed_in(request)],
        "files": sorted(request.FILES),
    }
    key = uuid4().hex
    kept = [one["at"], scramble(json.dumps(one))]
    request.session[HELD] = {**_not_over(request.session), key: kept}
    return key


def find(request: HttpRequest) -> Held | None:
    """What the address of this page holds, for the person who sent it and for an hour."""
    kept = _not_over(request.session).get(request.GET.get("held", ""))
    if kept is None:
        return None
    one = json.loads(unscramble(kept[1]))
    if one["by"] != str(request.user.pk):
        return None
    return Held(one["path"], [Typed(*pair) for pair in one["typed"]], one["files"])


def _way_back(request: HttpRequest) -> dict[str, str]:
    if request.method != "POST":
        return {"next": request.get_full_path()}
    try:
        if is_signing_in(request):
            return {"next": request.path}
        return {"held": hold(request)}
    except TOO_MUCH:
        return {"next": request.path}


def _shown(request: HttpRequest, held: Held) -> HttpResponse:
    return give_back(
        request,
        typed=held.typed,
        file_names=held.file_names,
        action=held.path,
        signed_in=True,
        status=200,
    )


def _next_page(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else reverse(settings.LOGIN_REDIRECT_URL)


def _note_use(session: SessionBase) -> None:
    now = int(time.time())
    if now - session.get(LAST_USED, 0) >= A_MINUTE:
        session[LAST_USED] = now
        session.setdefault(SIGNED_IN, now)


def _not_over(session: SessionBase) -> dict[str, Any]:
    since = int(time.time()) - HELD_FOR
    return {key: kept for key, kept in session.get(HELD, {}).items() if kept[0] > since}


def _asks_code(request: HttpRequest) -> bool:
    """Where the settings ask for it, and after a whole day's work in any case."""
    began = request.session.get(SIGNED_IN, 0)
    is_long_ago = time.time() - began > settings.SESSION_COOKIE_AGE
    return bool((settings.UNLOCK_ASKS_CODE or is_long_ago) and is_mfa_enabled(request.user))


def _may_try(request: HttpRequest) -> bool:
    allowed: bool = ratelimit.consume(request, action="reauthenticate", user=request.user)
    return allowed


def _is_demo(request: HttpRequest) -> bool:
    """An invented person of the demonstration has no password."""
    backend = str(request.session.get(BACKEND_SESSION_KEY, ""))
    return settings.RUN_MODE != "service" and backend.endswith("DemoBackend")
