"""A child added, put right, linked; where a child lives; time together."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from programme.access.held import opens_the_child
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import is_free_to_change
from programme.families import actions
from programme.families.forms.children import (
    NOBODY,
    OF_A_CHILD,
    AddChildForm,
    ChangeFamilyTimeForm,
    CircumstanceForm,
    CorrectChildForm,
    FamilyTimeForm,
    LinkChildForm,
    RelationForm,
    TakeOffForm,
)
from programme.families.models import FamilyTime
from programme.families.reads import offers
from programme.families.reads.people import name_of_child
from programme.families.views.page import back_to_family, form_page, key_of
from programme.people.models import Child, Parent, ParentChild
from programme.people.reads import open_children


@require_http_methods(["GET", "POST"])
def add_child(request: Request, parent_id: UUID) -> HttpResponse:
    """A child who is on no other record the reader may see."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    members = offers.members_of(parent)
    form = AddChildForm(
        posted(request),
        pregnancies=offers.pregnancies_of(parent),
        members={key: one.name for key, one in members.items()},
    )

    def save() -> None:
        typed = form.cleaned_data
        member = typed.get("other_member")
        actions.add_child(
            key=key_of(request, parent, form),
            parent=parent,
            child=form.put_on(Child()),
            relation=typed["relation"],
            other_member=members[UUID(member)] if member else None,
            by=request.user,
        )

    if is_saved(form, save):
        return back_to_family(request, parent, "Child added")
    return form_page(request, "add_child", parent, form)


@require_http_methods(["GET", "POST"])
def correct_child(request: Request, parent_id: UUID, child_id: UUID) -> HttpResponse:
    """What is held of a child put right; its history keeps what it was."""
    parent, child = _of(parent_id, child_id)
    shown = {name: getattr(child, name) for name in (*OF_A_CHILD, "version")}
    form = CorrectChildForm(
        posted(request),
        initial={**shown, "pregnancy": child.pregnancy_id},
        pregnancies=offers.pregnancies_of(parent, child),
        needs_reason=not is_free_to_change(child, request.user.pk),
    )

    def save() -> None:
        seen = form.cleaned_data["version"]
        corrected = form.put_on(child)
        actions.correct_child(
            child=corrected,
            parent=parent,
            seen_version=seen,
            reason=form.reason_given,
            by=request.user,
        )

    if is_saved(form, save):
        return back_to_family(request, parent, "Child corrected")
    return form_page(request, "correct_child", parent, form)


@require_http_methods(["GET", "POST"])
def link_child(request: Request, parent_id: UUID) -> HttpResponse:
    """A child of a partner or other parent, on this record too."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    children = offers.children_to_link(parent, and_linked=request.method == "POST")
    form = LinkChildForm(posted(request), children=children)

    def save() -> None:
        typed = form.cleaned_data
        actions.link_child(
            key=key_of(request, parent, form),
            parent=parent,
            child=Child.objects.get(pk=typed["child"]),
            relation=typed["relation"],
            by=request.user,
        )

    if children and is_saved(form, save):
        return back_to_family(request, parent, "Child linked")
    return form_page(request, "link_child", parent, form if children else None)


@require_http_methods(["GET", "POST"])
def correct_relation(request: Request, parent_id: UUID, link_id: UUID) -> HttpResponse:
    """What this parent is to a child, and who the other parent is."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    open_links = ParentChild.objects.filter(opens_the_child(), parent=parent)
    link = get_object_or_404(open_links.select_related("child"), pk=link_id)
    members = offers.members_of(parent)
    named = offers.other_member_of(parent, link.child)
    shown = {"relation": link.relation, "version": link.version, "other_member": named or NOBODY}
    names = {key: one.name for key, one in members.items()}
    needs_reason = not is_free_to_change(link, request.user.pk)
    form = RelationForm(posted(request), initial=shown, members=names, needs_reason=needs_reason)

    def save() -> None:
        typed = form.cleaned_data
        link.relation, chosen = typed["relation"], typed["other_member"]
        actions.correct_relation(
            link=link,
            parent=parent,
            seen_version=typed["version"],
            reason=form.reason_given,
            by=request.user,
        )
        actions.name_other_parent(
            key=key_of(request, parent, form),
            parent=parent,
            child=link.child,
            member=None if chosen == NOBODY else members[UUID(chosen)],
            by=request.user,
        )

    if is_saved(form, save):
        return back_to_family(request, parent, "Corrected")
    return form_page(
        request, "correct_relation", parent, form, link=link, child=name_of_child(link.child)
    )


