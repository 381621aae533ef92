"""The gallery: every component in every state. Staff only, by the URL policy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from recurrent.design.gallery import samples


@require_safe
def show_gallery(request: HttpRequest) -> HttpResponse:
    """Every component, a fresh form, and the same form in error."""
    return render(request, "design/gallery.html", samples())
