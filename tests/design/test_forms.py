"""Forms as a whole: reveals, errors without a place, links of the summary, model fields."""

from datetime import date

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.forms import formset_factory
from django.test.utils import isolate_apps

from recurrent.design import fields, forms
from recurrent.design.gallery import WRONG, SampleForm
from tests.design.pages import drawn, drawn_form, is_focusable, words

CHOICES = [("a", "A"), ("b", "B")]


class Revealing(forms.Form):
    why = fields.ChoiceField(choices=CHOICES, reveals={"b": ["because"]})
    because = fields.TextField(label="Because")
    agrees = fields.ConfirmField(required=False, reveals={"on": ["how"]})
    how = fields.DateField()
    which = fields.CheckboxesField(choices=CHOICES, required=False, reveals={"a": ["number"]})
    number = fields.WholeNumberField()


# --- Reveals --------------------------------------------------------------------------------


def test_a_field_that_is_not_shown_is_not_asked_for():
    form = Revealing({"why": "a", "because": "left over", "how_day": "99", "number": "x"})

    assert form.is_valid()
    assert form.cleaned_data == {
        "why": "a",
        "because": "",
        "agrees": False,
        "how": None,
        "which": [],
        "number": None,
    }


def test_a_field_that_is_shown_is_asked_for():
    form = Revealing({"why": "b", "agrees": "on", "which": ["a"]})

    assert dict(form.errors) == {
        "because": ["Enter because"],
        "how": ["Enter a date"],
        "number": ["Enter a number"],
    }


def test_a_revealed_field_is_drawn_once_under_its_answer():
    page = drawn_form(Revealing())

    answer = page.select_one("input[data-reveals]")
    assert answer["value"] == "b"
    shown = page.find(id=answer["data-reveals"])
    assert [one["name"] for one in shown.select("input")] == ["because"]
    assert len(page.select("[name=because]")) == 1


def test_what_was_typed_where_it_is_not_shown_is_still_on_the_page():
    page = drawn_form(Revealing({"why": "a", "because": "left over"}))

    assert page.select_one("[name=because]")["value"] == "left over"


# --- Errors ---------------------------------------------------------------------------------


def test_words_about_a_field_the_form_lacks_go_to_the_top():
    form = Revealing({"why": "a"})

    form.add_error("due_date", "She has had this baby")

    assert form.non_field_errors() == ["She has had this baby"]


@pytest.mark.parametrize("prefix", [None, "second"])
def test_every_link_of_the_summary_lands_on_a_control(prefix):
    start = f"{prefix}-" if prefix else ""
    form = SampleForm({start + name: typed for name, typed in WRONG.items()}, prefix=prefix)

    page = drawn_form(form)

    links = page.select(".govuk-error-summary a")
    assert [words(link) for link in links] == [m for e in form.errors.values() for m in e]
    for link in links:
        assert is_focusable(page.find(id=link["href"].removeprefix("#")))


@pytest.mark.parametrize("name", SampleForm.base_fields)
def test_every_kind_of_field_left_empty_is_linked_to_its_own_control(name):
    field = SampleForm.base_fields[name]
    kind = type("OneField", (forms.Form,), {name: field})
    form = kind({}, {})
    if not field.required:
        form.add_error(name, "Not this")

    page = drawn_form(form)

    target = page.find(id=page.select_one(".govuk-error-summary a")["href"].removeprefix("#"))
    assert is_focusable(target)
    assert target["name"].removeprefix(name) in ("", "_day")
    group = target.find_parent(class_="govuk-form-group--error")
    assert words(group.select_one(".govuk-error-message")) == f"Error: {form.errors[name][0]}"


@pytest.mark.parametrize(
    "boxes, focus",
    [
        ({}, "id_one_day"),
        ({"one_day": "27", "one_year": "2026"}, "id_one_month"),
        ({"one_day": "27", "one_month": "3", "one_year": "26"}, "id_one_year"),
        ({"one_day": "31", "one_month": "2", "one_year": "2026"}, "id_one_day"),
    ],
)
def test_a_slip_in_a_date_leads_to_its_box(boxes, focus):
    form = type("OneField", (forms.Form,), {"one": fields.DateField()})(boxes)

    page = drawn_form(form)

    assert page.select_one(".govuk-error-summary a")["href"] == f"#{focus}"
    assert page.find(id=focus)["aria-invalid"] == "true"


@pytest.mark.parametrize(
    "field, focus", [(fields.DateField(), "id_one_day"), (fields.WhenField(), "id_one_0")]
)
def test_a_field_of_several_controls_starts_at_its_first(field, focus):
    form = type("OneField", (forms.Form,), {"one": field})()

    assert form["one"].focus_id == focus


def test_a_group_without_choices_can_still_be_reached():
    form = type("OneField", (forms.Form,), {"one": fields.ChoiceField(choices=[])})({})

    page = drawn_form(form)

    assert is_focusable(page.find(id=page.select_one(".govuk-error-summary a")["href"][1:]))


