"""Controls that Django lacks: three date boxes, "when?", and choices with hints and reveals.

Plain Django widgets are drawn in our look too, by ``bound.DesignBoundField``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from recurrent.design.typed import BOXES, TypedDate, TypedWhen

Hints = Mapping[str, str] | Callable[[Any], str]


class DateBoxes(forms.Widget):
    """Day, month and year as three boxes; its value is a ``TypedDate``."""

    use_fieldset = True
    template_name = "components/widgets/date_boxes.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedDate:
        return boxes_from(data, name) or TypedDate.of_one_value(data.get(name) or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and boxes_from(data, name) is None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["boxes"] = date_boxes(name, typed_date(value), context["widget"]["attrs"])
        return context

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_day" if id_ else ""


class When(forms.RadioSelect):
    """Now, today at a time, or another day and time; its value is a ``TypedWhen``."""

    template_name = "components/widgets/when.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, [("now", "Now"), ("today", "Today"), ("other", "Another time")])

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedWhen:
        choice = data.get(name) or ""
        if choice not in ("", "now", "today", "other"):
            return TypedWhen.of_one_value(choice, timezone.localdate())
        return TypedWhen(
            choice=choice,
            time=data.get(f"{name}_time") or "",
            day=boxes_from(data, name) or TypedDate(),
            at=data.get(f"{name}_at") or "",
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = typed_when(value)
        context = super().get_context(name, typed.choice, attrs)
        widget = context["widget"]
        widget["typed"] = typed
        widget["boxes"] = date_boxes(name, typed.day, widget["attrs"])
        wrong = (widget["attrs"].get("data-wrong") or "").split()
        for box in ("time", "at"):
            widget[f"{box}_name"] = f"{name}_{box}"
            widget[f"{box}_id"] = f"{widget['attrs'].get('id') or name}_{box}"
            widget[f"{box}_wrong"] = box in wrong
        return context

    def format_value(self, value: Any) -> list[str]:
        return [typed_when(value).choice]


class ChoiceLook:
    """What a group of radios or checkboxes may say beyond its choices.

    ``hints``: by value (or a function of the value); ``reveals``: field names shown under a value;
    ``inline``: side by side (two or three short choices); ``exclusive``: values that clear others.
    """

    hints: Hints
    reveals: Mapping[str, Sequence[str]]
    inline: bool
    exclusive: frozenset[str]

    def set_look(
        self,
        hints: Hints | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        inline: bool = False,
        exclusive: Iterable[str] = (),
    ) -> None:
        self.hints = hints or {}
        self.reveals = reveals or {}
        self.inline = inline
        self.exclusive = frozenset(exclusive)

    def hint_for(self, value: Any) -> str:
        return self.hints(value) if callable(self.hints) else self.hints.get(str(value), "")


class Radios(ChoiceLook, forms.RadioSelect):
    """One of a few choices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_look()


class Checkboxes(ChoiceLook, forms.CheckboxSelectMultiple):
    """Any of a few choices."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_look()


class OneCheckbox(ChoiceLook, forms.CheckboxInput):
    """A single statement to agree with or leave; may reveal fields under "on"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_look()


def boxes_from(data: Any, name: str) -> TypedDate | None:
    """The three boxes as posted, or None when none of them was posted."""
    posted = {box: data.get(f"{name}_{box}") for box in BOXES}
    if all(value is None for value in posted.values()):
        return None
    return TypedDate(**{box: value or "" for box, value in posted.items()})


def date_boxes(name: str, typed: TypedDate, attrs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the template needs of each box; a box is wrong when it, or the whole, is in error."""
    wrong = attrs.get("data-wrong") or ""
    autocomplete = attrs.get("autocomplete")
    return [
        {
            "name": f"{name}_{box}",
            "id": f"{attrs.get('id') or name}_{box}",
            "label": box.capitalize(),
            "value": getattr(typed, box),
            "width": 4 if box == "year" else 2,
            "wrong": box in wrong.split(),
            "autocomplete": f"{autocomplete}-{box}" if autocomplete else "",
            "disabled": attrs.get("disabled", False),
        }
        for box in BOXES
    ]


def typed_date(value: Any) -> TypedDate:
    """Whatever a field holds, as three boxes."""
    if isinstance(value, TypedDate):
        return value
    return TypedDate.of(value) if isinstance(value, date) else TypedDate.of_one_value(value or "")


def typed_when(value: Any) -> TypedWhen:
    """Whatever a field holds, as an answer to "when?"."""
    if isinstance(value, TypedWhen):
        return value
    if not isinstance(value, datetime):
        return TypedWhen.of_one_value(value or "", timezone.localdate())
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return TypedWhen.of(local, timezone.localdate())
