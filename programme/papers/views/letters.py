"""A letter: from a template, written, with the address only on purpose, printed, ended."""

from copy import copy
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.parts import Part
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.writing import own_key
from programme.chronology.reads import programmes_to_write_in
from programme.core.forms import KeyField
from programme.drafts.keeping import keeps_draft
from programme.letters import actions
from programme.letters.models import Letter
from programme.papers.as_pdf import as_pdf
from programme.papers.forms import AddressForm, BeginLetterForm, EndLetterForm, LetterForm
from programme.papers.reads.letters import blanks_left, filled, letter_sheet, templates_of
from programme.papers.reads.standing import stand_of
from programme.papers.third_parties import known_to, questions
from programme.papers.third_parties.finder import WORKER
from programme.papers.views.files import PDF, file
from programme.people.models import Parent
from programme.people.reads import name_of

NOT_AS_SEEN = "Nothing was saved: somebody else has changed this letter. Look at it again first."


@require_http_methods(["GET", "POST"])
def begin_letter(request: Request, parent_id: UUID) -> HttpResponse:
    """Which letter, and who receives it."""
    parent = get_object_or_404(Parent.objects, pk=parent_id)
    written_for = programmes_to_write_in(parent)
    offered = [(programme, one) for programme in written_for for one in templates_of(programme)]
    form = BeginLetterForm(posted(request), offered=offered)
    if form.is_valid():
        letter = _begin(request, parent, form)
        return redirect("papers:write_letter", parent_id, letter.pk)
    context = {"parent": parent, "name": name_of(parent), "form": form}
    return render(request, "programme/papers/begin_letter.html", context)


@keeps_draft("Write a letter")
@require_http_methods(["GET", "POST"])
def write_letter(request: Request, parent_id: UUID, letter_id: UUID) -> HttpResponse:
    """The words, shown for changing before anything is printed."""
    letter = _letter(parent_id, letter_id)
    initial = {name: getattr(letter, name) for name in ("words", "recipient", "version")}
    form = LetterForm(posted(request), initial=initial)
    if is_saved(form, lambda: _write(request, copy(letter), form)):
        messages.success(request, "Letter saved")
        return redirect("papers:write_letter", parent_id, letter_id)
    known = known_to(letter.parent, [letter.words])
    asked = [one for one in questions(letter.words, known) if one.instead != WORKER]
    context = {
        **_about(request, letter),
        "form": form,
        "key": uuid4(),
        "asked": list(dict.fromkeys(one.words for one in asked)),
        "blanks": blanks_left(letter.words),
        "may_choose_address": request.parts.get(Part.SAFE_ADDRESS, False),
    }
    return render(request, "programme/papers/write_letter.html", context)


@require_http_methods(["GET", "POST"])
def address_letter(request: Request, parent_id: UUID, letter_id: UUID) -> HttpResponse:
    """The address goes in on purpose, after a warning; it is not shown here."""
    letter = _letter(parent_id, letter_id)
    form = AddressForm(posted(request), initial={"version": letter.version})
    if is_saved(form, lambda: _choose_address(request, copy(letter), form)):
        return redirect("papers:write_letter", parent_id, letter_id)
    context = {**_about(request, letter), "form": form}
    return render(request, "programme/papers/address_letter.html", context)


@require_POST
def end_letter(request: Request, parent_id: UUID, letter_id: UUID) -> HttpResponse:
    """The letter was sent or handed over as it stood on the page, or will not be."""
    letter = _letter(parent_id, letter_id)
    if not request.parts.get(Part.NOTES):
        raise PermissionDenied
    form = EndLetterForm(request.POST)
    if not is_saved(form, lambda: _end(request, letter, form)):
        messages.error(request, NOT_AS_SEEN)
        return redirect("papers:write_letter", parent_id, letter_id)
    messages.success(request, "Saved")
    return redirect("papers:choose_paper", parent_id)


@require_POST
def write_again(request: Request, parent_id: UUID, letter_id: UUID) -> HttpResponse:
    """A new letter that begins with the words of another. The address is chosen anew."""
    letter = _letter(parent_id, letter_id)
    again = actions.begin_letter(
        key=own_key(KeyField().clean(request.POST.get("key")), letter.pk, request.user.pk),
        parent=letter.parent,
        programme=letter.programme,
        template=letter.template,
        recipient=letter.recipient,
        words=letter.words,
        by=request.user,
    )
    messages.success(request, "This is a new letter. The other stays as it was.")
    return redirect("papers:write_letter", parent_id, again.pk)


@require_GET
def print_letter(request: Request, parent_id: UUID, letter_id: UUID) -> HttpResponse:
    """The letter as a page to print."""
    letter = _leaving(request, parent_id, letter_id)
    context = {**_about(request, letter), "sheet": letter_sheet(letter)}
    return render(request, "programme/papers/print_letter.html", context)


@require_GET
def download_letter(request: Request, parent_id: UUID, letter_id: UUID) -> HttpResponse:
    """The letter as a PDF."""
    letter = _leaving(request, parent_id, letter_id)
    return file(as_pdf(letter_sheet(letter)), PDF, f"{letter.parent.reference}-letter.pdf")


def _letter(parent_id: UUID, letter_id: UUID) -> Letter:
    letters = Letter.objects.select_related("parent", "programme", "written_by")
    return get_object_or_404(letters, pk=letter_id, parent=parent_id)


def _leaving(request: Request, parent_id: UUID, letter_id: UUID) -> Letter:
    """A letter without blanks; one with the address only for who may know it."""
    letter = _letter(parent_id, letter_id)
    if blanks_left(letter.words):
        raise PermissionDenied("A letter with blanks does not leave.")
    if letter.carries_address and Part.SAFE_ADDRESS not in request.parts:
        raise PermissionDenied("It carries the address, which is not this reader's to see.")
    return letter


def _about(request: Request, letter: Letter) -> dict[str, object]:
    return {
        "parent": letter.parent,
        "name": name_of(letter.parent),
        "letter": letter,
        "may_write": request.parts.get(Part.NOTES, False),
    }


def _begin(request: Request, parent: Parent, form: BeginLetterForm) -> Letter:
    programme, template = form.chosen()
    stand = stand_of(parent, request.parts)
    return actions.begin_letter(
        key=own_key(form.cleaned_data["key"], parent.pk, request.user.pk),
        parent=parent,
        programme=programme,
        template=template.name,
        recipient=form.cleaned_data["recipient"],
        words=filled(template, parent, stand, programme, request.user.name),
        by=request.user,
    )


def _write(request: Request, letter: Letter, form: LetterForm) -> Letter:
    typed = form.cleaned_data
    return actions.change_words(
        letter=letter,
        words=typed["words"],
        recipient=typed["recipient"],
        seen_version=typed["version"],
        by=request.user,
    )


def _choose_address(request: Request, letter: Letter, form: AddressForm) -> Letter:
    typed = form.cleaned_data
    return actions.choose_address(
        letter=letter, is_in=typed["with_address"], seen_version=typed["version"], by=request.user
    )


def _end(request: Request, letter: Letter, form: EndLetterForm) -> Letter:
    typed = form.cleaned_data
    return actions.end_letter(
        letter=letter,
        was_sent=not typed["dropped"],
        seen_version=typed["version"],
        by=request.user,
    )
