"""Assessments and meetings: shown, begun, completed, held, called off, put right."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.writing import is_free_to_change, own_key
from programme.assessments import actions, reads
from programme.assessments.forms import (
    ChangeAssessmentForm,
    ChangeMeetingForm,
    MeetingForm,
    StartAssessmentForm,
)
from programme.assessments.models import Assessment, Meeting
from programme.drafts.keeping import keeps_draft
from programme.episodes.models import Episode
from programme.episodes.pages import write_page
from programme.people.models import Parent
from programme.people.reads import name_of

BACK = ("assessments:show_meetings", "Assessments and meetings")


@require_GET
def show_meetings(request: Request, parent_id: UUID) -> HttpResponse:
    """Every assessment and meeting of the parent's work."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "plan": reads.plan_of(parent, request.rights.written),
        "may_add": bool(reads.work_to_add_to(parent, request.rights.written)),
    }
    return render(request, "programme/assessments/show_meetings.html", context)


@require_http_methods(["GET", "POST"])
def start_assessment(request: Request, parent_id: UUID) -> HttpResponse:
    """An assessment was begun."""
    parent, work = _parent_and_work(request, parent_id)
    about = reads.whom_it_may_be_about(parent)
    form = StartAssessmentForm(posted(request), work=work, about=about)

    def save() -> None:
        key = own_key(form.cleaned_data["key"], parent.pk, request.user.pk)
        actions.start_assessment(key=key, by=request.user, **form.for_action())

    return write_page(
        request,
        parent,
        form,
        save,
        heading="Record an assessment",
        button="Save assessment",
        back=BACK,
    )


@keeps_draft("An assessment")
@require_http_methods(["GET", "POST"])
def change_assessment(request: Request, parent_id: UUID, assessment_id: UUID) -> HttpResponse:
    """An assessment goes on, was completed, or will not be."""
    assessment = _own(request, Assessment, parent_id, assessment_id, Part.NOTES)
    form = ChangeAssessmentForm(
        posted(request), assessment=assessment, needs_reason=_needs_reason(request, assessment)
    )

    def save() -> None:
        actions.change_assessment(assessment=assessment, **_changed(request, form))

    title = assessment.get_kind_display()
    return write_page(
        request, assessment.episode.parent, form, save, heading=title, button="Save", back=BACK
    )


@require_http_methods(["GET", "POST"])
def record_meeting(request: Request, parent_id: UUID) -> HttpResponse:
    """A meeting is set, or was held."""
    parent, work = _parent_and_work(request, parent_id)
    form = MeetingForm(posted(request), work=work, parent_role=parent.parent_role)

    def save() -> None:
        key = own_key(form.cleaned_data["key"], parent.pk, request.user.pk)
        actions.record_meeting(key=key, by=request.user, **form.for_action())

    return write_page(
        request, parent, form, save, heading="Record a meeting", button="Save meeting", back=BACK
    )


@require_http_methods(["GET", "POST"])
def change_meeting(request: Request, parent_id: UUID, meeting_id: UUID) -> HttpResponse:
    """A meeting is moved, was held, or will not be."""
    meeting = _own(request, Meeting, parent_id, meeting_id, Part.ARRANGEMENTS)
    form = ChangeMeetingForm(
        posted(request), meeting=meeting, needs_reason=_needs_reason(request, meeting)
    )

    def save() -> None:
        actions.change_meeting(meeting=meeting, **_changed(request, form))

    return write_page(
        request,
        meeting.episode.parent,
        form,
        save,
        heading=meeting.get_kind_display(),
        button="Save",
        back=BACK,
    )


def _parent_and_work(request: Request, parent_id: UUID) -> tuple[Parent, list[Episode]]:
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    work = reads.work_to_add_to(parent, request.rights.written)
    if not work:
        raise PermissionDenied
    return parent, work


def _own(request: Request, model: Any, parent_id: UUID, key: UUID, part: Part) -> Any:
    rows = model.objects.select_related("episode__parent", "episode__programme")
    row = get_object_or_404(rows, pk=key, episode__parent=parent_id)
    if not reads.may_change(row, part, request.rights.written):
        raise PermissionDenied
    return row


def _needs_reason(request: Request, row: Assessment | Meeting) -> bool:
    return not reads.is_open(row) and not is_free_to_change(row, request.user.pk)


def _changed(request: Request, form: ChangeAssessmentForm | ChangeMeetingForm) -> dict[str, Any]:
    seen = {"seen_version": form.cleaned_data["version"] or 0, "reason": form.reason_given}
    return {"by": request.user, **seen, **form.for_action()}
