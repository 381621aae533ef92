"""What was typed about two records of one person."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from programme.access.models import User
from programme.core.forms import KeyField
from programme.joining import actions
from programme.joining.models import PossibleMatch
from programme.joining.reads.alike import LookAlike
from programme.joining.reads.records import OpenInBoth
from programme.people.models import Parent
from recurrent.design import fields, forms


class LookForSameForm(forms.Form):
    """Who is somebody else; and whether to look among records the reader may not open."""

    not_same = fields.CheckboxesField(
        label="Which of these is somebody else?",
        help_text="They are not suggested together again",
        required=False,
    )
    same_after_all = fields.CheckboxesField(
        label="Which of these may be the same person after all?",
        help_text="It was said that they are somebody else. They are suggested together again",
        required=False,
    )
    why = fields.LongTextField(
        label="Why may they be the same person?",
        help_text="Only if you chose one. It is kept",
        required=False,
        rows=3,
    )
    ask_keepers = fields.ConfirmField(
        label="Also look among records I may not open",
        help_text="If one fits, whoever keeps it is told that you asked. This page says nothing"
        " about it, whatever is found",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        found: Sequence[LookAlike],
        apart: Sequence[Parent] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = {str(one.parent_id): one for one in found}
        choices: Any = self.fields["not_same"]
        choices.choices = [
            (key, f"Record {one.reference} is somebody else") for key, one in self.found.items()
        ]
        said: Any = self.fields["same_after_all"]
        said.choices = [(str(one.pk), f"Record {one.reference}") for one in apart]
        if not found:
            del self.fields["not_same"]
        if not apart:
            del self.fields["same_after_all"], self.fields["why"]

    def clean(self) -> dict[str, Any]:
        """Something has to be chosen; what was said before is taken back for a reason."""
        typed = self.cleaned_data
        chosen = [typed.get(name) for name in ("not_same", "same_after_all", "ask_keepers")]
        if not self.errors and not any(chosen):
            self.add_error(None, "Choose what to save")
        if typed.get("same_after_all") and not typed.get("why"):
            self.add_error("why", "Enter why they may be the same person")
        return typed

    def same_as_before(self) -> list[UUID]:
        """The parents who may be the same person after all."""
        return [UUID(key) for key in self.cleaned_data.get("same_after_all") or ()]

    def not_the_same(self) -> list[UUID]:
        """The parents who are somebody else."""
        return [UUID(key) for key in self.cleaned_data.get("not_same") or ()]


class JoinRecordsForm(forms.Form):
    """Why two records are of one person, and which of two open episodes goes on."""

    key = KeyField()
    why = fields.LongTextField(
        label="How do you know that this is the same person?",
        called="how you know",
        help_text="In your own words. It stays with the record",
        rows=3,
    )

    def __init__(self, *args: Any, pairs: Sequence[OpenInBoth], names: Mapping[str, str]) -> None:
        super().__init__(*args)
        self.pairs = pairs
        for pair in pairs:
            self.fields[pair.field_name] = fields.ChoiceField(
                label=f"Both records have open work with {pair.programme}. Which goes on?",
                called="which work goes on",
                choices=[
                    (actions.GoesOn.KEPT, f"That of record {names['kept']}. The other ends today"),
                    (
                        actions.GoesOn.ABSORBED,
                        f"That of record {names['absorbed']}. The other ends today",
                    ),
                    (actions.GoesOn.BOTH, "Both go on"),
                ],
            )

    def for_action(self, kept: Parent, absorbed: Parent, by: User) -> dict[str, Any]:
        """Everything ``actions.join_records`` takes but the key."""
        typed = self.cleaned_data
        goes_on = {pair.programme.pk: typed[pair.field_name] for pair in self.pairs}
        return {
            "kept": kept,
            "absorbed": absorbed,
            "why": typed["why"],
            "goes_on": goes_on,
            "by": by,
        }


class UndoJoinForm(forms.Form):
    """Why two records that were joined are of two people."""

    why = fields.LongTextField(
        label="How do you know that these are two people?", called="how you know", rows=3
    )


class AnswerMatchForm(forms.Form):
    """What a keeper found out about a possible match."""

    version = fields.WholeNumberField(widget=fields.HiddenInput)
    answer = fields.ChoiceField(
        label="Is it the same person?",
        called="what you found out",
        choices=PossibleMatch.Answer.choices,
    )
    note = fields.LongTextField(label="Note for your own team", required=False, rows=3)

    def for_action(self, match: PossibleMatch, by: User) -> dict[str, Any]:
        """Everything ``actions.answer_possible_match`` takes."""
        typed = self.cleaned_data
        return {
            "match": match,
            "answer": typed["answer"],
            "note": typed["note"],
            "seen_version": typed["version"],
            "by": by,
        }
