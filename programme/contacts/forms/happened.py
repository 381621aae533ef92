"""What happened, asked once: if the parent did not come, the answer says whose reason it was."""

from programme.contacts.reads import ANSWERS, happened_of, in_a_sentence
from programme.core.choices import ContactOutcome
from recurrent.design import fields, forms
from recurrent.design.bound import Option, designed


class HappenedForm(forms.Form):
    """A form that asks what happened; gives an outcome, and whose reason a missed one had."""

    outcome = fields.ChoiceField(label="What happened?", called="what happened", choices=ANSWERS)

    def clean_outcome(self) -> str:
        """The outcome; whose reason it was is kept beside it."""
        outcome, missed_because = happened_of(self.cleaned_data["outcome"])
        self.cleaned_data["missed_because"] = missed_because
        return outcome

    def make_buttons(self) -> None:
        """Makes the answers the words of the buttons that save."""
        self._outcome().choices = [
            (value, f"Save: {in_a_sentence(label)}") for value, label in ANSWERS
        ]

    def keep_answer(self, value: str, label: str) -> None:
        """Offers an earlier answer that nobody gives any more: missed, without a reason."""
        if value not in dict(ANSWERS):
            self._outcome().choices = [*ANSWERS, (value, f"{label} (reason not recorded)")]

    def whole_answers(self) -> list[Option]:
        """The answers that stand alone."""
        return [one for one in self._options() if one not in self.answers_of_missed()]

    def answers_of_missed(self) -> list[Option]:
        """The answers that also say whose reason it was that the parent did not come."""
        missed = ContactOutcome.MISSED_BY_PARENT
        return [one for one in self._options() if happened_of(one.value)[0] == missed]

    def _options(self) -> list[Option]:
        return designed(self["outcome"]).options

    def _outcome(self) -> fields.ChoiceField:
        field = self.fields["outcome"]
        assert isinstance(field, fields.ChoiceField)
        return field
