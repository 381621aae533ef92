"""The demonstration's sign-in: invented people by role. In service it is not there."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from programme.access.models import RoleGrant, User
from programme.access.parts import Role

WHAT_THEY_MAY = {
    Role.PRACTITIONER: "Logs contacts, records a pregnancy, re-refers; reads her team's records.",
    Role.SENIOR: "Reads and writes her team's records; answers requests for an earlier record.",
    Role.COORDINATOR: "Sees who a parent is and meetings; logs her own contacts; reads no notes.",
    Role.MANAGER: "Makes the board report and proposes releases; sees people by reference only.",
    Role.DATA_OFFICER: "Approves releases and loads caseload packages; sees references only.",
    Role.CLINICIAN: "Sees contraception of parents referred to her, within their consent.",
    Role.THERAPIST: "Sees therapy of parents referred to her.",
    Role.COMMISSIONER: "Reads released outcomes of her own contract; never a person.",
    Role.EDITOR: "Writes and publishes resources; never a person.",
    Role.ADMINISTRATOR: "Looks after accounts and settings; never a person.",
    Role.PROTECTION_OFFICER: "Reads the log of who looked at what; lifts and sets denials.",
}


@dataclass(frozen=True)
class DemoPerson:
    """One invented person, with what she is."""

    user: User
    roles: tuple[str, ...]


@dataclass(frozen=True)
class RoleGroup:
    """The invented people whose first role this is."""

    label: str
    may: str
    people: tuple[DemoPerson, ...]


@require_GET
def choose_person(request: HttpRequest) -> HttpResponse:
    """Everybody one can be in the demonstration, by role, with who may do what."""
    _refuse_in_service()
    context = {"groups": _groups(), "next": request.GET.get("next", "")}
    return render(request, "programme/access/choose_person.html", context)


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as an invented person."""
    _refuse_in_service()
    try:
        person = authenticate(request, demo_person=UUID(request.POST.get("person", "")))
    except ValueError:
        person = None
    if person is None:
        return redirect("demo:choose_person")
    login(request, person)
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return redirect(wanted)
    return redirect("desk:home")


def _refuse_in_service() -> None:
    if settings.RUN_MODE not in ("demo", "test"):
        raise Http404


def _groups() -> list[RoleGroup]:
    grants = RoleGrant.objects.in_force().filter(user__is_system=False)
    grants = grants.select_related("user", "programme").order_by("user__name")
    held: dict[User, list[RoleGrant]] = {}
    for grant in grants:
        held.setdefault(grant.user, []).append(grant)
    groups = []
    for role in Role:
        people = tuple(
            DemoPerson(user, tuple(_in_words(grant) for grant in theirs))
            for user, theirs in held.items()
            if _first_role(theirs) == role
        )
        if people:
            groups.append(RoleGroup(role.label, WHAT_THEY_MAY[role], people))
    return groups


def _first_role(grants: list[RoleGrant]) -> str:
    order = list(Role.values)
    return min((grant.role for grant in grants), key=order.index)


def _in_words(grant: RoleGrant) -> str:
    where = grant.programme.name if grant.programme else "the whole organisation"
    return f"{grant.get_role_display()}, {where}"
