"""What is new: a pregnancy, why now, which programme, who asks."""

from typing import Any

from programme.core.choices import ParentRole, ReferralSource
from programme.core.dates import today
from programme.pregnancies.forms import NEW_PREGNANCY, NewPregnancyForm
from programme.returning import actions
from programme.returning.reads import Offer
from recurrent.design import fields

NEW, NOT_PREGNANT = "new", "no"


class WhatIsNewForm(NewPregnancyForm):
    """The right side of the page: everything that nobody could know last time."""

    pregnancy = fields.ChoiceField(
        label="Is the parent pregnant?",
        called="whether the parent is pregnant",
        reveals={NEW: NEW_PREGNANCY},
    )
    who_knows = fields.LongTextField(
        label="Who knows about this, and who may be told?", required=False, rows=3
    )
    reason = fields.LongTextField(label="What brings the parent back?", required=False, rows=4)
    programme = fields.ChoiceField(
        label="Which programme?",
        called="the programme",
        help_text="Your own team takes the parent on at once. Another team decides first. From now"
        " on it sees who the parent is, the family, pregnancies, court dates, permissions, how to"
        " reach the parent safely, and what you write here; no notes, plan or address",
    )
    source = fields.SelectField(
        label="Who asks for it?",
        called="who asks for it",
        choices=[("", "Choose one"), *ReferralSource.choices],
    )
    received_on = fields.DateField(
        label="When was it asked?", called="the day it was asked", initial=today, latest=today
    )

    field_order = ("pregnancy", *NEW_PREGNANCY)

    offer: Offer

    def offer_what_is_new(self) -> None:
        """The programmes, and the pregnancies that may go on, to choose from."""
        self._offer_programmes()
        self._offer_pregnancies()

    def _choice(self, name: str) -> Any:
        return self.fields[name]

    def _offer_programmes(self) -> None:
        own = [(str(key), f"{one.name} (your team)") for key, one in self.offer.own.items()]
        others = [(str(key), one.name) for key, one in self.offer.others.items()]
        self._choice("programme").choices = [*own, *others]

    def _offer_pregnancies(self) -> None:
        if self.offer.parent.parent_role == ParentRole.FATHER:
            for name in ("pregnancy", *NEW_PREGNANCY):
                del self.fields[name]
            return
        known = [(str(one.pregnancy.pk), f"Yes. {one.words}") for one in self.offer.pregnancies]
        new = "Yes, another pregnancy" if known else "Yes"
        self._choice("pregnancy").choices = [*known, (NEW, new), (NOT_PREGNANT, "No")]

    @property
    def is_own(self) -> bool:
        """Whether the programme chosen is one the user may take her on in."""
        return self.cleaned_data.get("programme") in {str(key) for key in self.offer.own}

    def why(self) -> actions.Why:
        """When and why, as ``actions.re_refer`` takes it."""
        typed = self.cleaned_data
        chosen = typed.get("pregnancy", NOT_PREGNANT)
        known = {str(one.pregnancy.pk): one.pregnancy for one in self.offer.pregnancies}
        new = {name: typed[name] for name in NEW_PREGNANCY} if chosen == NEW else None
        said = [typed["reason"]]
        if typed["who_knows"]:
            said.append(f"Who knows, and who may be told: {typed['who_knows']}")
        return actions.Why(
            received_on=typed["received_on"],
            source=typed["source"],
            reason="\n\n".join(one for one in said if one),
            previous_episode=self.offer.last.episode,
            pregnancy=known.get(chosen),
            new_pregnancy=actions.NewPregnancy(**new) if new else None,
        )
