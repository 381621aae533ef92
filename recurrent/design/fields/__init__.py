"""Fields that ask kindly: every message says what to do, and nothing typed is ever lost."""

from django.forms import HiddenInput

from recurrent.design.fields.choices import (
    CheckboxesField,
    ChoiceField,
    ConfirmField,
    ModelCheckboxesField,
    ModelChoiceField,
    ModelSelectField,
    SelectField,
    YesNoField,
)
from recurrent.design.fields.moments import DateField, TimeField, WhenField
from recurrent.design.fields.words import (
    EmailField,
    FileField,
    HiddenField,
    LongTextField,
    PasswordField,
    PhoneField,
    TextField,
    WholeNumberField,
)

__all__ = [
    "CheckboxesField",
    "ChoiceField",
    "ConfirmField",
    "DateField",
    "EmailField",
    "FileField",
    "HiddenField",
    "HiddenInput",
    "LongTextField",
    "ModelCheckboxesField",
    "ModelChoiceField",
    "ModelSelectField",
    "PasswordField",
    "PhoneField",
    "SelectField",
    "TextField",
    "TimeField",
    "WhenField",
    "WholeNumberField",
    "YesNoField",
]