@require_http_methods(["GET", "POST"])
def take_off_child(request: Request, parent_id: UUID, link_id: UUID) -> HttpResponse:
    """A child who came on this record by mistake; no other record changes."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    link = get_object_or_404(ParentChild.objects, pk=link_id, parent=parent)
    form = TakeOffForm(posted(request))

    def save() -> None:
        actions.take_off_child(link=link, parent=parent, by=request.user, **form.cleaned_data)

    if is_saved(form, save):
        return back_to_family(request, parent, "Child taken off")
    return form_page(request, "take_off_child", parent, form, child=offers.name_by_link(link))


@require_http_methods(["GET", "POST"])
def record_circumstance(request: Request, parent_id: UUID, child_id: UUID) -> HttpResponse:
    """Where a child lives from a day on, and under which plan; never an address."""
    parent, child = _of(parent_id, child_id)
    form = CircumstanceForm(posted(request))

    def save() -> None:
        typed = {**form.cleaned_data, "key": key_of(request, parent, form)}
        actions.record_circumstance(parent=parent, child=child, by=request.user, **typed)

    if is_saved(form, save):
        return back_to_family(request, parent, "Saved where the child lives")
    return form_page(request, "record_circumstance", parent, form, child=name_of_child(child))


@require_http_methods(["GET", "POST"])
def agree_family_time(request: Request, parent_id: UUID, child_id: UUID) -> HttpResponse:
    """How this parent and this child keep in touch."""
    parent, child = _of(parent_id, child_id)
    form = FamilyTimeForm(posted(request))

    def save() -> None:
        arrangement = form.put_on(FamilyTime(parent=parent, child=child))
        key = key_of(request, parent, form)
        actions.agree_family_time(key=key, arrangement=arrangement, by=request.user)

    if is_saved(form, save):
        return back_to_family(request, parent, "Family time saved")
    return form_page(request, "agree_family_time", parent, form, child=name_of_child(child))


@require_http_methods(["GET", "POST"])
def change_family_time(request: Request, parent_id: UUID, time_id: UUID) -> HttpResponse:
    """An arrangement put right, or ended."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    row = get_object_or_404(FamilyTime.objects, pk=time_id, parent=parent_id)
    names = ("kind", "how_often", "with_whom", "agreed_on", "ended_on", "version")
    shown = {name: getattr(row, name) for name in names}
    shown["months"] = [str(number) for number in row.month_numbers]
    needs_reason = not is_free_to_change(row, request.user.pk)
    form = ChangeFamilyTimeForm(posted(request), initial=shown, needs_reason=needs_reason)

    def save() -> None:
        seen = form.cleaned_data["version"]
        changed = form.put_on(row)
        actions.change_family_time(
            arrangement=changed,
            parent=parent,
            seen_version=seen,
            reason=form.reason_given,
            by=request.user,
        )

    if is_saved(form, save):
        return back_to_family(request, parent, "Family time changed")
    return form_page(request, "change_family_time", parent, form)


def _of(parent_id: UUID, child_id: UUID) -> tuple[Parent, Child]:
    """A parent, and a child of theirs whose row the link opens; else as if there were none."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    child = get_object_or_404(Child.objects.filter(pk__in=open_children(parent)), pk=child_id)
    return parent, child
