"""Conversations and choices: two append-only tables, seen by the care pair.

Nothing outside this slice, its figure and the package in and out may read them (a test).
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from programme.access.parts import Part
from programme.access.records import PortableRecord
from programme.access.walls import OfParent
from programme.core.choices import ContraceptionAnswer, ContraceptionEvent, ExplainedByRole
from programme.core.encryption import EncryptedTextField


class EventChanged(RuntimeError):
    """An event once stored is never changed; say what is true now in a new one."""


class _Event(PortableRecord):
    """What both tables share: whose, when, and who explained."""

    happened_on = models.DateField()
    explained_by_role = models.CharField(max_length=30, choices=ExplainedByRole.choices, blank=True)

    class Meta(PortableRecord.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new event; refuses to change an old one."""
        if not self._state.adding:
            raise EventChanged("An event is never changed. Record a new one.")
        super().save(*args, **kwargs)


class InformationOffered(_Event):
    """That information was offered: a date and a role, kept without any consent."""

    wall = OfParent(Part.CARE)

    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, related_name="contraception_offers"
    )


class ContraceptionChoice(_Event):
    """A conversation, choice or change, kept only while consent to record it is in force."""

    wall = OfParent(Part.HEALTH)

    parent = models.ForeignKey(
        "programme.Parent", models.PROTECT, related_name="contraception_choices"
    )
    event = models.CharField(max_length=20, choices=ContraceptionEvent.choices)
    answer = models.CharField(max_length=30, choices=ContraceptionAnswer.choices, blank=True)
    method = models.CharField(max_length=30, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    end_reason = EncryptedTextField(blank=True, default="")

    class Meta(_Event.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *_Event.Meta.constraints,
            models.CheckConstraint(
                name="programme_contraceptionchoice_method_with_answer",
                condition=Q(method="") | Q(answer=ContraceptionAnswer.METHOD),
                violation_error_message="A method goes only with the answer that one was chosen.",
            ),
            models.CheckConstraint(
                name="programme_contraceptionchoice_not_an_offer",
                condition=~Q(event=ContraceptionEvent.INFORMATION_OFFERED),
            ),
        ]
