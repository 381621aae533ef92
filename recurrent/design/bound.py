"""A field on a form, as the design system draws it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from recurrent.design.widgets import ChoiceLook, DateBoxes, When

# The first that fits: Django's CheckboxSelectMultiple is a RadioSelect.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateBoxes, "date"),
    (When, "when"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
)
CLASSES = {"input": "govuk-input", "textarea": "govuk-textarea", "select": "govuk-select"}
CLASSES |= {"file": "govuk-file-upload", "password": "govuk-input"}
PASSWORD = {"password": "govuk-password-input__input govuk-js-password-input-input"}


@dataclass(frozen=True)
class Option:
    """One radio or checkbox, with its hint and the fields it reveals."""

    id: str
    name: str
    value: str
    label: str
    type: str
    hint: str = ""
    selected: bool = False
    disabled: bool = False
    exclusive: bool = False
    revealed: list["DesignBoundField"] = field(default_factory=list)


class DesignBoundField(BoundField):
    """Knows its kind, where an error link must land, and what describes it."""

    @property
    def kind(self) -> str:
        """Which of the templates in ``components/fields/`` draws it."""
        widget = self.field.widget
        return next((name for kind, name in KINDS if isinstance(widget, kind)), "input")

    @property
    def focus_id(self) -> str:
        """The id of the control that a link in the error summary moves to."""
        if self.kind in ("date", "when"):
            return self._focus_in_boxes()
        if self.kind in ("radios", "checkboxes"):
            return self.options[0].id if self.options else self.auto_id
        return self.id_for_label or self.auto_id

    def _focus_in_boxes(self) -> str:
        boxes = self.wrong_boxes
        if boxes:
            return f"{self.auto_id}_{boxes[0]}"
        return f"{self.auto_id}_day" if self.kind == "date" else f"{self.auto_id}_0"

    @property
    def wrong_boxes(self) -> tuple[str, ...]:
        """The boxes an error is in; all of a date's when nothing was typed."""
        errors = self.errors.as_data()
        boxes: tuple[str, ...] = (errors[0].params or {}).get("boxes", ()) if errors else ()
        return boxes or (("day", "month", "year") if errors and self.kind == "date" else ())

    @property
    def aria_describedby(self) -> str:
        counted = f"{self.auto_id}-info" if self.counted_length else ""
        return f"{super().aria_describedby or ''} {counted}".strip()

    @property
    def counted_length(self) -> int | None:
        """How many characters fit, when the page counts them."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).is_hidden:
            return built
        # The browser would cut what is pasted; a placeholder vanishes when it is needed.
        built.update({"maxlength": False, "minlength": False, "placeholder": False})
        built["required"] = False
        if self.kind in ("date", "when"):
            built["data-wrong"] = " ".join(self.wrong_boxes) or False
        if self.kind in CLASSES:
            built["class"] = self._classes(widget or self.field.widget)
        return built

    def _classes(self, widget: forms.Widget) -> str:
        base = CLASSES[self.kind]
        wrong = f"{base}--error" if self.errors else ""
        script = "govuk-js-character-count" if self.counted_length else PASSWORD.get(self.kind)
        return " ".join(filter(None, [base, widget.attrs.get("class"), wrong, script]))

    @cached_property
    def options(self) -> list[Option]:
        """The radios or checkboxes of this field, with all that is said about each."""
        return [self._option(choice.data) for choice in self.subwidgets]

    def _option(self, choice: dict[str, Any]) -> Option:
        look = self.field.widget
        value = str(choice["value"])
        has_look = isinstance(look, ChoiceLook)
        return Option(
            id=choice["attrs"].get("id", ""),
            name=choice["name"],
            value=value,
            label=choice["label"],
            type=choice["type"],
            hint=look.hint_for(choice["value"]) if has_look else "",
            selected=bool(choice["selected"]),
            disabled=bool(choice["attrs"].get("disabled")),
            exclusive=has_look and value in look.exclusive,
            revealed=self.revealed_by(value),
        )

    def revealed_by(self, value: str) -> list["DesignBoundField"]:
        """The fields shown under one answer."""
        look = self.field.widget
        names = look.reveals.get(value, ()) if isinstance(look, ChoiceLook) else ()
        return [designed(self.form[name]) for name in names if name in self.form.fields]

    @property
    def revealed_when_ticked(self) -> list["DesignBoundField"]:
        """The fields shown under a single ticked box."""
        return self.revealed_by("on")


def designed(bound: BoundField) -> DesignBoundField:
    """The same field, drawn in our look; for forms of others (signing in)."""
    if isinstance(bound, DesignBoundField):
        return bound
    return DesignBoundField(bound.form, bound.field, bound.name)
