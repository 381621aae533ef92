"""The groups of a programme, one group with its dates, who may come, one date's register."""

from copy import copy
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.policy import GROUP_WORKERS
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import own_key
from programme.core.errors import RuleBroken
from programme.groups import actions, reads
from programme.groups.forms import GroupForm, PeopleForm, RegisterForm, RenameForm, SessionsForm
from programme.groups.models import Group, GroupSession
from programme.pathways.models import Programme


@require_GET
def list_groups(request: Request) -> HttpResponse:
    """The groups and drop-ins of the reader's programmes."""
    groups = reads.groups_in(request.holdings.programmes(*GROUP_WORKERS))
    return render(request, "programme/groups/list_groups.html", {"groups": groups})


@require_http_methods(["GET", "POST"])
def add_group(request: Request) -> HttpResponse:
    """A new group or drop-in."""
    own = request.holdings.programmes(*GROUP_WORKERS)
    programmes = Programme.objects.filter(pk__in=own).order_by("name")
    form = GroupForm(posted(request), programmes=list(programmes))
    if form.is_valid():
        typed = form.for_action()
        typed["key"] = own_key(typed["key"], typed["programme"].pk, request.user.pk)
        group = actions.begin_group(by=request.user, **typed)
        messages.success(request, "Group saved. Now add its dates, and who may come.")
        return redirect("groups:show_group", group.pk)
    return render(request, "programme/groups/add_group.html", {"form": form})


@require_GET
def show_group(request: Request, group_id: UUID) -> HttpResponse:
    """One group with its dates; it names nobody."""
    group = _group(request, group_id)
    context = {"group": group, "dates": reads.dates_of(group)}
    return render(request, "programme/groups/show_group.html", context)


@require_http_methods(["GET", "POST"])
def rename_group(request: Request, group_id: UUID) -> HttpResponse:
    """A group called otherwise."""
    group = _group(request, group_id)
    form = RenameForm(posted(request), group=group)
    if is_saved(form, lambda: _rename(request, group, form)):
        messages.success(request, "Name saved")
        return redirect("groups:show_group", group_id)
    return render(request, "programme/groups/rename_group.html", {"group": group, "form": form})


@require_http_methods(["GET", "POST"])
def add_sessions(request: Request, group_id: UUID) -> HttpResponse:
    """One date, or several, as often as is said."""
    group = _group(request, group_id)
    form = SessionsForm(posted(request))
    if form.is_valid():
        actions.plan_sessions(group=group, by=request.user, **form.cleaned_data)
        messages.success(request, "Dates saved")
        return redirect("groups:show_group", group_id)
    return render(request, "programme/groups/add_sessions.html", {"group": group, "form": form})


@require_http_methods(["GET", "POST"])
def choose_people(request: Request, group_id: UUID) -> HttpResponse:
    """Who may come, among those whom the reader works with."""
    group = _group(request, group_id)
    people = reads.choosable(group)
    request.listed = [one.parent.pk for one in people]
    before = [str(key) for key in reads.may_come(group)]
    form = PeopleForm(posted(request), people=people, initial={"people": before})
    if form.is_valid():
        actions.choose_people(group=group, by=request.user, **form.for_action())
        messages.success(request, "People saved")
        return redirect("groups:show_group", group_id)
    context = {"group": group, "form": form, "people": people}
    return render(request, "programme/groups/choose_people.html", context)


@require_http_methods(["GET", "POST"])
def mark_register(request: Request, session_id: UUID) -> HttpResponse:
    """The register of one date: one tap a person, then one to save."""
    session = _session(request, session_id)
    lines = reads.register_of(session)
    request.listed = [line.person.parent.pk for line in lines]
    form = RegisterForm(posted(request), session=session, lines=lines)
    if is_saved(form, lambda: _save(request, session, form)):
        messages.success(request, "Register saved")
        return redirect("groups:show_group", session.group_id)
    others = [line for line in lines if not line.may_mark]
    context = {"session": session, "group": session.group, "form": form, "others": others}
    return render(request, "programme/groups/mark_register.html", context)


@require_POST
def cancel_session(request: Request, session_id: UUID) -> HttpResponse:
    """One date does not take place; the others stay."""
    session = _session(request, session_id)
    try:
        actions.cancel_session(session=session, by=request.user)
    except RuleBroken as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, "Date cancelled")
    return redirect("groups:show_group", session.group_id)


def _rename(request: Request, group: Group, form: RenameForm) -> None:
    typed = form.cleaned_data
    renamed = copy(group)
    actions.rename_group(
        group=renamed, name=typed["name"], seen_version=typed["version"], by=request.user
    )


def _save(request: Request, session: GroupSession, form: RegisterForm) -> None:
    actions.save_register(session=session, by=request.user, **form.for_action())


def _group(request: Request, group_id: UUID) -> Group:
    group = get_object_or_404(Group.objects.select_related("programme"), pk=group_id)
    _refuse_elsewhere(request, group)
    return group


def _session(request: Request, session_id: UUID) -> GroupSession:
    rows = GroupSession.objects.select_related("group__programme")
    session = get_object_or_404(rows, pk=session_id)
    _refuse_elsewhere(request, session.group)
    return session


def _refuse_elsewhere(request: Request, group: Group) -> None:
    if group.programme_id not in request.holdings.programmes(*GROUP_WORKERS):
        raise Http404
