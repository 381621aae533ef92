"""One of, any of, yes or no."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from recurrent.design.fields.kindness import Kind
from recurrent.design.widgets import Checkboxes, ChoiceLook, Hints, OneCheckbox, Radios

if TYPE_CHECKING:
    Base = Kind
else:
    Base = object


class Looks(Base):
    """Takes what ``widgets.ChoiceLook`` may say and hands it to the widget."""

    def __init__(
        self,
        *,
        hints: Hints | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        inline: bool = False,
        exclusive: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if isinstance(self.widget, ChoiceLook):
            self.widget.set_look(hints, reveals, inline, exclusive)


class ChoiceField(Looks, Kind, forms.TypedChoiceField):
    """One of a few choices, as radios. ``coerce`` turns the value into what is kept."""

    asks = "Choose"
    called_by_default = "an answer"
    kind_messages = {"invalid_choice": "Choose {called} from the list"}
    widget = Radios


class SelectField(Kind, forms.TypedChoiceField):
    """One of many choices, as a drop-down. Add an empty choice first if none is usual."""

    asks = "Choose"
    called_by_default = "an answer"
    kind_messages = {"invalid_choice": "Choose {called} from the list"}
    widget = forms.Select


class CheckboxesField(Looks, Kind, forms.TypedMultipleChoiceField):
    """Any of a few choices."""

    asks = "Choose"
    called_by_default = "at least one"
    kind_messages = {"invalid_choice": "Choose from the list"}
    widget = Checkboxes


class ConfirmField(Looks, Kind, forms.BooleanField):
    """A single checkbox. Required means that it has to be ticked."""

    asks = "Tick"
    called_by_default = "the box to go on"
    widget = OneCheckbox


class YesNoField(ChoiceField):
    """Yes or no, never a guess: unanswered stays None. Gives True, False or None."""

    called_by_default = "yes or no"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("inline", True)
        kwargs.setdefault("choices", [("yes", "Yes"), ("no", "No")])
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class ModelChoiceField(Looks, Kind, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of a few rows, as radios. Give it a queryset that is already scoped."""

    asks = "Choose"
    called_by_default = "an answer"
    kind_messages = {"invalid_choice": "Choose {called} from the list"}
    widget = Radios

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", None)
        super().__init__(**kwargs)


class ModelSelectField(Kind, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of many rows, as a drop-down. Give it a queryset that is already scoped."""

    asks = "Choose"
    called_by_default = "an answer"
    kind_messages = {"invalid_choice": "Choose {called} from the list"}
    widget = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "Choose one")
        super().__init__(**kwargs)


class ModelCheckboxesField(Looks, Kind, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any of a few rows. Give it a queryset that is already scoped."""

    asks = "Choose"
    called_by_default = "at least one"
    kind_messages = {
        "invalid_choice": "Choose from the list",
        "invalid_pk_value": "Choose from the list",
        "invalid_list": "Choose from the list",
    }
    widget = Checkboxes
