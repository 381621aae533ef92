"""What every form page about a family does: its key, its page, and back to the family."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from programme.access.requests import Request
from programme.access.writing import own_key
from programme.people.models import Parent
from programme.people.reads import name_of
from recurrent.design import forms


def key_of(request: Request, parent: Parent, form: forms.Form) -> UUID:
    """The key of the row to come, for this parent and user only."""
    return own_key(form.cleaned_data["key"], parent.pk, request.user.pk)


def back_to_family(request: Request, parent: Parent, said: str) -> HttpResponse:
    """Says what was stored, never a name, and shows the family."""
    messages.success(request, f"{said}, record {parent.reference}")
    return redirect("families:show_family", parent.pk)


def form_page(
    request: Request, template: str, parent: Parent, form: forms.Form | None, **more: Any
) -> HttpResponse:
    """The page with its form."""
    context = {"parent": parent, "name": name_of(parent), "form": form, **more}
    return render(request, f"programme/families/{template}.html", context)
