"""What was typed about papers, checked; saving is the job of ``actions``."""

from programme.papers.forms.check import CheckForm, ReadForm
from programme.papers.forms.choose import BeginChronologyForm, OwnCopyForm, SummaryForm
from programme.papers.forms.letters import (
    AddressForm,
    BeginLetterForm,
    EndLetterForm,
    LetterForm,
    TemplateForm,
)

__all__ = [
    "AddressForm",
    "BeginChronologyForm",
    "BeginLetterForm",
    "CheckForm",
    "EndLetterForm",
    "LetterForm",
    "OwnCopyForm",
    "ReadForm",
    "SummaryForm",
    "TemplateForm",
]
