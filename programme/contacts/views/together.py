"""One visit with several people, typed once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request, posted
from programme.contacts import actions, reads
from programme.contacts.actions import Present
from programme.contacts.forms import TogetherForm
from programme.contacts.models import Contact
from programme.core.choices import ContactOutcome
from programme.core.errors import RuleBroken
from programme.drafts.actions import keep_draft
from programme.drafts.keeping import keeps_draft
from programme.drafts.reads import Page
from programme.people.models import Identity, Parent
from programme.people.reads import how_to_reach


@keeps_draft("Log a contact with several people")
@require_http_methods(["GET", "POST"])
def log_together(request: Request, parent_id: UUID) -> HttpResponse:
    """Each who was there gets a contact of their own: a shared part, and a part only theirs."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    identity = Identity.objects.filter(parent=parent).first()
    reach = how_to_reach(parent, identity)
    form = _form(request, parent, identity)
    if form and form.is_bound and form.is_apart and "apart" in request.POST:
        return _log_apart(request, form)
    if form and form.is_valid() and _saved(request, form):
        messages.success(request, f"Contact saved on {len(form.chosen_people())} records")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "reach": reach, "form": form}
    return render(request, "programme/contacts/log_together.html", context)


def _form(request: Request, parent: Parent, identity: Identity | None) -> TogetherForm | None:
    """The form, where there is somebody who may have been there too."""
    people = reads.people_there(parent, identity)
    if len(people) == 1:
        return None
    return TogetherForm(
        posted(request),
        people=people,
        places=reads.places_of(parent, request.rights),
        last_mode=reads.last_mode(parent, request.user, ContactOutcome.MET),
    )


def _saved(request: Request, form: TogetherForm) -> bool:
    """Whether all was stored as typed; else what to put right stands on the form."""
    said = form.for_action(request.user)
    try:
        stored = actions.record_together(by=request.user, **said)
    except RuleBroken as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        return False
    if [_as_said(one) for one in stored] == [_as_said(one) for one in said["people"]]:
        return True
    form.add_error(
        None,
        "You saved this already, in other words. Correct it on each record; what you typed now"
        " is still below.",
    )
    return False


def _as_said(one: Contact | Present) -> tuple[str, str, str, bool | None]:
    return one.note, str(one.outcome), one.missed_because, one.needs_met


def _log_apart(request: Request, form: TogetherForm) -> HttpResponse:
    """What was typed goes on as a draft for each of them: her words with her, his with him."""
    for one, key, words in form.apart(request.user):
        page = Page(one.parent.pk, "contacts:log_contact", "", "Log a contact")
        keep_draft(key=key, turn=1, page=page, words=words, by=request.user)
        if one is form.me:
            own = f"{reverse('contacts:log_contact', args=[one.parent.pk])}?draft={key}"
    messages.success(
        request,
        "Nothing is on a record yet. What you typed goes on apart: the first is below, each of"
        " the others waits with your drafts.",
    )
    return redirect(own)
