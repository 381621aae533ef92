"""Guidance: pages that only staff read."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction

from cms.blocks import guidance_blocks
from cms.models.base import CheckedPage, OurPage
from cms.readers import readable


class GuidanceIndexPage(OurPage):
    """The list of staff pages; one of it, private from the moment it is stored."""

    for_staff = True
    introduction = models.CharField(max_length=250, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidancePage"]
    max_count = 1
    # An editor cannot open it by the privacy button.
    private_page_options: list[str] = []

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the page, and with it that it and all below it need signing in."""
        super().save(*args, **kwargs)
        PageViewRestriction.objects.get_or_create(
            page=self, defaults={"restriction_type": PageViewRestriction.LOGIN}
        )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the staff pages."""
        context = super().get_context(request, *args, **kwargs)
        below = GuidancePage.objects.child_of(self)
        context["guidance"] = readable(below, request.user).order_by("title")
        return context


class GuidancePage(CheckedPage):
    """How we work: for staff."""

    for_staff = True
    body = StreamField(guidance_blocks())

    parent_page_types = ["cms.GuidanceIndexPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []

    class Meta:
        permissions = [("read_guidance", "Can read staff pages")]
