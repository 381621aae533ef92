"""Logging a contact, trying without an answer, putting a contact right, next steps."""

from copy import copy
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import last_changed_by
from programme.access.scope import ask_only_about
from programme.access.writing import ChangedMeanwhile, is_free_to_change, own_key
from programme.contacts import actions, reads
from programme.contacts.forms import (
    CorrectContactForm,
    LogContactForm,
    NextStepForm,
    NoAnswerForm,
)
from programme.contacts.models import Contact, NextStep
from programme.core.choices import ContactMode, ContactOutcome
from programme.core.errors import RuleBroken
from programme.core.together import ask_together
from programme.drafts.keeping import keeps_draft
from programme.people.models import Identity, Parent
from programme.people.reads import how_to_reach, name_of, need_of, rules_of
from recurrent.design.both import Both


@keeps_draft("Log a contact")
@require_http_methods(["GET", "POST"])
def log_contact(request: Request, parent_id: UUID) -> HttpResponse:
    """One page to log a contact; the button that saves it says what happened."""
    ask_only_about([parent_id])
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    asked = reads.LogQuestions.of(parent, request.user, ContactOutcome.MET)
    served, known = reads.ServedQuestions.of([parent_id]), Identity.objects.filter(parent=parent)
    rules = rules_of(parent)
    ask_together(asked, served, known, rules)
    identity = next(iter(known), None)
    form = LogContactForm(
        posted(request),
        places=reads.places_of(parent, request.rights, asked),
        last_mode=_mode_asked(request) or next(iter(asked.modes), ""),
        asked=reads.asked_about(parent, need_of(identity), served=served),
    )
    contact = _log(request, parent, form) if form.is_valid() else None
    if contact is None:
        context = {
            "parent": parent,
            "form": form,
            "reach": how_to_reach(parent, identity, rules),
            "may_log_together": request.parts.get(Part.NOTES, False),
        }
        return render(request, "programme/contacts/log_contact.html", context)
    if _says_something_else(form, contact):
        return _correct_instead(request, form, contact)
    _tell(request, "Contact saved", contact)
    return redirect("desk:show_parent", parent_id)


@require_http_methods(["GET", "POST"])
def log_no_answer(request: Request, parent_id: UUID) -> HttpResponse:
    """Tried, no answer: one tap in the list, one here; the safe-contact rule before ringing."""
    ask_only_about([parent_id])
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    form = NoAnswerForm(
        posted(request),
        places=reads.places_of(parent, request.rights),
        last_mode=_mode_asked(request)
        or reads.last_mode(parent, request.user, ContactOutcome.TRIED_NO_ANSWER),
    )
    contact = _log(request, parent, form) if form.is_valid() else None
    if contact is None:
        context = {"parent": parent, "form": form, "reach": how_to_reach(parent)}
        return render(request, "programme/contacts/log_no_answer.html", context)
    _tell(request, "Saved", contact)
    return redirect("desk:home")


@keeps_draft("Correct a contact")
@require_http_methods(["GET", "POST"])
def correct_contact(request: Request, parent_id: UUID, contact_id: UUID) -> HttpResponse:
    """A contact put right; what it said before stays in its history."""
    contacts = Contact.objects.select_related("parent", "worker", "written_by")
    contact = get_object_or_404(contacts, pk=contact_id, parent=parent_id)
    if not reads.may_change(contact):
        raise PermissionDenied
    form = _correction(request, contact, posted(request))
    if form.is_valid():
        try:
            _correct(request, form, copy(contact))
        except RuleBroken as problem:
            form.add_error(problem.field, problem.message)
        except ChangedMeanwhile:
            news = "This contact has changed since you opened it."
            return _show_both(request, contact, request.POST.copy(), news)
        else:
            messages.success(request, "Contact corrected. The earlier version is kept.")
            return redirect("desk:show_parent", parent_id)
    return _show_correction(request, contact, form)


