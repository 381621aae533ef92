"""Hidden fields that every form of a record may carry."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError


class KeyField(forms.UUIDField):
    """The key of the row to come, carried by its form: sent twice, it is one row."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(initial=uuid4, required=False)

    def clean(self, value: Any) -> UUID:
        """The key; one that is spoiled costs the check for a second send, never the words."""
        try:
            return super().clean(value) or uuid4()
        except ValidationError:
            return uuid4()
