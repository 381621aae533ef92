"""The words of a programme's letters, changed by its seniors."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from programme.access.policy import WRITES_TEMPLATES
from programme.access.requests import Request, posted
from programme.access.saving import is_saved
from programme.papers import actions
from programme.papers.forms import TemplateForm
from programme.papers.reads.letters import Template, templates_of
from programme.pathways.models import Programme


@require_GET
def list_templates(request: Request) -> HttpResponse:
    """The letters of each programme."""
    listed = [(programme, templates_of(programme)) for programme in _programmes(request)]
    return render(request, "programme/papers/list_templates.html", {"listed": listed})


@require_http_methods(["GET", "POST"])
def edit_template(request: Request, programme_id: UUID, code: str) -> HttpResponse:
    """One letter in the programme's own words."""
    programme, template = _template(request, programme_id, code)
    names = ("name", "recipient", "words", "version")
    form = TemplateForm(posted(request), initial={name: getattr(template, name) for name in names})
    if is_saved(form, lambda: _change(request, programme, code, form)):
        messages.success(request, "Letter template saved")
        return redirect("papers:list_templates")
    context = {"programme": programme, "template": template, "form": form}
    return render(request, "programme/papers/edit_template.html", context)


def _change(request: Request, programme: Programme, code: str, form: TemplateForm) -> object:
    said = dict(form.cleaned_data)
    version = said.pop("version")
    return actions.change_template(
        programme=programme, code=code, seen_version=version, by=request.user, **said
    )


def _programmes(request: Request) -> list[Programme]:
    every = Programme.objects.order_by("name")
    return [one for one in every if request.holdings.holds(one.pk, *WRITES_TEMPLATES)]


def _template(request: Request, programme_id: UUID, code: str) -> tuple[Programme, Template]:
    for programme in _programmes(request):
        for one in templates_of(programme) if programme.pk == programme_id else ():
            if one.code == code:
                return programme, one
    raise Http404
