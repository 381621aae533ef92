"""Pages of supervision: for a senior, and what comes back to the worker."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.parts import Role
from programme.access.requests import Request, posted
from programme.access.writing import ChangedMeanwhile, is_free_to_change, own_key
from programme.contacts.models import Contact
from programme.contacts.reads import may_change, title, who
from programme.core.errors import RuleBroken
from programme.drafts.keeping import keeps_draft
from programme.episodes.models import Episode, Supervision
from programme.episodes.pages import write_page
from programme.pathways.models import Programme, StageDefinition, StageWeight
from programme.people.reads import name_of
from programme.supervision import actions, reads
from programme.supervision.forms import (
    Answer,
    AnswerForm,
    CorrectSupervisionForm,
    HandOverForm,
    SettingsForm,
    SignOffForm,
    SupervisionForm,
    send_again,
)
from programme.supervision.models import SignOff

ON_A_PAGE = 50
CORRECTED = (
    "The contact was corrected since you opened this page. Read it again below."
    " What you typed is still there. Save again if it still holds."
)
LEAD_CHANGED = (
    "Somebody else changed who leads the work since you opened this page."
    " What you typed is still below. Look again, then save."
)


@require_http_methods(["GET", "POST"])
def record_supervision(request: Request, parent_id: UUID, episode_id: UUID) -> HttpResponse:
    """What was talked about and decided, with the actions; and what was before."""
    episode = _episode(request, parent_id, episode_id)
    form = None
    if episode.is_open:
        form = SupervisionForm(posted(request), workers=reads.working_in(episode))
        if form.is_valid() and _record(request, episode, form):
            messages.success(request, f"Supervision saved, record {episode.parent.reference}")
            return redirect("desk:show_parent", parent_id)
    context = {**_about(episode), "form": form, "earlier": reads.supervisions_of([episode.pk])}
    return render(request, "programme/supervision/record_supervision.html", context)


@require_http_methods(["GET", "POST"])
def correct_supervision(request: Request, parent_id: UUID, supervision_id: UUID) -> HttpResponse:
    """A supervision put right; what it said before stays in its history."""
    rows = Supervision.objects.select_related("episode__parent")
    held = get_object_or_404(rows, pk=supervision_id, episode__parent=parent_id)
    _only_its_seniors(request, held.episode.programme_id)
    free = is_free_to_change(held, request.user.pk)
    form = CorrectSupervisionForm(posted(request), supervision=held, needs_reason=not free)

    def save() -> None:
        actions.correct_supervision(
            supervision=held,
            seen_version=form.cleaned_data["version"],
            reason=form.reason_given,
            by=request.user,
            **form.said(),
        )

    return write_page(
        request,
        held.episode.parent,
        form,
        save,
        heading="Correct a supervision",
        button="Save correction",
        back=("desk:show_parent", "Record"),
    )


@keeps_draft("Hand over")
@require_http_methods(["GET", "POST"])
def hand_over(request: Request, parent_id: UUID, episode_id: UUID) -> HttpResponse:
    """Gives an episode to a worker; says before what goes over."""
    episode = _episode(request, parent_id, episode_id)
    lead = reads.lead_of(episode)
    form = None
    if episode.is_open:
        workers = reads.workers_of(episode.programme_id)
        form = HandOverForm(posted(request), workers=workers, lead=lead)
        if form.is_valid() and _hand_over(request, episode, form):
            messages.success(request, f"Worker saved, record {episode.parent.reference}")
            return redirect("desk:show_parent", parent_id)
    context = {**_about(episode), "form": form, "lead": lead, "steps": reads.going_over(episode)}
    return render(request, "programme/supervision/hand_over.html", context)


@require_GET
def list_sign_offs(request: Request) -> HttpResponse:
    """What waits to be read over in the reader's programmes, the oldest first."""
    programmes = [
        one
        for one in Programme.objects.exclude(signs_off_since=None)
        if request.holdings.holds(one.pk, Role.SENIOR)
    ]
    rows = reads.waiting_for(request.user, [one.pk for one in programmes])
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    request.listed = list(dict.fromkeys(one.contact.parent_id for one in page))
    context = {"page": page, "count": len(rows), "asks": bool(programmes)}
    return render(request, "programme/supervision/list_sign_offs.html", context)


@keeps_draft("Read over a contact")
@require_http_methods(["GET", "POST"])
def sign_off(request: Request, parent_id: UUID, contact_id: UUID) -> HttpResponse:
    """A contact as it stands, with every step so far; signs it off or returns it."""
    contact = _contact(parent_id, contact_id)
    _only_its_seniors(request, contact.programme_id)
    form = SignOffForm(posted(request), initial={"version": contact.version})
    if form.is_valid() and _sign_off(request, contact, form):
        messages.success(request, f"Saved, record {contact.parent.reference}")
        return redirect("supervision:list_sign_offs")
    why_not = reads.why_not_read_over(contact, request.user)
    context = {**_read_over(contact), "form": form, "why_not": why_not}
    return render(request, "programme/supervision/sign_off.html", context)


