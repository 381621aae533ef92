"""Choosing a template, writing a letter, and putting the address in on purpose."""

from collections.abc import Sequence
from typing import Any

from django import forms as plain

from programme.core.forms import KeyField, VersionField
from programme.papers.reads.letters import BLANKS, Template, blanks_left
from programme.pathways.models import Programme
from recurrent.design import fields, forms


class BeginLetterForm(forms.Form):
    """Which letter, in whose name, and who receives it."""

    key = KeyField()
    template = fields.ChoiceField(label="Which letter?", called="which letter")
    recipient = fields.TextField(
        label="Who will receive it?",
        called="who will receive it",
        help_text="For example: the parent, or the name of an office",
        max_length=100,
    )

    def __init__(
        self, *args: Any, offered: Sequence[tuple[Programme, Template]], **kwargs: Any
    ) -> None:
        """``offered`` are the templates of each programme the writer writes for."""
        super().__init__(*args, **kwargs)
        self.offered = {
            f"{programme.pk}.{one.code}": (programme, one) for programme, one in offered
        }
        several = len({programme.pk for programme, _one in offered}) > 1
        self.fields["template"].choices = [  # type: ignore[attr-defined]
            (key, f"{one.name} ({programme.name})" if several else one.name)
            for key, (programme, one) in self.offered.items()
        ]

    def chosen(self) -> tuple[Programme, Template]:
        """The programme and its template."""
        return self.offered[self.cleaned_data["template"]]


class LetterForm(forms.Form):
    """The words of a letter; a blank that is left is said."""

    version = VersionField()
    recipient = fields.TextField(
        label="Who will receive it?", called="who will receive it", max_length=100
    )
    words = fields.LongTextField(
        label="Words of the letter", called="the words of the letter", rows=16
    )

    def clean_words(self) -> str:
        """Words without a blank."""
        words: str = self.cleaned_data["words"].replace("\r\n", "\n")
        left = blanks_left(words)
        if left:
            raise plain.ValidationError(f"Fill in or take out {left[0]}")
        return words


class AddressForm(forms.Form):
    """The address goes in only when this is ticked."""

    version = VersionField()
    with_address = fields.ConfirmField(
        label="Put in where the parent lives", required=False, initial=False
    )


class EndLetterForm(forms.Form):
    """A button below a letter: it was sent, or with ``dropped`` it will not be."""

    version = VersionField()
    dropped = fields.HiddenField(required=False)


class TemplateForm(forms.Form):
    """A programme's own words for a letter."""

    version = VersionField()
    name = fields.TextField(label="Name of the letter", max_length=100)
    recipient = fields.TextField(label="Who usually receives it", max_length=100)
    words = fields.LongTextField(
        label="Words",
        help_text=f"These blanks fill themselves: {', '.join(BLANKS)}. Others are filled by hand",
        rows=16,
    )
