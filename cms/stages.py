"""The stages a resource can serve: codes that every pathway shares, each with one label."""

import csv
from pathlib import Path
from typing import Any

from django import forms
from django.db import models

with Path(__file__).with_name("stages.csv").open(encoding="utf-8", newline="") as rows:
    STAGES: dict[str, str] = {row["stage"]: row["label"] for row in csv.DictReader(rows)}


class StagesField(models.JSONField):
    """A list of stage codes, ticked in the editor; an empty list means no stage in particular."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """One tick for each stage."""
        return forms.MultipleChoiceField(
            choices=list(STAGES.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=kwargs.get("label", self.verbose_name),
            help_text=self.help_text,
        )
