"""One visit with several people, typed once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from programme.access.requests import Request, posted
from programme.contacts import actions, reads
from programme.contacts.forms import TogetherForm
from programme.core.choices import ContactOutcome
from programme.core.errors import RuleBroken
from programme.drafts.keeping import keeps_draft
from programme.people.models import Parent
from programme.people.reads import how_to_reach


@keeps_draft("Log a contact with several people")
@require_http_methods(["GET", "POST"])
def log_together(request: Request, parent_id: UUID) -> HttpResponse:
    """Each who was there gets a contact of their own: a shared part, and a part only theirs."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    reach = how_to_reach(parent)
    form = _form(request, parent, reach.name)
    if form and form.is_valid() and _saved(request, form):
        messages.success(request, f"Contact saved on {len(form.chosen_people())} records")
        return redirect("desk:show_parent", parent_id)
    context = {"parent": parent, "reach": reach, "form": form}
    return render(request, "programme/contacts/log_together.html", context)


def _form(request: Request, parent: Parent, name: str) -> TogetherForm | None:
    """The form, where there is somebody who may have been there too."""
    others = reads.others_there(parent)
    if not others:
        return None
    me = reads.There(parent, name, (), bool(reads.tell_of_risk([parent])))
    return TogetherForm(
        posted(request),
        me=me,
        others=others,
        places=reads.places_of(parent, request.rights),
        last_mode=reads.last_mode(parent, request.user, ContactOutcome.MET),
    )


def _saved(request: Request, form: TogetherForm) -> bool:
    """Whether all was stored as typed; else what to put right stands on the form."""
    said = form.for_action(request.user)
    try:
        stored = actions.record_together(by=request.user, **said)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    if [one.note for one in stored] == [one.note for one in said["people"]]:
        return True
    form.add_error(
        None,
        "You saved this already, in other words. Correct it on each record; what you typed now"
        " is still below.",
    )
    return False
