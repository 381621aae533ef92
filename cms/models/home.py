"""The public front page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import page_blocks
from cms.models.base import OurPage
from cms.models.topics import Topic
from cms.readers import readable


class HomePage(OurPage):
    """What the service is, for anyone who comes by; one of it."""

    introduction = models.TextField(max_length=500)
    body = StreamField(page_blocks(), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.ResourceIndexPage", "cms.GuidanceIndexPage"]
    max_count = 1
    private_page_options: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what lies below for this reader, and the subjects to look for."""
        context = super().get_context(request, *args, **kwargs)
        sections = readable(self.get_children(), request.user).specific()
        return {**context, "sections": sections, "topics": Topic.objects.all()}
