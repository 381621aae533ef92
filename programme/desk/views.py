"""Home, and a parent's record."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part, Role
from programme.access.policy import EMERGENCY_OPENERS, PRACTITIONERS
from programme.access.requests import Request, posted
from programme.access.saving import last_changed_by
from programme.access.scope import ask_only_about
from programme.access.writing import ChangedMeanwhile
from programme.core.choices import ParentRole
from programme.core.errors import RuleBroken
from programme.core.forms import give_back_beside
from programme.desk import searches
from programme.desk.actions import switch_keys
from programme.desk.forms import FindForm
from programme.desk.reads import home as home_reads
from programme.desk.reads.record import record_of
from programme.desk.reads.search import search
from programme.desk.reads.timeline import Filter, timeline_of
from programme.desk.reads.under_way import under_way
from programme.people.actions import change_home
from programme.people.forms import AddressForm
from programme.people.models import Home, Parent
from programme.people.reads import earlier_homes, how_to_reach

WORKS_WITH_PARENTS = frozenset(
    {Role.PRACTITIONER, Role.SENIOR, Role.COORDINATOR, Role.CLINICIAN, Role.THERAPIST}
)


@require_GET
def home(request: Request) -> HttpResponse:
    """What needs her today; for those who see no person, where to go."""
    if request.holdings.roles & WORKS_WITH_PARENTS:
        context = {"home": home_reads.home(request.user, request.holdings)}
        return render(request, "programme/desk/home.html", context)
    return render(request, "programme/desk/welcome.html", {"roles": request.holdings.roles})


@require_GET
def list_due(request: Request) -> HttpResponse:
    """Everything that is due to her parents, with the reason, late ones first."""
    rows = home_reads.due_of(request.user)
    request.listed = list(dict.fromkeys(row.item.parent_id for row in rows))
    groups = [
        ("Late", [row for row in rows if row.is_late]),
        ("This week", [row for row in rows if row.is_soon]),
        ("Later", [row for row in rows if not (row.is_late or row.is_soon)]),
    ]
    return render(request, "programme/desk/list_due.html", {"groups": groups, "count": len(rows)})


@require_http_methods(["GET", "POST"])
def show_keys(request: Request) -> HttpResponse:
    """The keys that save a way across the page, and a switch for those whom they disturb."""
    if request.method == "POST":
        on = request.POST.get("keys") == "on"
        switch_keys(by=request.user, on=on)
        messages.success(request, "Keys switched on" if on else "Keys switched off")
        return redirect("desk:show_keys")
    return render(request, "programme/desk/show_keys.html")


@require_http_methods(["GET", "POST"])
def find_parent(request: Request) -> HttpResponse:
    """Asks for whatever is remembered; what was typed never stands in an address."""
    form = FindForm(posted(request))
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
    found = search(words)
    request.listed = [one.parent_id for one in found]
    context = {
        "form": FindForm(initial={"words": words}),
        "found": found,
        "may_open_in_emergency": bool(EMERGENCY_OPENERS & request.holdings.roles),
    }
    return render(request, "programme/desk/show_found.html", context)


@require_GET
def show_parent(request: Request, parent_id: UUID) -> HttpResponse:
    """A parent's record: how to reach her safely, now, timeline, about."""
    ask_only_about([parent_id])
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    chosen = Filter(
        kind=request.GET.get("kind", ""),
        significant=request.GET.get("significant") == "yes",
        page=request.GET.get("page", ""),
    )
    record = record_of(parent, request.parts)
    context = {
        "parent": parent,
        "record": record,
        "reach": record.reach,
        "timeline": timeline_of(parent, request.parts, chosen),
        "may_read_notes": Part.NOTES in request.parts,
        "may_write": any(request.parts.get(part) for part in (Part.NOTES, Part.CONTACT_LOG)),
        "may_refer": request.parts.get(Part.INTAKE, False),
        "may_be_pregnant": parent.parent_role != ParentRole.FATHER,
        "may_decide": request.parts.get(Part.CORE, False),
        "may_look_for_same": bool(request.holdings.roles & PRACTITIONERS),
        "in_care_pair": Part.CARE in request.parts,
        "may_see_documents": Part.NOTES in request.parts or Part.COURT in request.parts,
        "may_show_sights": Part.CORE in request.parts
        and bool(request.holdings.roles & PRACTITIONERS),
        "may_see_address": Part.SAFE_ADDRESS in request.parts,
        "may_see_court": Part.COURT in request.parts,
        "may_see_outcomes": Part.OUTCOMES in request.parts,
        "may_write_outcomes": request.parts.get(Part.OUTCOMES, False),
        "may_reach": Part.CORE in request.parts,
        "may_make_papers": Part.NOTES in request.parts,
        "supervises": request.holdings.programmes(Role.SENIOR)
        if request.parts.get(Part.NOTES)
        else set(),
    }
    return render(request, "programme/desk/show_parent.html", context)


@require_http_methods(["GET", "POST"])
def show_safe_address(request: Request, parent_id: UUID) -> HttpResponse:
    """Where a parent lives: asked for on purpose, shown once, one line in the log each time."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {
        "parent": parent,
        "reach": how_to_reach(parent),
        "is_shown": request.method == "POST",
        "may_change": request.parts.get(Part.SAFE_ADDRESS, False),
    }
    if request.method == "POST":
        context["home"] = Home.objects.filter(parent=parent).first()
        context["earlier"] = earlier_homes(parent)
    return render(request, "programme/desk/show_safe_address.html", context)


@require_http_methods(["GET", "POST"])
def change_safe_address(request: Request, parent_id: UUID) -> HttpResponse:
    """Where a parent lives now, and why; says first what is under way to the old address."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    home = Home.objects.filter(parent=parent).first()
    typed = posted(request)
    form = AddressForm(typed, initial={"version": home.version if home else 0})
    if form.is_valid() and _change_home(request, parent, form):
        messages.success(request, f"Address saved, record {parent.reference}")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "form": form, "under_way": under_way(parent)}
    return render(request, "programme/desk/change_safe_address.html", context)


def _change_home(request: Request, parent: Parent, form: AddressForm) -> bool:
    try:
        change_home(parent=parent, by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile as meanwhile:
        give_back_beside(
            form,
            last_changed_by(meanwhile.current),
            "Somebody else changed the address since you opened this page. Look at it first."
            " Save again only if yours is the right one.",
        )
    else:
        return True
    return False
