"""The bases of every form, and which design field each model field gets."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.models import ModelFormMetaclass

from recurrent.design import fields
from recurrent.design.bound import DesignBoundField, designed
from recurrent.design.widgets import ChoiceLook

M = TypeVar("M", bound=models.Model)

FIELDS: tuple[tuple[type[models.Field[Any, Any]], type[forms.Field]], ...] = (
    (models.DateTimeField, fields.WhenField),
    (models.DateField, fields.DateField),
    (models.TimeField, fields.TimeField),
    (models.EmailField, fields.EmailField),
    (models.TextField, fields.LongTextField),
    (models.CharField, fields.TextField),
    (models.IntegerField, fields.WholeNumberField),
    (models.FileField, fields.FileField),
    (models.ManyToManyField, fields.ModelCheckboxesField),
    (models.ForeignKey, fields.ModelSelectField),
)

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class DesignForm(Base):
    """What every form of ours does beyond Django's."""

    bound_field_class: type[BoundField] | None = DesignBoundField
    # Messages are ours, on the page, for everybody; never the browser's bubbles.
    use_required_attribute = False
    # Where somebody else saved other words meanwhile: a ``both.Both``, drawn under the problems.
    both: Any = None

    def revealers(self) -> Iterator[tuple[str, str, str]]:
        """Each (field, answer, field shown under that answer)."""
        for name, field in self.fields.items():
            look = field.widget
            if isinstance(look, ChoiceLook):
                for answer, names in look.reveals.items():
                    yield from ((name, str(answer), one) for one in names if one in self.fields)

    @property
    def revealed_names(self) -> set[str]:
        """Fields that are drawn under an answer, so not in the list of fields."""
        return {shown for _, _, shown in self.revealers()}

    def not_shown(self) -> set[str]:
        """Revealed fields whose answers were not chosen."""
        shown = {
            target
            for name, answer, target in self.revealers()
            if answer in answers(self[name].data)
        }
        return self.revealed_names - shown

    def listed_fields(self) -> list[DesignBoundField]:
        """The visible fields in order, without the revealed."""
        revealed = self.revealed_names
        return [designed(one) for one in self.visible_fields() if one.name not in revealed]

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.not_shown():
            self._errors.pop(name, None)  # type: ignore[attr-defined]
            field = self.fields[name]
            empty = field.empty_value if hasattr(field, "empty_value") else field.to_python(None)
            self.cleaned_data[name] = empty

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django's; words about a field the form does not have go to the top of the form."""
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(None if name == NON_FIELD_ERRORS else name, errors)
            return
        super().add_error(field if field in self.fields else None, error)


class Form(DesignForm, forms.Form):
    """A form of our own fields."""


def design_field(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """The design field of a model field; ``kwargs`` are what the form's Meta says about it.

    A field of related rows starts with none: the form gives it a queryset that is already scoped.
    """
    field = _made(db_field, kwargs)
    if field is not None:
        field.show_hidden_initial = False
    return field


def _made(db_field: "models.Field[Any, Any]", kwargs: dict[str, Any]) -> forms.Field | None:
    if isinstance(db_field, models.BooleanField):
        return _boolean(db_field, **kwargs)
    if db_field.choices:
        return _choices(db_field, **kwargs)
    kind = next((form for model, form in FIELDS if isinstance(db_field, model)), None)
    if kind is None:
        return db_field.formfield(**kwargs)
    if isinstance(db_field, models.ForeignKey | models.ManyToManyField):
        no_rows: models.QuerySet[Any] = models.QuerySet(db_field.remote_field.model).none()
        made = {"form_class": kind, "queryset": no_rows, **kwargs}
        return models.Field.formfield(db_field, **made)
    return db_field.formfield(**{"form_class": kind, **kwargs})


def _boolean(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field:
    defaults = {"label": _label(db_field), "help_text": db_field.help_text}
    if db_field.null:
        return fields.YesNoField(**{**defaults, "required": not db_field.blank, **kwargs})
    return fields.ConfirmField(**{**defaults, "required": False, **kwargs})


def _choices(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Radios without a blank line; nothing chosen stays the model's empty value."""
    form_class = kwargs.pop("form_class", fields.ChoiceField)
    made = {"choices_form_class": form_class, "widget": form_class.widget, **kwargs}
    field = db_field.formfield(**made)
    if isinstance(field, fields.ChoiceField):
        field.choices = db_field.get_choices(include_blank=False)
    return field


def _label(db_field: "models.Field[Any, Any]") -> str:
    words = str(db_field.verbose_name)
    return words[:1].upper() + words[1:]


def answers(value: Any) -> set[str]:
    """The chosen answers of a radio, a group of checkboxes or a single checkbox."""
    if isinstance(value, list | tuple):
        return {str(one) for one in value}
    return {"on"} if value is True else {str(value or "")}


class DesignModelFormMetaclass(ModelFormMetaclass):
    """Gives every ModelForm of ours design fields, without a word in its Meta."""

    def __new__(mcs, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(design_field)
        return super().__new__(mcs, name, bases, attrs)


if TYPE_CHECKING:

    class ModelForm(DesignForm, forms.ModelForm[M]):
        """A form of a model's fields."""

else:

    class ModelForm(DesignForm, forms.ModelForm, metaclass=DesignModelFormMetaclass):
        """A form of a model's fields."""

        def __class_getitem__(cls, model: Any) -> type:
            """``ModelForm[Contact]`` names the model for the type checker only."""
            return cls
