"""Signing in without a password, for the demonstration only."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from programme.access.holdings import holdings_of
from programme.access.models import User
from programme.access.policy import STAFF


class DemoBackend(BaseBackend):
    """Signs in an invented person by id. In service it knows nobody, whatever settings list it."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, demo_person: UUID | None = None
    ) -> User | None:
        """The invented person of this id; None outside the demonstration and the tests."""
        if settings.RUN_MODE not in ("demo", "test") or demo_person is None:
            return None
        return User.objects.filter(pk=demo_person, is_active=True, is_system=False).first()

    def get_user(self, user_id: UUID) -> User | None:
        """The person of a session; None in service, so that a demo session ends there."""
        return self.authenticate(None, demo_person=user_id)


class StaffBackend(BaseBackend):
    """Lets everyone with a role in the service, but the commissioner, read the staff pages."""

    def has_perm(self, user_obj: Any, perm: str, obj: object = None) -> bool:
        """Asked of roles in force today, so a role that ends takes the pages with it."""
        if perm != "cms.read_guidance" or not user_obj.is_authenticated:
            return False
        return bool(holdings_of(user_obj).roles & STAFF)
