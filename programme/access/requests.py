"""A request whose person, roles and parts are known."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, QueryDict

from programme.access.holdings import Holdings, Rights
from programme.access.models import User
from programme.access.parts import Part
from programme.access.policy import Access
from programme.audit.models import Sight


class Request(HttpRequest):
    """What a view receives: the access wall has filled in the rest."""

    if TYPE_CHECKING:
        user: User
        holdings: Holdings
        access: Access
        # The parts of the parent this address names, each with whether she may change it.
        parts: dict[Part, bool]
        rights: Rights
        parent_id: UUID | None
        # Where the address names two, the one that the view refused.
        refused_id: UUID | None
        # The parents that a page of several shows: its view says them, the log keeps them.
        listed: list[UUID]
        # Of an address that is a secret: whose it is.
        reader: User | None
        # What came of trying to open a record in an emergency; None where nothing was tried.
        tried: Sight.Outcome | None


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form to check; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
