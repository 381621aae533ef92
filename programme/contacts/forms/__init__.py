"""What was typed about contacts, checked; saving is the job of ``actions``."""

from programme.contacts.forms.log import (
    ContactForm,
    CorrectContactForm,
    LogContactForm,
    NextStepForm,
    NoAnswerForm,
)
from programme.contacts.forms.places import HowForm, PlaceForm
from programme.contacts.forms.planned import BecameForm, PlanForm
from programme.contacts.forms.together import TogetherForm

__all__ = [
    "BecameForm",
    "ContactForm",
    "CorrectContactForm",
    "HowForm",
    "LogContactForm",
    "NextStepForm",
    "NoAnswerForm",
    "PlaceForm",
    "PlanForm",
    "TogetherForm",
]
