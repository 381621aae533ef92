"""What every form of a record may carry: keys, versions, why; and what is said of a lost race."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from recurrent.design import fields
from recurrent.design import forms as design_forms
from recurrent.design.both import Both, differences

CHANGED_MEANWHILE = (
    "Somebody else changed this since you opened it. What you typed is still below."
    " Save again to keep yours; the other words stay in the history."
)


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


class VersionField(forms.IntegerField):
    """The version of the row that the page showed, carried by its form."""

    widget = forms.HiddenInput


class AmendingForm(design_forms.Form):
    """Asks why it is changed, unless these are one's own words of the last quarter of an hour."""

    reason = fields.TextField(
        label="Why are you changing it?",
        called="why you are changing it",
        help_text="Kept with the earlier version",
    )

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]

    def says_the_same(self) -> bool:
        """Whether the same was typed again, as by a second press: nothing changes then."""
        return False

    def clean(self) -> dict[str, Any]:
        """No reason is missed where nothing changes."""
        if self.says_the_same():
            self.errors.pop("reason", None)
        return self.cleaned_data

    @property
    def reason_given(self) -> str:
        """What was typed; blank where nobody was asked."""
        return str(self.cleaned_data.get("reason", ""))


def is_out_of_date(form: design_forms.Form) -> bool:
    """Whether a form was sent from a page that showed an earlier version than this one does."""
    if not form.is_bound or "version" not in form.fields:
        return False
    seen = form.cleaned_data.get("version")
    return seen is not None and seen != _shown_version(form)


def _shown_version(form: design_forms.Form) -> Any:
    return form.get_initial_for_field(form.fields["version"], "version")


def give_back_beside(
    form: design_forms.Form, saved_by: str = "", problem: str = CHANGED_MEANWHILE
) -> None:
    """What was typed stands beside what the page was opened with now: the next send may save it.

    It goes back with the version of what stands beside it, so nothing is saved over that nobody
    read; given back with the version it came with, it could never be saved.
    """
    assert isinstance(form.data, QueryDict)
    form.both = Both(saved_by, differences(form))
    typed = form.data.copy()
    typed["version"] = str(_shown_version(form))
    form.data = typed
    form.add_error(None, problem)
