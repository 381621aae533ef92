"""What was typed about an offer or a conversation, checked; saving is the job of ``actions``."""

from typing import Any

from programme.contraception.reads import methods
from programme.core.choices import ContraceptionAnswer, ContraceptionEvent, ExplainedByRole
from programme.core.dates import today
from programme.core.forms import KeyField
from recurrent.design import fields, forms

# An offer has a page of its own; these need her permission.
EVENTS = [
    (code, label)
    for code, label in ContraceptionEvent.choices
    if code != ContraceptionEvent.INFORMATION_OFFERED
]


class InformationForm(forms.Form):
    """That information was offered: a day and who explained, nothing about her."""

    key = KeyField()
    happened_on = fields.DateField(
        label="When was it offered?", called="the day it was offered", initial=today, latest=today
    )
    explained_by_role = fields.ChoiceField(
        label="Who explained it?", called="who explained it", choices=ExplainedByRole.choices
    )


class ConversationForm(forms.Form):
    """What she told. The eight answers stand equal, in one order, none chosen for her."""

    key = KeyField()
    event = fields.ChoiceField(
        label="What is this about?", called="what it is about", choices=EVENTS
    )
    happened_on = fields.DateField(
        label="When was it?", called="the day it was", initial=today, latest=today
    )
    answer = fields.ChoiceField(
        label="What did they say?",
        called="what they said",
        choices=ContraceptionAnswer.choices,
        reveals={ContraceptionAnswer.METHOD: ["method"]},
    )
    method = fields.SelectField(label="Which method did they name?", called="the method they named")
    explained_by_role = fields.ChoiceField(
        label="Who explained it?", called="who explained it", choices=ExplainedByRole.choices
    )
    review_due_on = fields.DateField(
        label="When do they want to talk about it again?",
        called="the day to talk again",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method: Any = self.fields["method"]
        method.choices = [("", "Choose one"), *methods()]
