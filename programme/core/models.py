"""The dated code lists."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from programme.core.querysets import CodeValueQuerySet


class CodeValue(models.Model):
    """One code of a list for as long as it is valid; each authority may change its label."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    list_name = models.SlugField("list", max_length=50)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    group = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField("valid from", null=True, blank=True)
    valid_to = models.DateField("last valid day", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    to_be_confirmed = models.BooleanField(default=False)
    # Which shipped row this is, so that an edited row is never taken for a missing one.
    shipped_as = models.CharField(max_length=60, blank=True, editable=False)

    objects = CodeValueQuerySet.as_manager()

    class Meta:
        ordering = ["list_name", "position", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["list_name", "code", "valid_from"],
                name="programme_codevalue_code_once_from_a_day",
                violation_error_message="This code already starts on that day.",
            ),
            # Two blanks are different to a database, so an open start needs its own rule.
            models.UniqueConstraint(
                fields=["list_name", "code"],
                condition=Q(valid_from=None),
                name="programme_codevalue_code_once_from_always",
                violation_error_message="This code is already valid from the start.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="programme_codevalue_ends_after_it_starts",
                violation_error_message="The last valid day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