@keeps_draft("Answer a returned contact")
@require_http_methods(["GET", "POST"])
def answer_return(request: Request, parent_id: UUID, contact_id: UUID) -> HttpResponse:
    """What a senior commented, and the worker's answer, which sends the contact back."""
    contact = _contact(parent_id, contact_id)
    if not may_change(contact):
        raise PermissionDenied
    form = AnswerForm(posted(request))
    if form.is_valid() and _answer(request, contact, form):
        messages.success(request, f"Sent back, record {contact.parent.reference}")
        return redirect("desk:home")
    return render(
        request, "programme/supervision/answer_return.html", {**_read_over(contact), "form": form}
    )


@require_http_methods(["GET", "POST"])
def change_settings(request: Request, programme_id: UUID) -> HttpResponse:
    """How a programme supervises, for its manager to say."""
    programme = get_object_or_404(Programme, pk=programme_id)
    if not request.holdings.holds(programme.pk, Role.MANAGER):
        raise PermissionDenied
    weights = StageWeight.objects.filter(programme=programme).values_list("stage", "weight")
    form = SettingsForm(
        posted(request),
        programme=programme,
        stages=list(StageDefinition.objects.filter(pathway=programme.pathway_id)),
        weights={stage: str(weight) for stage, weight in weights},
    )
    if form.is_valid():
        actions.change_settings(programme=programme, by=request.user, **form.for_action())
        messages.success(request, "Settings saved")
        return redirect("workboard:show_counts")
    context = {"programme": programme, "form": form}
    return render(request, "programme/supervision/change_settings.html", context)


# --- Reading --------------------------------------------------------------------------------


def _episode(request: Request, parent_id: UUID, episode_id: UUID) -> Episode:
    rows = Episode.objects.select_related("parent", "programme")
    episode = get_object_or_404(rows, pk=episode_id, parent=parent_id)
    _only_its_seniors(request, episode.programme_id)
    return episode


def _contact(parent_id: UUID, contact_id: UUID) -> Contact:
    rows = Contact.objects.select_related("parent", "programme", "worker", "written_by")
    return get_object_or_404(rows, pk=contact_id, parent=parent_id)


def _only_its_seniors(request: Request, programme_id: UUID | None) -> None:
    """A senior of one programme may be a practitioner of another."""
    if programme_id is None or not request.holdings.holds(programme_id, Role.SENIOR):
        raise PermissionDenied


def _about(episode: Episode) -> dict[str, object]:
    return {"parent": episode.parent, "name": name_of(episode.parent), "episode": episode}


def _read_over(contact: Contact) -> dict[str, object]:
    steps = reads.steps_of(contact)
    return {
        "parent": contact.parent,
        "name": name_of(contact.parent),
        "contact": contact,
        "title": title(contact),
        "who": who(contact),
        "steps": steps,
        "is_returned": bool(steps) and steps[-1].step == SignOff.Step.RETURNED,
    }


# --- Saving ---------------------------------------------------------------------------------


def _record(request: Request, episode: Episode, form: SupervisionForm) -> bool:
    """Whether it is stored; False too when this page was sent before with other words."""
    typed = form.for_action()
    typed["key"] = own_key(typed["key"], episode.pk, request.user.pk)
    try:
        held = actions.record_supervision(episode=episode, by=request.user, **typed)
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    if all(getattr(held, name) == typed[name] for name in ("held_on", "talked_about", "decision")):
        return True
    form.renew_key()
    form.add_error(
        None, "You saved this page already, in other words. Save again to add these too."
    )
    return False


def _hand_over(request: Request, episode: Episode, form: HandOverForm) -> bool:
    try:
        actions.hand_over(episode=episode, by=request.user, **form.for_action())
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile:
        form.have_now_seen(reads.lead_of(episode))
        form.add_error(None, LEAD_CHANGED)
    else:
        return True
    return False


def _sign_off(request: Request, contact: Contact, form: SignOffForm) -> bool:
    typed = form.cleaned_data
    act = actions.sign_off if typed["answer"] == Answer.SIGN else actions.return_contact
    try:
        act(
            contact=contact,
            comment=typed["comment"],
            seen_version=typed["version"],
            by=request.user,
        )
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
    except ChangedMeanwhile as meanwhile:
        send_again(form, version=str(meanwhile.current.version))
        form.add_error(None, CORRECTED)
    else:
        return True
    return False


def _answer(request: Request, contact: Contact, form: AnswerForm) -> bool:
    try:
        actions.answer_return(
            contact=contact, comment=form.cleaned_data["comment"], by=request.user
        )
    except RuleBroken as problem:
        form.add_error(problem.field, problem.message)
        return False
    return True
