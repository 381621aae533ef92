"""Which day of the past is asked for."""

from datetime import date

from programme.core.dates import today
from recurrent.design import fields, forms


class DayForm(forms.Form):
    """One day, not later than today."""

    on = fields.DateField(label="Which day?", called="the day", latest=today, initial=today)

    @property
    def day(self) -> date:
        """The day chosen."""
        chosen: date = self.cleaned_data["on"]
        return chosen