@keeps_draft("A next step")
@require_http_methods(["GET", "POST"])
def add_next_step(request: Request, parent_id: UUID) -> HttpResponse:
    """What was agreed to do next, in an open episode."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    places = [option for option in reads.places_of(parent, request.rights) if option.may_plan]
    context = {"parent": parent, "reach": how_to_reach(parent), "form": None}
    if places:
        form = NextStepForm(posted(request), places=places)
        context["form"] = form
        if form.is_valid() and _agree(request, parent, form):
            messages.success(request, "Next step saved")
            return redirect("desk:show_parent", parent_id)
    return render(request, "programme/contacts/add_next_step.html", context)


@require_POST
def finish_next_step(request: Request, parent_id: UUID, step_id: UUID) -> HttpResponse:
    """A next step was done."""
    step = get_object_or_404(NextStep.objects, pk=step_id, episode__parent=parent_id)
    if not reads.may_change(step):
        raise PermissionDenied
    actions.finish_next_step(step=step, by=request.user)
    messages.success(request, "Next step done")
    return redirect("desk:show_parent", parent_id)


@require_GET
def ring_parent(request: Request, parent_id: UUID) -> HttpResponse:
    """What to mind before ringing, then the numbers."""
    return _show(request, parent_id, reads.RING)


@require_GET
def text_parent(request: Request, parent_id: UUID) -> HttpResponse:
    """What to mind before texting; a number only where texting was allowed."""
    return _show(request, parent_id, reads.TEXT)


@require_GET
def visit_parent(request: Request, parent_id: UUID) -> HttpResponse:
    """What to mind before a visit; where the parent lives stays a page of its own."""
    return _show(request, parent_id, reads.VISIT)


def _show(request: Request, parent_id: UUID, way: reads.Way) -> HttpResponse:
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    context = {
        "parent": parent,
        "reach": how_to_reach(parent),
        "way": way,
        "may_log": any(request.parts.get(part) for part in (Part.NOTES, Part.CONTACT_LOG)),
        "key": uuid4(),
        "may_see_address": Part.SAFE_ADDRESS in request.parts,
        "may_change": request.parts.get(Part.CORE, False),
    }
    return render(request, "programme/contacts/get_in_touch.html", context)


# --- Saving ---------------------------------------------------------------------------------


def _log(request: Request, parent: Parent, form: LogContactForm | NoAnswerForm) -> Contact | None:
    """The contact as stored; None when a rule says no, with the reason on the form."""
    typed = form.for_action(request.user)
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    try:
        return actions.record_contact(parent=parent, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return None


def _correct(request: Request, form: CorrectContactForm, contact: Contact) -> None:
    form.apply_to(contact)
    form.move(contact, request.user)
    actions.correct_contact(
        contact=contact,
        seen_version=form.cleaned_data["version"],
        reason=form.reason_given,
        by=request.user,
        **(form.served_keys() if "served" in form.fields else {}),
    )


def _agree(request: Request, parent: Parent, form: NextStepForm) -> bool:
    """Stores the step; False when this page was sent before with other words."""
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], parent.pk, request.user.pk)
    step = actions.add_next_step(by=request.user, **typed)
    if step.wording == form.cleaned_data["wording"]:
        return True
    form.renew_key()
    form.add_error(
        None, f"You saved “{step.wording}” from this page already. Save again to add this one too."
    )
    return False


# --- Two versions ---------------------------------------------------------------------------


def _says_something_else(form: LogContactForm, contact: Contact) -> bool:
    """Whether the page was sent again, after going back to it, with other words."""
    typed = form.apply_to(copy(contact))
    if form.is_now:
        typed.happened_at = contact.happened_at
    return bool(reads.differences(contact, typed))


def _correct_instead(request: Request, form: LogContactForm, contact: Contact) -> HttpResponse:
    """Words sent from a page whose contact is stored already become a correction of it."""
    typed = request.POST.copy()
    if form.is_now:
        typed["happened_at"] = f"{timezone.localtime(contact.happened_at):%Y-%m-%dT%H:%M}"
    return _show_both(request, contact, typed, "You saved this contact already, in other words.")


def _show_both(request: Request, contact: Contact, typed: QueryDict, news: str) -> HttpResponse:
    """The stored contact beside what was typed; one more press saves what was typed."""
    stored = get_object_or_404(Contact.objects, pk=contact.pk)
    typed["version"] = str(stored.version)
    form = _correction(request, stored, typed)
    form.full_clean()
    form.add_error(None, f"{news} Both versions are below. Save again to keep yours.")
    mine = form.apply_to(copy(stored))
    form.both = Both(last_changed_by(stored), reads.differences(stored, mine))
    return _show_correction(request, stored, form)


def _correction(request: Request, contact: Contact, typed: QueryDict | None) -> CorrectContactForm:
    need = need_of(Identity.objects.filter(parent=contact.parent).first())
    return CorrectContactForm(
        typed,
        contact=contact,
        asked=reads.asked_about(contact.parent, need, contact),
        places=reads.places_for(contact),
        needs_reason=not is_free_to_change(contact, request.user.pk),
    )


def _show_correction(request: Request, contact: Contact, form: CorrectContactForm) -> HttpResponse:
    context = {
        "parent": contact.parent,
        "contact": contact,
        "who": reads.who(contact),
        "name": name_of(contact.parent),
        "form": form,
    }
    return render(request, "programme/contacts/correct_contact.html", context)


def _mode_asked(request: Request) -> str:
    """How one was just in touch, when the page of ringing, texting or visiting led here."""
    asked = request.GET.get("mode", "")
    return asked if asked in ContactMode.values else ""


def _tell(request: Request, saved: str, contact: Contact) -> None:
    """Says what was stored; never a name, for messages travel in a cookie."""
    messages.success(request, f"{saved}, record {contact.parent.reference}: {reads.title(contact)}")
