"""The access wall around every request: policy, transaction, scope and the log of sights."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from programme.access.checks import refuse_unsafe_service
from programme.access.holdings import holdings_of, parts_of, rights_of
from programme.access.joined import joined_into
from programme.access.pace import same_time
from programme.access.parts import Role
from programme.access.policy import Access, access_for
from programme.access.requests import Request
from programme.access.scope import acting_as
from programme.audit.models import Sight
from recurrent.views import keep_what_was_typed

# Where somebody without her second factor may still go: to set it up, or away.
SECOND_FACTOR_PAGES = frozenset(
    {
        "account_logout",
        "unlock",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_index",
    }
)
DEMO_BACKEND = "programme.access.backends.DemoBackend"


class AccessWall:
    """One transaction in the name of the person signed in; nothing opens without a policy."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        """Django's middleware protocol."""
        refuse_unsafe_service()
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Runs the view inside the wall and writes the sight of a person, or its refusal."""
        request.parent_id, request.refused_id, request.listed = None, None, []
        request.tried = request.reader = None
        with same_time(lambda: request.tried is not None):
            return self._response_and_sight(request)

    def process_view(
        self, request: Request, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Applies the policy of the address before its view runs."""
        assert request.resolver_match is not None
        access = access_for(request.resolver_match.view_name, request.path_info)
        if access is None or access.closed:
            raise PermissionDenied("No policy opens this address.")
        request.access = access
        if access.public:
            return None
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        request.holdings = holdings_of(request.user)
        if _lacks_second_factor(request):
            return redirect("mfa_activate_totp")
        try:
            _check(request, access, kwargs)
        except Http404:
            return _record_it_was_joined_to(request, kwargs)
        if access.releases_only:
            _take_release_role(request)
        return None

    def _response_and_sight(self, request: Request) -> HttpResponse:
        if not request.user.is_authenticated:
            with transaction.atomic():
                response = self._response_or_nothing(request)
                if request.reader and response.status_code < 400:
                    with acting_as(request.reader):
                        _log_sight(request, _seen(request, response))
        else:
            with acting_as(request.user):
                response = self._response_or_nothing(request)
                _leave_release_role(request)
                if response.status_code < 400:
                    _log_sight(request, _seen(request, response))
        if response.status_code in (403, 404):
            _log_refusal(request)
        return response

    def _response_or_nothing(self, request: Request) -> HttpResponse:
        """Nothing of a request that failed is stored.

        Told by the answer, not by the exception: allauth raises one to ask for the password again.
        """
        response = self.get_response(request)
        if response.status_code >= 400:
            transaction.set_rollback(True)
        return response


def _sign_in_first(request: Request) -> HttpResponse:
    """A page asks to sign in; a form keeps every character that was typed."""
    if request.method == "POST":
        return keep_what_was_typed(request, signed_in=False, status=403)
    return redirect_to_login(request.get_full_path())


def _lacks_second_factor(request: Request) -> bool:
    assert request.resolver_match is not None
    if not request.holdings.sees_people:
        return False
    if request.resolver_match.view_name in SECOND_FACTOR_PAGES:
        return False
    if settings.RUN_MODE != "service" and request.session.get(BACKEND_SESSION_KEY) == DEMO_BACKEND:
        return False
    return not is_mfa_enabled(request.user)


def _check(request: Request, access: Access, kwargs: dict[str, Any]) -> None:
    """Raises ``Http404`` for what is not hers to know of, ``PermissionDenied`` for the rest."""
    if access.signed_in:
        return
    if not access.parts:
        if not access.roles & request.holdings.roles:
            raise PermissionDenied
        return
    if not request.holdings.sees_people:
        raise Http404
    request.parent_id = UUID(str(kwargs["parent_id"]))
    request.rights = rights_of(request.parent_id)
    request.parts = request.rights.parts
    if not request.parts:
        raise Http404
    if not access.roles & request.holdings.roles or not _has_part(request, access):
        raise PermissionDenied


def _record_it_was_joined_to(request: Request, kwargs: dict[str, Any]) -> HttpResponse:
    """An address of a record that was joined to another leads there, for whoever may see that."""
    assert request.resolver_match is not None
    asked = request.parent_id
    kept = joined_into(asked) if asked and request.method in ("GET", "HEAD") else None
    if kept is None or not parts_of(kept):
        raise Http404
    # Nothing of either record is shown yet: the page it leads to says what was seen.
    request.parent_id = None
    if len(kwargs) > 1:
        return redirect("desk:show_parent", kept)
    return redirect(request.resolver_match.view_name, parent_id=kept)


def _has_part(request: Request, access: Access) -> bool:
    if access.writes:
        return any(request.parts.get(part, False) for part in access.parts)
    return any(part in request.parts for part in access.parts)


# --- The commissioner's database role -------------------------------------------------------


def _take_release_role(request: Request) -> None:
    """From here to the end of the view the database knows release tables and nothing else."""
    contracts = request.holdings.programmes(Role.COMMISSIONER)
    if connection.vendor != "postgresql":
        return
    listed = "{" + ",".join(str(key) for key in contracts) + "}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.contracts', %s, true)", [listed])
        cursor.execute(f'SET LOCAL ROLE "{settings.DATABASE_RELEASE_ROLE}"')


def _leave_release_role(request: Request) -> None:
    access = getattr(request, "access", None)
    stepped_down = access and access.releases_only and connection.vendor == "postgresql"
    # A transaction that is rolled back takes the role with it.
    if stepped_down and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{settings.DATABASE_APP_ROLE}"')


# --- The log of sights ----------------------------------------------------------------------


def _seen(request: Request, response: HttpResponse) -> Sight.Outcome | None:
    access: Access | None = getattr(request, "access", None)
    if access is None:
        return None
    if access.breaks_glass:
        return request.tried
    if request.parent_id:
        if access.takes_out:
            return Sight.Outcome.TAKEN_OUT
        stored = request.method == "POST" and response.status_code == 302
        return Sight.Outcome.CHANGED if stored else Sight.Outcome.OPENED
    return Sight.Outcome.LISTED if access.lists_people else None


def _log_sight(request: Request, outcome: Sight.Outcome | None) -> None:
    if outcome is None or request.resolver_match is None:
        return
    Sight.objects.create(
        user_id=(request.reader or request.user).pk,
        parent_id=request.parent_id,
        page=request.resolver_match.view_name[:100],
        method=str(request.method)[:7],
        outcome=outcome,
        listed=" ".join(key.hex for key in dict.fromkeys(request.listed)),
    )


def _log_refusal(request: Request) -> None:
    """A refusal that named a parent is a line too, whether or not she exists."""
    if request.resolver_match is None or "parent_id" not in request.resolver_match.kwargs:
        return
    named = request.refused_id or request.resolver_match.kwargs["parent_id"]
    request.parent_id = UUID(str(named))
    _log_sight(request, Sight.Outcome.REFUSED)
