"""Questionnaires a parent answered: shown, recorded, put right, taken off."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import is_free_to_change, own_key
from programme.measures import actions, reads
from programme.measures.forms import CorrectMeasureForm, RecordMeasureForm, TakeOffForm
from programme.measures.instruments import instruments
from programme.measures.models import Measure
from programme.people.models import Parent
from programme.people.reads import name_of

TALK = " A next step for today was added: talk with the parent about what was answered."


@require_GET
def show_measures(request: Request, parent_id: UUID) -> HttpResponse:
    """Every questionnaire the parent answered, each compared with its first."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    labels = reads.labels()
    context = {
        "parent": parent,
        "name": name_of(parent),
        "series": reads.series_of(parent, labels),
        "offered": reads.offered(labels) if reads.work_to_add_to(parent) else [],
    }
    return render(request, "programme/measures/show_measures.html", context)


@require_http_methods(["GET", "POST"])
def record_measure(request: Request, parent_id: UUID, instrument: str) -> HttpResponse:
    """One questionnaire that was filled in: its day and its score, nothing that was not asked."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    asked = instruments().get(instrument)
    if asked is None or not asked.is_asked_here:
        raise Http404
    work = reads.work_to_add_to(parent)
    if not work:
        raise PermissionDenied
    form = RecordMeasureForm(posted(request), instrument=asked, work=work)
    said = []

    def save() -> None:
        key = own_key(form.cleaned_data["key"], parent.pk, request.user.pk)
        _, step = actions.record_measure(key=key, by=request.user, **form.for_action())
        said.append(TALK if step else "")

    if is_saved(form, save):
        messages.success(request, f"Saved, record {parent.reference}.{said[0]}")
        return redirect("measures:show_measures", parent_id)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "form": form,
        "label": reads.label_of(asked),
        "about": reads.about(asked),
    }
    return render(request, "programme/measures/record_measure.html", context)


@require_http_methods(["GET", "POST"])
def correct_measure(request: Request, parent_id: UUID, measure_id: UUID) -> HttpResponse:
    """A questionnaire put right; what it said before stays in its history."""
    measure = _own(parent_id, measure_id)
    asked = instruments().get(measure.instrument)
    if asked is None or not asked.is_asked_here:
        raise Http404
    form = CorrectMeasureForm(
        posted(request),
        measure=measure,
        instrument=asked,
        needs_reason=not is_free_to_change(measure, request.user.pk),
    )

    def save() -> None:
        actions.correct_measure(
            measure=measure,
            seen_version=form.cleaned_data["version"] or 0,
            reason=form.reason_given,
            by=request.user,
            **form.for_action(),
        )

    if is_saved(form, save):
        messages.success(request, f"Corrected, record {measure.episode.parent.reference}")
        return redirect("measures:show_measures", parent_id)
    return _form_page(request, "correct_measure", measure, form, label=reads.label_of(asked))


@require_http_methods(["GET", "POST"])
def take_off_measure(request: Request, parent_id: UUID, measure_id: UUID) -> HttpResponse:
    """A questionnaire that stands on this record by mistake."""
    measure = _own(parent_id, measure_id)
    form = TakeOffForm(posted(request))

    def save() -> None:
        actions.take_off_measure(measure=measure, by=request.user, **form.cleaned_data)

    if is_saved(form, save):
        messages.success(request, f"Taken off, record {measure.episode.parent.reference}")
        return redirect("measures:show_measures", parent_id)
    return _form_page(request, "take_off_measure", measure, form)


def _own(parent_id: UUID, measure_id: UUID) -> Measure:
    rows = Measure.objects.select_related("episode__parent", "episode__referral")
    measure = get_object_or_404(rows, pk=measure_id, episode__parent=parent_id)
    if not reads.may_change(measure):
        raise PermissionDenied
    return measure


def _form_page(
    request: Request,
    template: str,
    measure: Measure,
    form: CorrectMeasureForm | TakeOffForm,
    **more: str,
) -> HttpResponse:
    parent = measure.episode.parent
    context = {
        "parent": parent,
        "name": name_of(parent),
        "form": form,
        "measure": measure,
        **more,
    }
    return render(request, f"programme/measures/{template}.html", context)
