"""Is this the same person? Joining two records, parting them, and what waits for a keeper."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.holdings import written_in
from programme.access.parts import Part, Role
from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, own_key
from programme.core.errors import RuleBroken
from programme.joining import actions
from programme.joining.forms import (
    AnswerMatchForm,
    JoinRecordsForm,
    LookForSameForm,
    UndoJoinForm,
)
from programme.joining.models import Merge, PossibleMatch
from programme.joining.reads import pages
from programme.joining.reads.alike import kept_apart_from
from programme.joining.reads.records import (
    joined_with,
    match_line,
    match_lines,
    open_in_both,
    waiting_matches,
)
from programme.pathways.models import Programme
from programme.people.models import Parent
from programme.people.reads import name_of

ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
def look_for_same(request: Request, parent_id: UUID) -> HttpResponse:
    """Who may be the same person, side by side; who is not; and a look among all records."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    typed = posted(request)
    # Whom she said is somebody else is not suggested, but may be said once more.
    found = pages.found_for(parent, even_if_said=bool(typed))
    apart = kept_apart_from(parent)
    request.listed = [one.alike.parent_id for one in found] + [one.pk for one in apart]
    form = LookForSameForm(typed, found=[one.alike for one in found], apart=apart)
    if form.is_valid():
        _save_what_was_said(request, parent, form)
        return redirect("joining:look_for_same", parent_id)
    is_senior = Role.SENIOR in request.holdings.roles
    context = {
        "parent": parent,
        "name": name_of(parent),
        "found": found,
        "form": form,
        "joined": joined_with(parent),
        "is_senior": is_senior,
        "may_join": pages.may_be_joined(found) if is_senior else set(),
    }
    return render(request, "programme/joining/look_for_same.html", context)


def _save_what_was_said(request: Request, parent: Parent, form: LookForSameForm) -> None:
    others = Parent.objects.filter(pk__in=form.not_the_same()).order_by("pk")
    actions.say_not_the_same(parent=parent, others=others, by=request.user)
    again = Parent.objects.filter(pk__in=form.same_as_before()).order_by("pk")
    if again:
        why = form.cleaned_data["why"]
        actions.take_back_not_the_same(parent=parent, others=again, why=why, by=request.user)
    if form.cleaned_data["ask_keepers"]:
        own = Programme.objects.filter(pk__in=written_in(parent.pk)[Part.CORE]).order_by("name")
        actions.ask_keepers(parent=parent, programme=own[0], by=request.user)
        messages.success(request, "Asked. If another record fits, whoever keeps it is told")
    elif again:
        messages.success(request, "Saved. They may be suggested together again")
    else:
        messages.success(request, "Saved. They are not suggested together again")


@require_http_methods(["GET", "POST"])
def join_records(request: Request, parent_id: UUID, other_id: UUID) -> HttpResponse:
    """What joining does, why these are one person, and one button."""
    kept = get_object_or_404(Parent.objects, pk=parent_id)
    absorbed = pages.parents_to_join(other_id).first()
    if absorbed is None:
        # Asked in this order: somebody may be joining the two at this moment.
        if Merge.objects.filter(kept=kept, absorbed=other_id, undone_at=None).exists():
            return redirect("desk:show_parent", parent_id)
        request.refused_id = other_id
        raise Http404
    request.listed = [absorbed.pk]
    typed = posted(request)
    names = {"kept": kept.reference, "absorbed": absorbed.reference}
    form = JoinRecordsForm(typed, pairs=open_in_both(kept, absorbed), names=names)
    if form.is_valid() and _join(request, kept, absorbed, form):
        said = f"Joined. Record {absorbed.reference} leads to record {kept.reference} now"
        messages.success(request, said)
        return redirect("desk:show_parent", parent_id)
    context = {"parent": kept, "absorbed": absorbed, "form": form}
    context |= pages.what_joining_does(kept, absorbed)
    return render(request, "programme/joining/join_records.html", context)


def _join(request: Request, kept: Parent, absorbed: Parent, form: JoinRecordsForm) -> bool:
    key = own_key(form.cleaned_data["key"], kept.pk, request.user.pk)
    try:
        actions.join_records(key=key, **form.for_action(kept, absorbed, request.user))
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    return True


@require_http_methods(["GET", "POST"])
def undo_join(request: Request, parent_id: UUID, merge_id: UUID) -> HttpResponse:
    """Parts two records again, as they were; what was written since stays, and the page says so."""
    kept = get_object_or_404(Parent.objects, pk=parent_id)
    merge = get_object_or_404(Merge.objects.select_related("joined_by"), pk=merge_id, kept=kept)
    if merge.undone_at:
        return redirect("desk:show_parent", parent_id)
    form = UndoJoinForm(posted(request))
    if form.is_valid():
        try:
            actions.undo_join(merge=merge, by=request.user, **form.cleaned_data)
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        else:
            messages.success(request, f"Parted. Record {merge.absorbed_reference} is back")
            return redirect("desk:show_parent", parent_id)
    context = {"parent": kept, "name": name_of(kept), "merge": merge, "form": form}
    return render(request, "programme/joining/undo_join.html", context)


@require_GET
def list_possible_matches(request: Request) -> HttpResponse:
    """Whom another team met and who may be a parent whose record the reader keeps."""
    page = Paginator(waiting_matches(), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = match_lines(page.object_list)
    request.listed = [line.match.parent_id for line in lines]
    context = {"lines": lines, "page": page}
    return render(request, "programme/joining/list_possible_matches.html", context)


@require_http_methods(["GET", "POST"])
def answer_possible_match(request: Request, parent_id: UUID, match_id: UUID) -> HttpResponse:
    """What fits, whom to speak to, and what the keeper found out."""
    line = match_line(parent_id, match_id)
    if line is None:
        raise Http404
    typed = posted(request)
    form = AnswerMatchForm(typed, initial={"version": line.match.version})
    if not line.match.answer and form.is_valid() and _answer(request, line.match, form):
        messages.success(request, "Answer saved")
        return redirect("joining:list_possible_matches")
    context = {"line": line, "match": line.match, "form": form}
    return render(request, "programme/joining/answer_possible_match.html", context)


def _answer(request: Request, match: PossibleMatch, form: AnswerMatchForm) -> bool:
    try:
        actions.answer_possible_match(**form.for_action(match, request.user))
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        form.add_error(None, "Someone else has answered this meanwhile.")
    else:
        return True
    match.refresh_from_db()
    return False