def test_words_about_the_whole_form_and_hidden_fields_stand_without_a_link():
    kind = type("Hiding", (forms.Form,), {"version": fields.HiddenField()})
    form = kind({})
    form.add_error(None, "Somebody else changed this")

    summary = drawn_form(form).select_one(".govuk-error-summary")

    assert [words(line) for line in summary.select("li")] == [
        "Somebody else changed this",
        "This field is required.",
    ]
    assert summary.select("a") == []


def test_the_summary_speaks_for_formsets_too():
    formset = formset_factory(Revealing)(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-because": "x"}
    )

    page = drawn("{% error_summary %}{% error_prefix %}", forms=[formset])

    assert page.select_one("a")["href"] == "#id_form-0-why_0"
    assert str(page).endswith("Error: ")


def test_hints_and_errors_are_read_with_the_control():
    page = drawn_form(SampleForm({"note": "x" * 201}))

    described = page.select_one("[name=note]")["aria-describedby"].split()
    assert described == ["id_note_helptext", "id_note_error", "id_note-info"]
    assert [words(page.find(id=one)) for one in described] == [
        "What she would want to be remembered",
        "Error: Note must be 200 characters or fewer",
        "You can enter up to 200 characters",
    ]


def test_every_id_is_on_the_page_once_and_every_description_exists():
    page = drawn_form(SampleForm(WRONG))

    ids = [one["id"] for one in page.select("[id]")]
    assert sorted(set(ids)) == sorted(ids)
    described = {
        one for tag in page.select("[aria-describedby]") for one in tag["aria-describedby"].split()
    }
    assert described <= set(ids)


def test_every_control_has_a_label():
    page = drawn_form(SampleForm())

    labelled = {label["for"] for label in page.select("label")}
    assert [
        one["id"]
        for one in page.select("input:not([type=hidden]), select, textarea")
        if one["id"] not in labelled
    ] == []


def test_the_browser_never_cuts_or_blocks_what_is_typed():
    page = drawn_form(SampleForm())

    assert page.select("[maxlength], [required], [pattern], [placeholder]") == []


def test_a_file_has_to_be_chosen_again_and_the_page_says_so():
    kind = type("Two", (forms.Form,), {"letter": fields.FileField(), "note": fields.TextField()})
    form = kind({}, {"letter": SimpleUploadedFile("letter.txt", b"words")})

    assert "Choose the file again" in words(drawn_form(form))


# --- Forms of others ------------------------------------------------------------------------


class Foreign(django_forms.Form):
    code = django_forms.CharField(
        widget=django_forms.TextInput(
            attrs={"placeholder": "Code", "autocomplete": "one-time-code"}
        )
    )


def test_a_field_of_another_package_is_drawn_in_our_look():
    page = drawn('{% field form.code label="Code" hint="6 digits" %}', form=Foreign({}))

    control = page.select_one("input")
    assert (control["class"], control["autocomplete"], control.get("placeholder")) == (
        ["govuk-input", "govuk-input--error"],
        "one-time-code",
        None,
    )
    assert control["aria-describedby"] == "id_code_helptext id_code_error"


# --- Model fields ---------------------------------------------------------------------------


@isolate_apps("recurrent.design")
def test_a_model_form_gets_design_fields_by_itself():
    class Town(models.Model):
        class Meta:
            app_label = "design"

    class Row(models.Model):
        name = models.CharField(max_length=20)
        note = models.TextField(blank=True)
        held_on = models.DateField(default=date.today)
        held_at = models.DateTimeField()
        clock = models.TimeField()
        email = models.EmailField()
        count = models.PositiveIntegerField()
        kind = models.CharField(max_length=1, choices=CHOICES, blank=True)
        agreed = models.BooleanField()
        knows = models.BooleanField(null=True)
        letter = models.FileField()
        town = models.ForeignKey(Town, models.PROTECT)

        class Meta:
            app_label = "design"

    class RowForm(forms.ModelForm[Row]):
        class Meta:
            model = Row
            fields = "__all__"
            labels = {"kind": "Which?"}
            error_messages = {"held_on": {"required": "Say when"}}

    made = RowForm.base_fields
    assert {name: type(field) for name, field in made.items()} == {
        "name": fields.TextField,
        "note": fields.LongTextField,
        "held_on": fields.DateField,
        "held_at": fields.WhenField,
        "clock": fields.TimeField,
        "email": fields.EmailField,
        "count": fields.WholeNumberField,
        "kind": fields.ChoiceField,
        "agreed": fields.ConfirmField,
        "knows": fields.YesNoField,
        "letter": fields.FileField,
        "town": fields.ModelSelectField,
    }
    assert list(made["kind"].choices) == CHOICES
    assert made["kind"].label == "Which?"
    assert made["held_on"].error_messages["required"] == "Say when"
    assert not made["held_on"].show_hidden_initial
    assert (made["note"].required, made["knows"].required, made["agreed"].required) == (
        False,
        True,
        False,
    )
    assert made["town"].queryset.query.is_empty()
