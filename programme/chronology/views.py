"""Marking events of a record, and adding events from outside it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import is_free_to_change, own_key
from programme.chronology import actions, reads
from programme.chronology.forms import EntryForm, MarkForm, WhyForm
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.drafts.keeping import keeps_draft
from programme.people.models import Parent
from programme.people.reads import name_of


@require_POST
def mark_significant(request: Request, parent_id: UUID) -> HttpResponse:
    """One tap on the timeline."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = MarkForm(request.POST)
    if form.is_valid():
        kind, row = form.cleaned_data["event"]
        if actions.mark_significant(parent=parent, kind=kind, row=row, by=request.user) is None:
            raise Http404
        messages.success(request, "Marked as significant")
    return redirect("desk:show_parent", parent_id)


@require_http_methods(["GET", "POST"])
def show_significant(request: Request, parent_id: UUID, mark_id: UUID) -> HttpResponse:
    """Why an event is significant; or that it is not, after all."""
    marks = SignificantEvent.objects.select_related("marked_by", "parent")
    mark = get_object_or_404(marks, pk=mark_id, parent=parent_id)
    if not SignificantEvent.objects.filter(SignificantEvent.wall.writable(), pk=mark_id).exists():
        raise PermissionDenied
    if "take_back" in request.POST:
        actions.take_back(mark=mark, by=request.user)
        messages.success(request, "No longer marked as significant")
        return redirect("desk:show_parent", parent_id)
    form = _why(request, mark)
    if is_saved(form, lambda: _change(request, mark, form)):
        messages.success(request, "Saved")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": mark.parent, "name": name_of(mark.parent), "mark": mark, "form": form}
    return render(request, "programme/chronology/show_significant.html", context)


@keeps_draft("Add an event")
@require_http_methods(["GET", "POST"])
def add_entry(request: Request, parent_id: UUID) -> HttpResponse:
    """An event that nothing else in the record holds."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = EntryForm(_typed(request), programmes=reads.programmes_to_write_in(parent))
    if is_saved(form, lambda: _add(request, parent, form)):
        messages.success(request, "Event added to the chronology")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/chronology/add_entry.html", context)


@keeps_draft("Correct an event")
@require_http_methods(["GET", "POST"])
def correct_entry(request: Request, parent_id: UUID, entry_id: UUID) -> HttpResponse:
    """An event added by hand, put right; the earlier words stay in its history."""
    entries = ChronologyEntry.objects.select_related("parent", "programme")
    entry = get_object_or_404(entries, pk=entry_id, parent=parent_id)
    if not ChronologyEntry.objects.filter(ChronologyEntry.wall.writable(), pk=entry_id).exists():
        raise PermissionDenied
    form = _correction(request, entry)
    if is_saved(form, lambda: _correct(request, entry, form)):
        messages.success(request, "Event corrected. The earlier version is kept.")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": entry.parent, "name": name_of(entry.parent), "form": form}
    return render(request, "programme/chronology/correct_entry.html", context)


def _typed(request: Request) -> QueryDict | None:
    return posted(request)


def _why(request: Request, mark: SignificantEvent) -> WhyForm:
    # The first words, and the same words sent again, need no reason.
    changes_words = mark.why not in ("", request.POST.get("why", "").strip())
    return WhyForm(
        _typed(request),
        needs_reason=changes_words and not is_free_to_change(mark, request.user.pk),
        initial={"why": mark.why, "version": mark.version},
    )


def _correction(request: Request, entry: ChronologyEntry) -> EntryForm:
    names = ("happened_on", "known_on", "what", "source", "version")
    return EntryForm(
        _typed(request),
        programmes=[entry.programme],
        needs_reason=not is_free_to_change(entry, request.user.pk),
        initial={name: getattr(entry, name) for name in names},
    )


def _change(request: Request, mark: SignificantEvent, form: WhyForm) -> None:
    typed = form.cleaned_data
    actions.say_why(
        mark=mark,
        why=typed["why"],
        reason=form.reason_given,
        seen_version=typed["version"],
        by=request.user,
    )


def _add(request: Request, parent: Parent, form: EntryForm) -> None:
    key = own_key(form.cleaned_data["key"], parent.pk, request.user.pk)
    where = form.chosen_programme()
    actions.add_entry(key=key, parent=parent, programme=where, by=request.user, **form.for_action())


def _correct(request: Request, entry: ChronologyEntry, form: EntryForm) -> None:
    actions.correct_entry(
        entry=entry,
        seen_version=form.cleaned_data["version"] or 0,
        reason=form.reason_given,
        by=request.user,
        **form.for_action(),
    )
