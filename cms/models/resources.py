"""Resources: pages to read, mostly public, for parents and for those who work with them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import page_blocks
from cms.models.base import CheckedPage, OurPage
from cms.models.topics import Topic
from cms.readers import readable

PER_PAGE = 20
# Addresses below the index that are not pages.
TAKEN_SLUGS = frozenset({"search", "stage"})


class ResourceIndexPage(OurPage):
    """The list of resources; one of it."""

    introduction = models.CharField(max_length=250, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.ResourcePage"]
    max_count = 1
    private_page_options: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the resources this reader may open, of one topic or of all."""
        context = super().get_context(request, *args, **kwargs)
        topic = Topic.objects.filter(slug=request.GET.get("topic", "")).first()
        resources = readable(ResourcePage.objects.child_of(self), request.user).order_by("title")
        if topic:
            resources = resources.filter(topics=topic)
        context["page_of_resources"] = Paginator(resources, PER_PAGE).get_page(
            request.GET.get("page")
        )
        return {**context, "topic": topic, "topics": Topic.objects.all()}


class ResourcePage(CheckedPage):
    """Something to read or to take along."""

    class Audience(models.TextChoices):
        PARENTS = "parents", "Parents"
        PRACTITIONERS = "practitioners", "Practitioners"
        PARTNERS = "partners", "Partner agencies"
        EVERYONE = "everyone", "Everyone"

    audience = models.CharField(
        max_length=15, choices=Audience, default=Audience.PARENTS, verbose_name="for whom"
    )
    topics = ParentalManyToManyField(Topic, blank=True, related_name="resources")
    body = StreamField(page_blocks())

    content_panels = [
        *CheckedPage.content_panels,
        FieldPanel(
            "audience",
            help_text="Everybody can read a resource, whoever it is written for."
            " What only staff may read belongs under guidance.",
        ),
        FieldPanel("topics"),
    ]
    search_fields = [
        *CheckedPage.search_fields,
        index.RelatedFields("topics", [index.SearchField("name")]),
    ]
    parent_page_types = ["cms.ResourceIndexPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what it is about."""
        context = super().get_context(request, *args, **kwargs)
        context["topics"] = self.topics.all()
        return context

    def clean(self) -> None:
        """Refuses an address that is taken by something else."""
        super().clean()
        if self.slug in TAKEN_SLUGS:
            raise ValidationError({"slug": "This address is taken. Choose another."})
