"""A request whose person, roles and parts are known."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest

from programme.access.holdings import Holdings
from programme.access.models import User
from programme.access.parts import Part
from programme.access.policy import Access


class Request(HttpRequest):
    """What a view receives: the access wall has filled in the rest."""

    if TYPE_CHECKING:
        user: User
        holdings: Holdings
        access: Access
        # The parts of the parent this address names, each with whether she may change it.
        parts: dict[Part, bool]
        parent_id: UUID | None
