"""The page that writes one row of a parent's work: saved, or given back with what was typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from programme.access.requests import Request
from programme.access.saving import is_saved
from programme.people.models import Parent
from programme.people.reads import name_of
from recurrent.design import forms


def write_page(
    request: Request,
    parent: Parent,
    form: forms.Form,
    save: Callable[[], object],
    *,
    heading: str,
    button: str,
    back: tuple[str, str],
) -> HttpResponse:
    """``back`` is the list it stands in, by its address' name and its title."""
    name, title = back
    if is_saved(form, save):
        messages.success(request, f"Saved, record {parent.reference}")
        return redirect(name, parent.pk)
    context = {
        "parent": parent,
        "name": name_of(parent),
        "form": form,
        "heading": heading,
        "button": button,
        "back_url": reverse(name, args=[parent.pk]),
        "back_title": title,
        "keeps_draft": hasattr(request, "drafts"),
    }
    return render(request, "programme/episodes/write.html", context)
