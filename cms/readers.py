"""Who may read staff pages, and which pages a reader may find."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from wagtail.models import Page, PageQuerySet, PageViewRestriction, get_page_models

# Given by whatever knows who works here; this app asks for nothing else.
READ_GUIDANCE = "cms.read_guidance"


def reads_guidance(user: Any) -> bool:
    """Whether this is a signed-in person of staff."""
    return user.is_authenticated and user.has_perm(READ_GUIDANCE)


def readable(pages: PageQuerySet, user: Any) -> PageQuerySet:
    """The published pages of ``pages`` that ``user`` may open.

    Strangers: public pages. Staff: those, and what only asks for a member of staff.
    """
    if not reads_guidance(user):
        return pages.live().public().not_type(*staff_kinds())
    return pages.live().exclude(_behind_more_than_signing_in(pages))


def refuse_unless_staff(request: HttpRequest) -> HttpResponseRedirect | None:
    """Sends a stranger to sign in; ``PermissionDenied`` for who is signed in but is not staff."""
    if reads_guidance(request.user):
        return None
    if request.user.is_authenticated:
        raise PermissionDenied("For staff.")
    return redirect_to_login(request.get_full_path())


def staff_kinds() -> list[type[Page]]:
    """Kinds of page that are for staff, whatever their privacy setting says."""
    return [kind for kind in get_page_models() if getattr(kind, "for_staff", False)]


def _behind_more_than_signing_in(pages: PageQuerySet) -> Q:
    closed = Q(pk__in=[])
    stricter = PageViewRestriction.objects.exclude(restriction_type=PageViewRestriction.LOGIN)
    for restriction in stricter.select_related("page"):
        closed |= pages.descendant_of_q(restriction.page, inclusive=True)
    return closed
