"""What is asked under one line of last time when it is changed."""

from collections.abc import Mapping, Sequence
from typing import Any

from programme.consents import wordings
from programme.core.choices import ConsentCovers
from programme.returning.reads import RULE_WORDS, Line, records_contraception
from recurrent.design import fields

MAY = {"may_leave_message": "May we leave a message?", "may_text": "May we text?"}
FIRST_ASKED = ("number", "times", "who_may_answer")
LONGEST_NUMBER = 50


def goal_fields(line: Line) -> dict[str, Any]:
    """The goal in other words."""
    return {
        f"{line.name}_wording": fields.LongTextField(
            label="The goal now, in the parent’s words",
            called="the goal",
            rows=2,
            initial=line.row.wording,
        )
    }


def permission_fields(line: Line) -> dict[str, Any]:
    """Another decision; of contraception notes, who may see them."""
    others = [one for one in wordings.ANSWERS.items() if one[0] != line.row.decision]
    asked: dict[str, Any] = {
        f"{line.name}_decision": fields.ChoiceField(
            label="What does the parent say now?",
            called="what the parent says now",
            choices=others,
        )
    }
    if records_contraception(line.row):
        asked[f"{line.name}_covers"] = fields.CheckboxesField(
            label="If given: who may see it?",
            choices=ConsentCovers.choices,
            required=False,
        )
    return asked


def rule_fields(line: Line) -> dict[str, Any]:
    """Each part of a rule as it stands."""
    stands = {name: getattr(line.row, name) for name in (*RULE_WORDS, *MAY)}
    return _parts_of_rule(line.name, tuple(RULE_WORDS), stands)


def first_rule_fields(under: str) -> dict[str, Any]:
    """The least that makes a rule; whoever is asked may answer any part of it."""
    return _parts_of_rule(under, FIRST_ASKED, {})


def _parts_of_rule(under: str, asked: Sequence[str], stands: Mapping[str, Any]) -> dict[str, Any]:
    parts: dict[str, Any] = {
        f"{under}_{name}": fields.TextField(
            label=RULE_WORDS[name],
            required=False,
            max_length=LONGEST_NUMBER if name == "number" else None,
            initial=stands.get(name),
        )
        for name in asked
    }
    for name, label in MAY.items():
        parts[f"{under}_{name}"] = fields.YesNoField(
            label=label, required=False, initial=stands.get(name)
        )
    return parts
