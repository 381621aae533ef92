"""The family page; couples; days to mind; who was once a child of another record."""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import is_free_to_change
from programme.families import actions
from programme.families.drawing import NARROW, WIDE, drawing_of
from programme.families.forms.children import TakeOffForm
from programme.families.forms.family import (
    CorrectPartnershipForm,
    ImportantDateForm,
    PartnershipForm,
    SamePersonForm,
)
from programme.families.models import ImportantDate
from programme.families.reads import days, offers
from programme.families.reads.circle import circle_of
from programme.families.views.page import back_to_family, form_page, key_of
from programme.people.models import Child, Parent, Partnership, SamePerson
from programme.people.reads import open_children


@require_GET
def show_family(request: Request, parent_id: UUID) -> HttpResponse:
    """Everybody around a parent, drawn and as a list."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    circle = circle_of(parent, request.parts)
    context = {
        "parent": parent,
        "circle": circle,
        "drawings": [drawing_of(circle, NARROW), drawing_of(circle, WIDE)],
        "dates": ImportantDate.objects.filter(parent=parent).order_by("day", "stored_at"),
        "prompts_are_on": days.are_on(parent.pk),
        "may_change": request.parts.get(Part.CORE, False),
        "may_say_where": request.parts.get(Part.OUTCOMES, False),
        "reads_notes": Part.NOTES in request.parts,
    }
    return render(request, "programme/families/show_family.html", context)


@require_http_methods(["GET", "POST"])
def record_partnership(request: Request, parent_id: UUID) -> HttpResponse:
    """A spell as one of a couple, on this parent's record only."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    known, members = offers.others_with_records(parent), offers.members_of(parent)
    form = PartnershipForm(posted(request), parents=known, members=members)

    def save() -> None:
        actions.record_partnership(
            key=key_of(request, parent, form),
            spell=form.put_on(Partnership(parent=parent)),
            new_member=form.new_member(),
            by=request.user,
        )

    if is_saved(form, save):
        return back_to_family(request, parent, "Partnership saved")
    return form_page(request, "record_partnership", parent, form)


@require_http_methods(["GET", "POST"])
def correct_partnership(request: Request, parent_id: UUID, spell_id: UUID) -> HttpResponse:
    """A spell ended, or its days put right."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    spell = get_object_or_404(Partnership.objects, pk=spell_id, parent=parent_id)
    shown = {name: getattr(spell, name) for name in ("started_on", "ended_on", "version")}
    needs_reason = not is_free_to_change(spell, request.user.pk)
    form = CorrectPartnershipForm(posted(request), initial=shown, needs_reason=needs_reason)

    def save() -> None:
        seen = form.cleaned_data["version"]
        changed = form.put_on(spell)
        actions.correct_partnership(
            spell=changed,
            parent=parent,
            seen_version=seen,
            reason=form.reason_given,
            by=request.user,
        )

    if is_saved(form, save):
        return back_to_family(request, parent, "Partnership corrected")
    return form_page(request, "correct_partnership", parent, form)


@require_http_methods(["GET", "POST"])
def add_important_date(request: Request, parent_id: UUID) -> HttpResponse:
    """A day that matters to this parent."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = ImportantDateForm(posted(request))

    def save() -> None:
        typed = {**form.cleaned_data, "key": key_of(request, parent, form)}
        actions.add_important_date(parent=parent, by=request.user, **typed)

    if is_saved(form, save):
        return back_to_family(request, parent, "Day saved")
    return form_page(request, "add_important_date", parent, form)


@require_POST
def remove_important_date(request: Request, parent_id: UUID, date_id: UUID) -> HttpResponse:
    """A day taken off the record."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    row = ImportantDate.objects.filter(pk=date_id, parent=parent).first()
    if row:
        actions.remove_important_date(row=row, parent=parent, by=request.user)
    elif not ImportantDate.history.filter(id=date_id, parent=parent).exists():
        raise Http404
    return back_to_family(request, parent, "Day taken off")


@require_POST
def switch_prompts(request: Request, parent_id: UUID) -> HttpResponse:
    """The team is reminded of this parent's days, or no longer."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    are_on = request.POST.get("are_on") == "yes"
    actions.switch_prompts(parent=parent, are_on=are_on, by=request.user)
    return back_to_family(request, parent, "Reminders are on" if are_on else "Reminders are off")


@require_http_methods(["GET", "POST"])
def take_off_same_person(request: Request, parent_id: UUID, same_id: UUID) -> HttpResponse:
    """A child and a parent who are two people after all; from the record of either."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    rows = SamePerson.objects.filter(Q(parent=parent) | Q(child__in=open_children(parent)))
    row = rows.filter(pk=same_id).first()
    if row is None and not SamePerson.history.filter(id=same_id, parent=parent).exists():
        raise Http404
    form = TakeOffForm(posted(request))

    def save() -> None:
        if row:
            actions.take_off_same_person(
                row=row, parent=parent, by=request.user, **form.cleaned_data
            )

    if is_saved(form, save):
        return back_to_family(request, parent, "Taken off")
    return form_page(request, "take_off_same_person", parent, form)


@require_http_methods(["GET", "POST"])
def find_same_person(request: Request, parent_id: UUID) -> HttpResponse:
    """The child of another record who this parent once was."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    children = offers.children_of_the_same_day(parent)
    form = SamePersonForm(posted(request), children=children)

    def save() -> None:
        child = Child.objects.get(pk=form.cleaned_data["child"])
        key = key_of(request, parent, form)
        actions.find_same_person(key=key, parent=parent, child=child, by=request.user)

    if children and is_saved(form, save):
        return back_to_family(request, parent, "Saved")
    return form_page(request, "find_same_person", parent, form if children else None)
