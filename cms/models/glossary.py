"""Respectful words: what to avoid, what to say instead, and why."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class Word(models.Model):
    """One word of the glossary."""

    avoid = models.CharField(max_length=80, unique=True)
    prefer = models.CharField(max_length=120)
    why = models.CharField(max_length=250, blank=True)

    panels = [FieldPanel("avoid"), FieldPanel("prefer"), FieldPanel("why")]

    class Meta:
        ordering = ["avoid"]

    def __str__(self) -> str:
        return f"{self.avoid} → {self.prefer}"
