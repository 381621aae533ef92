"""What was typed about a decision, checked; saving is the job of ``actions``."""

from datetime import date
from typing import Any

from django.utils import timezone

from programme.consents import wordings
from programme.core.choices import (
    ConsentCovers,
    ConsentDecision,
    ConsentGivenHow,
    ConsentPurpose,
)
from programme.core.forms import KeyField
from recurrent.design import fields, forms

SHARES = (
    ConsentPurpose.SHARE_WITH_GP,
    ConsentPurpose.SHARE_WITH_MIDWIFE,
    ConsentPurpose.SHARE_WITH_SOCIAL_CARE,
)


class DecisionForm(forms.Form):
    """One decision about one purpose; taking back is an answer like the others."""

    key = KeyField()
    purpose = fields.ChoiceField(
        label="What was asked?",
        called="what was asked",
        choices=ConsentPurpose.choices,
        hints={code: wording.words for code, wording in wordings.current().items()},
        reveals={
            ConsentPurpose.RECORD_CONTRACEPTION: ["covers"],
            **{code: [f"{code}_with"] for code in SHARES},
        },
    )
    covers = fields.CheckboxesField(
        label="If the answer is yes: who may see it?",
        choices=ConsentCovers.choices,
        required=False,
    )
    share_with_gp_with = fields.TextField(label="Which GP?", required=False)
    share_with_midwife_with = fields.TextField(label="Which midwife?", required=False)
    share_with_social_care_with = fields.TextField(label="Who in social care?", required=False)
    decision = fields.ChoiceField(
        label="What does the parent say?",
        called="what the parent says",
        choices=list(wordings.ANSWERS.items()),
    )
    given_how = fields.ChoiceField(
        label="How was it said?", called="how it was said", choices=ConsentGivenHow.choices
    )
    decided_at = fields.WhenField(label="When", called="when it was", initial="now", latest=None)
    explained_by = fields.TextField(label="Who explained it?", called="who explained it")
    expires_on = fields.DateField(
        label="Last day it holds",
        called="the last day it holds",
        help_text="Leave this empty if it holds until it is taken back",
        required=False,
        earliest=timezone.localdate,
    )

    def clean(self) -> dict[str, Any]:
        """A permission to keep notes about contraception says who may see them."""
        typed = self.cleaned_data
        if (
            typed.get("purpose") == ConsentPurpose.RECORD_CONTRACEPTION
            and typed.get("decision") == ConsentDecision.GIVEN
            and not typed.get("covers")
        ):
            self.add_error("covers", "Choose who may see it")
        return typed

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.record_decision`` takes but the parent and who is saving."""
        typed = self.cleaned_data
        purpose = typed["purpose"]
        expires_on: date | None = typed["expires_on"]
        plain = ("key", "purpose", "decision", "decided_at", "given_how", "explained_by")
        return {
            **{name: typed[name] for name in plain},
            "covers": frozenset(typed["covers"]),
            "shared_with": typed.get(f"{purpose}_with", ""),
            "wording_version": wordings.current()[purpose].version,
            "expires_on": expires_on,
        }
