"""What resources are about."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class Topic(models.Model):
    """One subject that readers can look for; editors add and rename them."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
