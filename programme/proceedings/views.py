"""Court on a parent's record: sets, dates, hearings, who stands for the parent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.court import writes_from_papers
from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import is_free_to_change, own_key
from programme.core.choices import HearingOutcome
from programme.people.models import Parent
from programme.people.reads import name_of
from programme.proceedings import actions, forms, reads
from programme.proceedings.models import Hearing, Proceedings, ProceedingsParent
from recurrent.design.forms import Form


@require_GET
def show_court(request: Request, parent_id: UUID) -> HttpResponse:
    """Every set this parent is party to, with its dates, hearings and orders."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    may_add = request.parts.get(Part.COURT, False)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "sets": reads.court_of(parent),
        "may_add": may_add,
        "from_papers": may_add and writes_from_papers(request.user, parent_id),
    }
    return render(request, "programme/proceedings/show_court.html", context)


@require_http_methods(["GET", "POST"])
def add_set(request: Request, parent_id: UUID) -> HttpResponse:
    """A new set, begun with the first date that is known of it."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = forms.SetForm(
        posted(request), from_papers=writes_from_papers(request.user, parent_id), children=()
    )

    def save(key: UUID) -> object:
        return actions.add_set(
            key=key,
            parent=parent,
            dated=form.dated(),
            said=form.said(),
            court_reference=form.cleaned_data.get("court_reference", ""),
            by=request.user,
        )

    return _answer(request, parent, form, save, "add_set", "Court proceedings saved")


@require_http_methods(["GET", "POST"])
def add_date(request: Request, parent_id: UUID, set_id: UUID) -> HttpResponse:
    """What one more source says about a set; nothing earlier is overwritten."""
    parent, proceedings = _set_or_404(parent_id, set_id)
    form = forms.DateForm(
        posted(request),
        from_papers=writes_from_papers(request.user, parent_id),
        children=reads.children_of(parent),
    )

    def save(key: UUID) -> object:
        return actions.add_date(
            key=key,
            proceedings=proceedings,
            parent=parent,
            dated=form.dated(),
            said=form.said(),
            by=request.user,
        )

    return _answer(request, parent, form, save, "add_date", "Date saved")


@require_http_methods(["GET", "POST"])
def add_hearing(request: Request, parent_id: UUID, set_id: UUID) -> HttpResponse:
    """A hearing to come, or one that was."""
    parent, proceedings = _set_or_404(parent_id, set_id)
    form = forms.HearingForm(
        posted(request), from_papers=writes_from_papers(request.user, parent_id)
    )

    def save(key: UUID) -> object:
        return actions.add_hearing(
            key=key,
            proceedings=proceedings,
            parent=parent,
            sitting=form.sitting(),
            said=form.said(),
            by=request.user,
        )

    return _answer(request, parent, form, save, "add_hearing", "Hearing saved")


@require_http_methods(["GET", "POST"])
def change_hearing(request: Request, parent_id: UUID, hearing_id: UUID) -> HttpResponse:
    """A hearing was held, moved or called off."""
    parent, hearing = _hearing_or_404(parent_id, hearing_id)
    form = forms.HearingChangeForm(
        posted(request),
        hearing=hearing,
        from_papers=writes_from_papers(request.user, parent_id),
        needs_reason=bool(hearing.outcome) and not is_free_to_change(hearing, request.user.pk),
    )

    def save(key: UUID) -> object:
        return _save_change(request, parent, hearing, form, key)

    more = {"hearing": hearing}
    return _answer(request, parent, form, save, "change_hearing", "Hearing saved", **more)


@require_http_methods(["GET", "POST"])
def ask_company(request: Request, parent_id: UUID, hearing_id: UUID) -> HttpResponse:
    """Whether the parent wants somebody along; every answer is kept, the newest holds."""
    parent, hearing = _hearing_or_404(parent_id, hearing_id)
    form = forms.CompanyForm(posted(request))

    def save(key: UUID) -> object:
        return actions.record_company(
            key=key,
            hearing=hearing,
            parent=parent,
            is_wanted=form.cleaned_data["is_wanted"],
            who=form.cleaned_data["who"],
            by=request.user,
        )

    more = {"hearing": hearing}
    return _answer(request, parent, form, save, "ask_company", "Answer saved", **more)


@require_http_methods(["GET", "POST"])
def record_representation(request: Request, parent_id: UUID, set_id: UUID) -> HttpResponse:
    """Who stood for the parent at the first hearing, and who does now; the answers so far stand."""
    link = _link_or_404(parent_id, set_id)
    parent, proceedings = link.parent, link.proceedings
    said = reads.who_stands_for(parent, [set_id]).get(set_id)
    form = forms.RepresentationForm(posted(request), link=link, said=said)

    def save(key: UUID) -> object:
        return actions.record_representation(
            key=key,
            proceedings=proceedings,
            parent=parent,
            said=form.said(),
            by=request.user,
            **form.answers(),
        )

    return _answer(request, parent, form, save, "record_representation", "Saved")


@require_http_methods(["GET", "POST"])
def name_people(request: Request, parent_id: UUID, set_id: UUID) -> HttpResponse:
    """The children a set is about, and the other parents who are party to it."""
    parent, proceedings = _set_or_404(parent_id, set_id)
    children = reads.children_to_name(parent, proceedings)
    parents = reads.other_parents_to_name(parent, proceedings)
    form = forms.PeopleForm(posted(request), children=children, parents=parents)

    def save(key: UUID) -> object:
        chosen = {*form.cleaned_data.get("children", ()), *form.cleaned_data.get("parents", ())}
        return actions.name_people(
            proceedings=proceedings,
            parent=parent,
            children=[child for child in children if str(child.pk) in chosen],
            parents=[other for other, _ in parents if str(other.pk) in chosen],
            by=request.user,
        )

    more = {"offers": form.fields, "proceedings": proceedings}
    return _answer(request, parent, form, save, "name_people", "Saved", **more)


@require_http_methods(["GET", "POST"])
def take_off_people(request: Request, parent_id: UUID, set_id: UUID) -> HttpResponse:
    """Who was named on that page by mistake comes off the set, with a reason."""
    parent, proceedings = _set_or_404(parent_id, set_id)
    named = reads.named_by_hand(parent, proceedings)
    form = forms.MistakeForm(posted(request), named=named)

    def save(key: UUID) -> object:
        chosen = form.cleaned_data.get("people", ())
        return actions.take_off_people(
            proceedings=proceedings,
            parent=parent,
            named=[row for row, _ in named if str(row.pk) in chosen],
            because=form.cleaned_data["because"],
            by=request.user,
        )

    return _answer(request, parent, form, save, "take_off_people", "Saved", offers=named)


# --- Answering ------------------------------------------------------------------------------


def _answer(
    request: Request,
    parent: Parent,
    form: Form,
    save: Callable[[UUID], object],
    page: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """Saves what was typed and goes back to court, or shows the page with what to put right."""

    def save_once() -> object:
        typed = form.cleaned_data.get("key")
        return save(own_key(typed, parent.pk, request.user.pk) if typed else parent.pk)

    if is_saved(form, save_once):
        messages.success(request, f"{done}, record {parent.reference}")
        return redirect("proceedings:show_court", parent.pk)
    context = {"parent": parent, "name": name_of(parent), "form": form, **more}
    return render(request, f"programme/proceedings/{page}.html", context)


def _save_change(
    request: Request,
    parent: Parent,
    hearing: Hearing,
    form: forms.HearingChangeForm,
    key: UUID,
) -> object:
    typed = form.cleaned_data
    if typed["outcome"] == HearingOutcome.MOVED:
        return actions.move_hearing(
            key=key,
            hearing=hearing,
            parent=parent,
            held_on=typed["held_on"],
            begins_at=typed["begins_at"],
            said=form.said(),
            seen_version=typed["version"],
            by=request.user,
        )
    return actions.record_outcome(
        hearing=hearing,
        parent=parent,
        outcome=typed["outcome"],
        what_came_of_it=typed["what_came_of_it"],
        said=form.said(),
        seen_version=typed["version"],
        reason=form.reason_given,
        by=request.user,
    )


def _set_or_404(parent_id: UUID, set_id: UUID) -> tuple[Parent, Proceedings]:
    """The parent and one of the sets this parent is party to."""
    link = _link_or_404(parent_id, set_id)
    return link.parent, link.proceedings


def _link_or_404(parent_id: UUID, set_id: UUID) -> ProceedingsParent:
    links = ProceedingsParent.objects.select_related("parent", "proceedings")
    return get_object_or_404(links, parent=parent_id, proceedings=set_id)


def _hearing_or_404(parent_id: UUID, hearing_id: UUID) -> tuple[Parent, Hearing]:
    """The parent and a hearing of one of the sets; never what another parent told us."""
    hers = Q(parent=None) | Q(parent=parent_id)
    hearing = get_object_or_404(Hearing.objects.filter(hers), pk=hearing_id)
    parent, _ = _set_or_404(parent_id, hearing.proceedings_id)
    return parent, hearing
