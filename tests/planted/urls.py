"""Function-level mistakes: addresses whose writer forgot, or half forgot, to guard them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from programme.people.models import Identity
from recurrent import urls as real


def nothing(request: HttpRequest) -> HttpResponse:
    """No guard at all."""
    return HttpResponse("".join(Identity.unwalled.values_list("family_name", flat=True)))


@login_required
def only_signed_in(request: HttpRequest) -> HttpResponse:
    """Signed in is not allowed in."""
    return nothing(request)


def half(request: HttpRequest) -> HttpResponse:
    """Reading is guarded, posting was forgotten."""
    return (
        require_safe(login_required(nothing))(request)
        if request.method == "GET"
        else nothing(request)
    )


someone_elses = [
    path("page/", TemplateView.as_view(template_name="base.html"), name="page"),
]

handler403 = real.handler403
handler404 = real.handler404
handler500 = real.handler500
urlpatterns = [
    path("planted/nothing/", nothing),
    path("planted/signed-in/", only_signed_in, name="planted_signed_in"),
    path("planted/half/", half, name="planted_half"),
    path("planted/included/", include((someone_elses, "planted"))),
    *real.urlpatterns,
]
