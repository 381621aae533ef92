"""Public addresses that are not pages of the tree: search, and what helps at a stage."""

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.admin.views.account import AccountView
from wagtail.models import Page

from cms.models import GuidancePage, ResourceIndexPage, ResourcePage
from cms.readers import readable, reads_guidance
from cms.stages import STAGES

PER_PAGE = 20
LONGEST_QUESTION = 100
WORD = re.compile(r"[^\W_]+")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Published resources with these words; for staff, guidance too. Drafts are never found."""
    asked = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    # Words only: marks mean something to the search index, and not the same on each database.
    words = " ".join(WORD.findall(asked))
    pages = readable(Page.objects.type(ResourcePage, GuidancePage), request.user).specific()
    found = Paginator(pages.search(words) if words else pages.none(), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    context = {"asked": asked, "found": page, **_surroundings(request)}
    return render(request, "cms/search.html", context)


@require_safe
def resources_for_stage(request: HttpRequest, stage: str) -> HttpResponse:
    """What helps at one stage of a pathway; for staff, with the guidance for it.

    A stage that only this authority uses has no label here and, until an editor names it, nothing.
    """
    resources = readable(ResourcePage.objects.serving(stage), request.user)
    guidance = readable(GuidancePage.objects.serving(stage), request.user)
    context = {
        "stage": STAGES.get(stage, ""),
        "resources": resources.order_by("title"),
        "guidance": guidance.order_by("title"),
        **_surroundings(request),
    }
    return render(request, "cms/resources_for_stage.html", context)


def _surroundings(request: HttpRequest) -> dict[str, Any]:
    return {
        "index": ResourceIndexPage.objects.live().first(),
        "reads_guidance": reads_guidance(request.user),
    }


class EditorAccountView(AccountView):
    """An editor's own choices of colours and language; name, password and e-mail are not hers."""

    def get_panels(self) -> list:
        """Only what changes nothing but the look of the editor."""
        return [panel for panel in super().get_panels() if panel.name in {"theme", "locale"}]
