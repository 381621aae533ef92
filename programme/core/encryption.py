"""Text kept scrambled in the database, readable only with the service's keys (decision 0003)."""

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import checks
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

SHORTEST_KEY = 20
KEY_USE = b"recurrent scrambled text fields 1"


if TYPE_CHECKING:
    _Base = models.TextField[str, str]
else:
    _Base = models.TextField


class EncryptedTextField(_Base):
    """A text field scrambled with the first of settings.FIELD_KEYS and read with any of them.

    Blank and null stay as they are. Nothing can look inside it: every lookup but `isnull` is
    refused, because the same words are never scrambled the same way twice.
    """

    description = "Text kept scrambled"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        plain = super().get_db_prep_value(value, connection, prepared)
        return scramble(plain) if plain else plain

    def from_db_value(
        self, value: str | None, expression: Expression, connection: BaseDatabaseWrapper
    ) -> str | None:
        """The words as they were typed."""
        return unscramble(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether anything is there can be asked."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is kept scrambled and cannot be searched by its text.")
        return super().get_lookup(lookup_name)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """The usual checks, and that there is a key."""
        return [*super().check(**kwargs), *_key_problems(self)]


def scramble(text: str) -> str:
    """The text as it is kept in the database."""
    return _box().encrypt(text.encode()).decode()


def unscramble(token: str) -> str:
    """The text again; ImproperlyConfigured when none of the keys fits."""
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken:
        # Neither the token nor the cause may reach a log.
        raise ImproperlyConfigured("No key in FIELD_KEYS reads this scrambled text.") from None


def scramble_bytes(content: bytes) -> bytes:
    """A file as it is kept on a disk, about a third longer."""
    return _box().encrypt(content)


def unscramble_bytes(token: bytes) -> bytes:
    """The file again; ImproperlyConfigured when no key fits or a byte of it was changed."""
    try:
        return _box().decrypt(token)
    except InvalidToken:
        raise ImproperlyConfigured("No key in FIELD_KEYS reads this scrambled file.") from None


def _box() -> MultiFernet:
    keys = tuple(settings.FIELD_KEYS)
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty: scrambled text has no key.")
    return _box_with(keys)


@lru_cache(maxsize=8)
def _box_with(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    """A key of the right length, and for this use only, from a long random secret."""
    raw = HKDF(algorithm=SHA256(), length=32, salt=None, info=KEY_USE).derive(key.encode())
    return base64.urlsafe_b64encode(raw)


def _key_problems(field: EncryptedTextField) -> list[checks.CheckMessage]:
    keys: Sequence[str] = getattr(settings, "FIELD_KEYS", [])
    if keys and all(len(key) >= SHORTEST_KEY for key in keys):
        return []
    return [
        checks.Error(
            "FIELD_KEYS must hold at least one key, each a random secret of "
            f"{SHORTEST_KEY} characters or more.",
            hint="Scrambled fields cannot be kept or read without one (decision 0003).",
            obj=field,
            id="programme.E001",
        )
    ]
