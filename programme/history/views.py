"""What changed in a record, how it stood on a day, and who has seen it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from programme.access.requests import Request
from programme.history.forms import DayForm
from programme.history.reads.changes import Teller, changes_of_row, steps_of
from programme.history.reads.day import stood_on
from programme.history.reads.sights import who_has_seen
from programme.people.models import Parent
from programme.people.reads import name_of

ON_A_PAGE = 50
DAYS_ON_A_PAGE = 30


@require_GET
def show_changes(request: Request, parent_id: UUID) -> HttpResponse:
    """Everything that changed in a record, newest first, as far as the reader's parts go."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    steps = steps_of(parent, request.parts)
    page = Paginator(steps, ON_A_PAGE).get_page(request.GET.get("page"))
    teller = Teller(parent, page.object_list)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "page": page,
        "changes": [teller.tell(step) for step in page.object_list],
    }
    return render(request, "programme/history/show_changes.html", context)


@require_GET
def show_row(request: Request, parent_id: UUID, code: str, row_id: UUID) -> HttpResponse:
    """Every version of one thing in a record, newest first; the first words stay readable."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    changes = changes_of_row(parent, request.parts, code, row_id)
    if not changes:
        raise Http404
    context = {"parent": parent, "name": name_of(parent), "changes": changes}
    return render(request, "programme/history/show_row.html", context)


@require_GET
def show_day(request: Request, parent_id: UUID) -> HttpResponse:
    """The record as it stood at the end of a day."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = DayForm(request.GET if "on_day" in request.GET else None)
    context = {"parent": parent, "name": name_of(parent), "form": form, "day": None}
    if form.is_valid():
        context["day"] = form.day
        context["sections"] = stood_on(parent, request.parts, form.day)
    return render(request, "programme/history/show_day.html", context)


@require_GET
def show_seen(request: Request, parent_id: UUID) -> HttpResponse:
    """Who has seen the record, to show or print for the parent."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    account = who_has_seen(parent)
    page = Paginator(account.days, DAYS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"parent": parent, "name": name_of(parent), "account": account, "page": page}
    return render(request, "programme/history/show_seen.html", context)
