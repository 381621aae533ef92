"""What was typed about reaching a parent safely, checked; saving is the job of ``actions``."""

from typing import Any

from django import forms as django_forms
from django.http import QueryDict

from programme.core.forms import KeyField, VersionField
from programme.core.identifiers import postcode_problem, tidy_postcode
from programme.people.models import SafeContact
from recurrent.design import fields, forms

PARTS = SafeContact.PARTS


class VersionForm(forms.Form):
    """A form about a row, with the version of it that was on the page."""

    version = VersionField()


class RuleForm(forms.Form):
    """One rule: a number and what to mind. Whoever is asked may answer any part of it."""

    key = KeyField()
    number = fields.PhoneField(
        label="Telephone number",
        help_text="One number. Add another rule for another number",
        required=False,
        max_length=50,
        autocomplete="off",
    )
    times = fields.TextField(
        label="When is it safe?",
        help_text="Such as “after 10 on weekdays”",
        required=False,
        max_length=500,
    )
    who_may_answer = fields.TextField(label="Who else may answer?", required=False, max_length=500)
    may_leave_message = fields.YesNoField(label="May you leave a message?", required=False)
    may_text = fields.YesNoField(label="May you text?", required=False)
    agreed_phrase = fields.TextField(
        label="What do you say who you are?",
        help_text="A phrase agreed with the parent, such as “it’s the centre”",
        required=False,
        max_length=500,
    )
    words_to_avoid = fields.TextField(label="What must nobody say?", required=False, max_length=500)
    known_risk = fields.LongTextField(
        label="Is anything or anybody in the home a risk?", required=False, rows=3, max_length=2000
    )
    do_not_meet_at = fields.TextField(label="Where not to meet", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """A rule says something."""
        if not any(self.cleaned_data.get(name) not in ("", None) for name in PARTS):
            self.add_error("number", "Enter a number, or another part of the rule")
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """The rule, as an action takes it."""
        return {name: self.cleaned_data[name] for name in PARTS}


class ChangeRuleForm(VersionForm, RuleForm):
    """A rule with other words; the version that was on the page goes with it."""

    def __init__(self, typed: QueryDict | None, *, rule: SafeContact) -> None:
        stands = {name: getattr(rule, name) for name in (*PARTS, "version")}
        super().__init__(typed, initial=stands)


class EndRuleForm(VersionForm):
    """Why a rule no longer holds."""

    because = fields.TextField(
        label="Why does it no longer hold?",
        called="why it no longer holds",
        help_text="Such as “new number” or “no longer safe”",
        max_length=500,
    )


class AddressForm(VersionForm):
    """Where a parent lives now, as on an envelope; what stood before is never shown here."""

    no_fixed_address = fields.ConfirmField(label="There is no fixed address", required=False)
    line_1 = fields.TextField(label="Address line 1", required=False, max_length=200)
    line_2 = fields.TextField(label="Address line 2", required=False, max_length=200)
    town = fields.TextField(label="Town or city", required=False, width=20, max_length=100)
    county = fields.TextField(label="County", required=False, width=20, max_length=100)
    postcode = fields.TextField(label="Postcode", required=False, width=10, max_length=20)
    why = fields.TextField(
        label="Why does it change?",
        called="why it changes",
        help_text="Kept with the earlier address, as safe as the address itself",
        max_length=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("line_1", "line_2", "town", "county", "postcode"):
            # The browser must not keep it, nor offer the worker's own.
            self.fields[name].widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def clean_postcode(self) -> str:
        """Tidied; words that are no postcode are asked for again."""
        typed: str = self.cleaned_data["postcode"]
        if problem := postcode_problem(typed):
            raise django_forms.ValidationError(problem)
        return tidy_postcode(typed)

    def clean(self) -> dict[str, Any]:
        """An address, or that there is none."""
        typed = self.cleaned_data
        said = any(typed.get(name) for name in ("line_1", "line_2", "town", "county", "postcode"))
        if typed.get("no_fixed_address") and said:
            self.add_error("no_fixed_address", "Enter an address, or say that there is none")
        if not typed.get("no_fixed_address") and not said and "postcode" not in self.errors:
            self.add_error("line_1", "Enter the address, or say that there is none")
        return typed

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.change_home`` takes but the parent and who is saving."""
        typed = self.cleaned_data
        lines = [typed[name] for name in ("line_1", "line_2", "town", "county")]
        return {
            "address": "\n".join(filter(None, lines)),
            "postcode": typed["postcode"],
            "no_fixed_address": bool(typed["no_fixed_address"]),
            "why": typed["why"],
            "seen_version": typed["version"],
        }
