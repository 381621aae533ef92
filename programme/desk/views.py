"""Home, and a parent's record."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part, Role
from programme.access.requests import Request
from programme.core.choices import ParentRole
from programme.desk import searches
from programme.desk.forms import FindForm
from programme.desk.reads import home as home_reads
from programme.desk.reads.record import record_of
from programme.desk.reads.search import search
from programme.desk.reads.timeline import Filter, timeline_of
from programme.people.models import Home, Parent
from programme.people.reads import how_to_reach

WORKS_WITH_PARENTS = frozenset(
    {Role.PRACTITIONER, Role.SENIOR, Role.COORDINATOR, Role.CLINICIAN, Role.THERAPIST}
)


@require_GET
def home(request: Request) -> HttpResponse:
    """What needs her today; for those who see no person, where to go."""
    if request.holdings.roles & WORKS_WITH_PARENTS:
        context = {"home": home_reads.home(request.user)}
        return render(request, "programme/desk/home.html", context)
    return render(request, "programme/desk/welcome.html", {"roles": request.holdings.roles})


@require_http_methods(["GET", "POST"])
def find_parent(request: Request) -> HttpResponse:
    """Asks for whatever is remembered; what was typed never stands in an address."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = searches.remember(request.session, form.cleaned_data["words"])
        return redirect("desk:show_found", number)
    return render(request, "programme/desk/find_parent.html", {"form": form})


@require_GET
def show_found(request: Request, search_id: UUID) -> HttpResponse:
    """Who may be meant, the likeliest first, as far as the reader may know of them."""
    words = searches.recall(request.session, search_id)
    if words is None:
        return redirect("desk:find_parent")
    context = {"form": FindForm(initial={"words": words}), "found": search(words)}
    return render(request, "programme/desk/show_found.html", context)


@require_GET
def show_parent(request: Request, parent_id: UUID) -> HttpResponse:
    """A parent's record: how to reach her safely, now, timeline, about."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    chosen = Filter(kind=request.GET.get("kind", ""))
    context = {
        "parent": parent,
        "record": record_of(parent, request.parts),
        "reach": how_to_reach(parent) if Part.CORE in request.parts else None,
        "timeline": timeline_of(parent, request.parts, chosen),
        "may_write": any(request.parts.get(part) for part in (Part.NOTES, Part.CONTACT_LOG)),
        "may_refer": request.parts.get(Part.INTAKE, False),
        "may_be_pregnant": parent.parent_role != ParentRole.FATHER,
        "may_decide": request.parts.get(Part.CORE, False),
        "in_care_pair": Part.CARE in request.parts,
        "may_see_address": Part.SAFE_ADDRESS in request.parts,
    }
    return render(request, "programme/desk/show_parent.html", context)


@require_http_methods(["GET", "POST"])
def show_safe_address(request: Request, parent_id: UUID) -> HttpResponse:
    """Where a parent lives: asked for on purpose, shown once, one line in the log each time."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {"parent": parent, "is_shown": request.method == "POST"}
    if request.method == "POST":
        context["home"] = Home.objects.filter(parent=parent).first()
    return render(request, "programme/desk/show_safe_address.html", context)
