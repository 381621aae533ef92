"""allauth's account rules: nobody signs herself up; system actors never sign in."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made by an administrator."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People are known by e-mail address; there is no user name."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of one who signed in within the last minutes, as to set up her second factor."""
        signed_in = get_authentication_records(self.request, self.request.user)
        if signed_in and time.time() - signed_in[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required
