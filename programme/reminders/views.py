"""My reminders, and the calendar that another program reads."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.access.scope import acting_as
from programme.reminders import actions
from programme.reminders.forms import DigestForm
from programme.reminders.models import Reminders
from programme.reminders.reads import calendar_of, owner_of


@require_http_methods(["GET", "POST"])
def show_reminders(request: Request) -> HttpResponse:
    """What she chose; posted, how often the e-mail comes."""
    form = DigestForm(posted(request), initial={"digest": _own(request).digest})
    if is_saved(form, lambda: actions.choose_digest(by=request.user, **form.cleaned_data)):
        messages.success(request, "Saved")
        return redirect("reminders:show_reminders")
    return _page(request, form)


@require_POST
def make_calendar(request: Request) -> HttpResponse:
    """Shows the new address in its answer, once: it is kept nowhere, not even until a redirect."""
    path = reverse("reminders:show_calendar", args=[actions.make_calendar(by=request.user)])
    return _page(request, address=request.build_absolute_uri(path))


@require_POST
def end_calendar(request: Request) -> HttpResponse:
    """Ends it at once, wherever its address is known."""
    actions.end_calendar(by=request.user)
    messages.success(request, "Calendar ended. Remove it from your phone or computer too.")
    return redirect("reminders:show_reminders")


@require_GET
def show_calendar(request: Request, token: str) -> HttpResponse:
    """Asked for by a program that cannot sign in: the address is the key, and names nobody."""
    owner = owner_of(actions.hashed(token))
    if owner is None:
        raise Http404
    with acting_as(owner):
        calendar = calendar_of(owner)
    request.reader, request.listed = owner, calendar.parent_ids
    return HttpResponse(calendar.content, content_type="text/calendar; charset=utf-8")


def _own(request: Request) -> Reminders:
    own = Reminders.objects.filter(user=request.user).first()
    return own or Reminders(user=request.user)


def _page(request: Request, form: DigestForm | None = None, address: str = "") -> HttpResponse:
    own = _own(request)
    form = form or DigestForm(initial={"digest": own.digest})
    context = {"reminders": own, "form": form, "address": address}
    return render(request, "programme/reminders/show_reminders.html", context)
