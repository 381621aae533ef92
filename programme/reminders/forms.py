"""What was chosen, checked."""

from programme.reminders.models import Reminders
from recurrent.design import fields, forms


class DigestForm(forms.Form):
    """How often an e-mail says how many things wait."""

    digest = fields.ChoiceField(
        label="How often should it come?",
        called="how often it should come",
        choices=Reminders.Digest.choices,
    )
