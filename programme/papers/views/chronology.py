"""A chronology: choose, check line by line, read the whole, let it leave."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, own_key
from programme.chronology.reads import programmes_to_write_in
from programme.core.errors import RuleBroken
from programme.papers import actions
from programme.papers.as_docx import as_docx
from programme.papers.as_pdf import as_pdf
from programme.papers.forms import BeginChronologyForm, CheckForm, ReadForm
from programme.papers.models import Chronology
from programme.papers.reads.chronology import (
    HEADER,
    Checked,
    Whole,
    period,
    sheet_of,
    significant_lines,
    whole,
)
from programme.papers.views.files import PDF, WORD, file
from programme.people.models import Parent
from programme.people.reads import name_of

# So many events are shown at once; of more, each year is opened by itself.
FEW = 20


@require_http_methods(["GET", "POST"])
def begin_chronology(request: Request, parent_id: UUID) -> HttpResponse:
    """For whom, which period, which events."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    lines = significant_lines(parent, request.parts)
    typed = posted(request)
    form = BeginChronologyForm(typed, lines=lines, programmes=programmes_to_write_in(parent))
    if form.is_valid():
        made = _begin(request, parent, form)
        if made is not None:
            return redirect("papers:check_chronology", parent_id, made.pk)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "form": form,
        "lines": lines,
        "years": form.years(),
        "years_are_open": len(lines) <= FEW or bool(form["events"].errors),
    }
    return render(request, "programme/papers/begin_chronology.html", context)


@require_http_methods(["GET", "POST"])
def check_chronology(request: Request, parent_id: UUID, chronology_id: UUID) -> HttpResponse:
    """Each line with the names and words that may be somebody else's; an answer for each."""
    found = _found(request, parent_id, chronology_id)
    page = _page_of(found, request.GET.get("page"))
    typed = posted(request)
    (lines,) = page.object_list
    form = CheckForm(typed, lines=lines if typed is None else CheckForm.sent(typed, found.lines))
    if form.is_valid() and _answer(request, found, form):
        goes_on = _left(found, form)
        name = "papers:check_chronology" if goes_on else "papers:show_chronology"
        return redirect(name, parent_id, chronology_id)
    context = {
        **_about(found),
        "form": form,
        "rows": list(form.rows()),
        "page": page,
        "is_last": not _left(found, form),
    }
    return render(request, "programme/papers/check_chronology.html", context)


@require_http_methods(["GET", "POST"])
def show_chronology(request: Request, parent_id: UUID, chronology_id: UUID) -> HttpResponse:
    """The whole as it will leave, read once more; then the files."""
    found = _found(request, parent_id, chronology_id)
    if found.open:
        return redirect("papers:check_chronology", parent_id, chronology_id)
    typed = posted(request)
    form = ReadForm(typed, initial={"digest": found.digest})
    if form.is_valid() and _finish(request, found, form):
        return redirect("papers:show_chronology", parent_id, chronology_id)
    context = {
        **_about(found),
        "form": form,
        "header": HEADER,
        "rows": found.rows,
        "kept": sum(one.kept_as_it_is for one in found.leaving),
        "left_out": len(found.lines) - len(found.leaving),
    }
    return render(request, "programme/papers/show_chronology.html", context)


@require_GET
def download_chronology_pdf(request: Request, parent_id: UUID, chronology_id: UUID) -> HttpResponse:
    """The PDF, once it was checked."""
    found = _leaving(request, parent_id, chronology_id)
    reference = found.chronology.parent.reference
    return file(as_pdf(sheet_of(found)), PDF, f"{reference}-chronology.pdf")


@require_GET
def download_chronology_docx(
    request: Request, parent_id: UUID, chronology_id: UUID
) -> HttpResponse:
    """The Word file, once it was checked."""
    found = _leaving(request, parent_id, chronology_id)
    reference = found.chronology.parent.reference
    return file(as_docx(sheet_of(found)), WORD, f"{reference}-chronology.docx")


def _found(request: Request, parent_id: UUID, chronology_id: UUID) -> Whole:
    """A chronology with every line; refused where a line is not the reader's to see."""
    rows = Chronology.objects.select_related("parent", "made_by", "checked_by")
    chronology = get_object_or_404(rows, pk=chronology_id, parent=parent_id)
    found = whole(chronology, request.parts)
    if not found.is_complete:
        raise PermissionDenied("It holds events that this reader may not see.")
    return found


def _leaving(request: Request, parent_id: UUID, chronology_id: UUID) -> Whole:
    found = _found(request, parent_id, chronology_id)
    if not found.may_leave:
        raise PermissionDenied("Nothing leaves before it was checked.")
    return found


def _page_of(found: Whole, asked: str | None) -> Page[list[Checked]]:
    """The lines that are answered at once; unless another page is asked for, the first open."""
    pages = found.pages
    waiting = (at for at, page in enumerate(pages, 1) if any(not one.answered for one in page))
    return Paginator(pages, 1).get_page(asked or next(waiting, 1))


def _left(found: Whole, form: CheckForm) -> bool:
    """Whether lines wait that are not in the form."""
    here = {one.row.pk for one in form.lines}
    return any(one.row.pk not in here for one in found.open)


def _about(found: Whole) -> dict[str, object]:
    parent = found.chronology.parent
    days = period(found.chronology.first_day, found.chronology.last_day)
    return {"parent": parent, "name": name_of(parent), "found": found, "period": days}


def _begin(request: Request, parent: Parent, form: BeginChronologyForm) -> Chronology | None:
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        return actions.begin_chronology(parent=parent, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return None


def _answer(request: Request, found: Whole, form: CheckForm) -> bool:
    try:
        actions.answer_lines(found=found, replies=form.replies(), by=request.user)
    except ChangedMeanwhile as problem:
        form.add_error(None, str(problem))
        return False
    return True


def _finish(request: Request, found: Whole, form: ReadForm) -> bool:
    try:
        actions.finish_check(found=found, seen_digest=form.cleaned_data["digest"], by=request.user)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    except ChangedMeanwhile as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, "Checked. It may leave now.")
    return True
