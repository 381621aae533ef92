"""The re-referral page: last time on the left, what is new on the right, one button."""

from typing import Any
from uuid import UUID

from programme.core.forms import KeyField
from programme.pathways.models import Programme
from programme.returning import actions
from programme.returning.forms.last_time import LastTimeForm
from programme.returning.forms.what_is_new import WhatIsNewForm
from programme.returning.reads import Offer


class ReReferForm(LastTimeForm, WhatIsNewForm):
    """Last time line by line, nothing kept unless they say so; and what is new."""

    key = KeyField()

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.offer_last_time()
        self.offer_what_is_new()
        # The error summary follows the page: last time comes first.
        self.order_fields([one for one in self.fields if one not in WhatIsNewForm.base_fields])

    def clean(self) -> dict[str, Any]:
        """Answers that do not go together are sent back."""
        self.check_lines()
        self.check_estimate()
        if self.cleaned_data.get("programme") and not self.is_own and self.keeps_something():
            self.add_error(
                "programme",
                "Goals, permissions, rules and workers go with your own team only."
                " Leave them out: the other team goes through them with the parent",
            )
        self._check_worker()
        return self.cleaned_data

    def _check_worker(self) -> None:
        worker = self.chosen_worker()
        if worker and self.is_own and str(worker.programme_id) != self.cleaned_data["programme"]:
            self.add_error("worker", "Choose someone who works in the programme you chose")

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.re_refer`` takes but the parent, the key and who is saving."""
        key = UUID(self.cleaned_data["programme"])
        takes_on = actions.TakesOn(self.chosen_worker()) if self.is_own else None
        programme: Programme = (self.offer.own | self.offer.others)[key]
        return {
            "programme": programme,
            "why": self.why(),
            "takes_on": takes_on,
            "confirmed": self.confirmed(),
        }
