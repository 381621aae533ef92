"""Words, numbers and files."""

from collections.abc import Mapping
from typing import Any

from django import forms

from recurrent.design.fields.kindness import Kind

AUTOCORRECT_OFF = {"spellcheck": "false", "autocapitalize": "none"}


class Words(Kind, forms.CharField):
    """Words of any kind. ``width`` is the number of characters the box is drawn for (2 to 30).

    A length limit is checked here and counted on the page; the browser never cuts what is pasted.
    """

    called_from_label = True
    kind_messages = {
        "max_length": "{Called} must be %(limit_value)d characters or fewer",
        "min_length": "{Called} must be %(limit_value)d characters or more",
    }
    usual_attrs: Mapping[str, str] = {}

    def __init__(
        self,
        *,
        width: int | None = None,
        autocomplete: str = "",
        attrs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        set_attrs(self.widget, {**self.usual_attrs, **(attrs or {})}, width, autocomplete)


class TextField(Words):
    """One line of words."""


class LongTextField(Words):
    """Lines of words. With ``max_length`` the page counts what is left."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea)
        super().__init__(**kwargs)
        self.widget.attrs.update({"rows": rows, "cols": None})


class EmailField(Words, forms.EmailField):
    """An e-mail address."""

    called_by_default = "an email address"
    called_from_label = False
    kind_messages = {
        **Words.kind_messages,
        "invalid": "Enter an email address like name@example.com",
    }
    usual_attrs = {"autocomplete": "email", **AUTOCORRECT_OFF}


class PhoneField(Words):
    """A telephone number, kept as it was said."""

    called_by_default = "a telephone number"
    called_from_label = False
    widget = forms.TextInput(attrs={"type": "tel"})
    usual_attrs = {"autocomplete": "tel", "spellcheck": "false"}


class PasswordField(Words):
    """A password: never shown again, never trimmed, may be pasted."""

    called_by_default = "your password"
    called_from_label = False
    widget = forms.PasswordInput
    usual_attrs = {"autocomplete": "current-password", **AUTOCORRECT_OFF}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)


class WholeNumberField(Kind, forms.IntegerField):
    """A whole number. ``prefix`` and ``suffix`` stand beside the box ("£", "weeks")."""

    called_by_default = "a number"
    called_from_label = True
    kind_messages = {
        "invalid": "{Called} must be a whole number, like 4",
        "max_value": "{Called} must be %(limit_value)s or fewer",
        "min_value": "{Called} must be %(limit_value)s or more",
    }
    widget = forms.TextInput

    def __init__(
        self, *, prefix: str = "", suffix: str = "", width: int = 4, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.prefix, self.suffix = prefix, suffix
        set_attrs(self.widget, {"inputmode": "numeric", "spellcheck": "false"}, width)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = value.replace(",", "").replace(" ", "")
        number: int | None = super().to_python(value)
        return number


class FileField(Kind, forms.FileField):
    """A file. ``accept`` narrows what the browser offers; the form must be multipart."""

    asks = "Choose"
    called_by_default = "a file"
    kind_messages = {
        "invalid": "Choose a file",
        "missing": "Choose a file",
        "empty": "This file has nothing in it. Choose another",
    }
    widget = forms.FileInput

    def __init__(self, *, accept: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if accept:
            self.widget.attrs["accept"] = accept


class HiddenField(forms.CharField):
    """A value the page carries and nobody sees."""

    widget = forms.HiddenInput


def set_attrs(
    widget: forms.Widget | type[forms.Widget],
    attrs: Mapping[str, Any],
    width: int | None = None,
    autocomplete: str = "",
) -> None:
    """Give a field's widget its attributes, its drawn width and its autocomplete token."""
    # A type only before the field is made: Django puts an instance in its place.
    assert isinstance(widget, forms.Widget)
    widget.attrs.update(attrs)
    if width:
        widget.attrs["class"] = (
            f"{widget.attrs.get('class', '')} govuk-input--width-{width}".strip()
        )
    if autocomplete:
        widget.attrs["autocomplete"] = autocomplete
