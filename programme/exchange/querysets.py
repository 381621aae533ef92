"""Which packages offered for loading someone may see."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, Q

from programme.access.actors import READ_EVERYTHING
from programme.access.models import RoleGrant
from programme.access.parts import LOAD_DECIDERS
from programme.audit.actor import current_actor
from programme.audit.querysets import RecordQuerySet


class LoadRequestQuerySet(RecordQuerySet[Any]):
    """Packages offered for loading."""

    def readable(self) -> Self:
        """One's own, and for a data officer or manager everyone's; ``NoScope`` when nobody acts."""
        user_id = current_actor().user_id
        if user_id in READ_EVERYTHING:
            return self
        decides = RoleGrant.objects.in_force().filter(user=user_id, role__in=LOAD_DECIDERS)
        return self.filter(Q(offered_by=user_id) | Exists(decides))


class LoadRequestManager(models.Manager.from_queryset(LoadRequestQuerySet)):  # type: ignore[misc]
    """Only what the acting user may see."""

    use_in_migrations = False

    def get_queryset(self) -> Any:
        return super().get_queryset().readable()
