"""What every page here shares: its frame in the editor, its reader, and who checks it when."""

from datetime import date
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from cms.forms import CheckedPageForm
from cms.readers import reads_guidance, refuse_unless_staff
from cms.stages import STAGES, StagesField


class OurPage(Page):
    """A page of this site. ``for_staff`` closes a whole kind of page to strangers."""

    for_staff = False
    # No shared passwords: either anyone, or whoever works here.
    private_page_options = ["login"]
    # Published by hand: nothing here is timed or commented on by mail.
    settings_panels: list[Any] = []

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; a staff page first asks who is there."""
        if self.for_staff or self.get_view_restrictions().exists():
            refusal = refuse_unless_staff(request)
            if refusal:
                return refusal
        return super().serve(request, *args, **kwargs)

    @csp_replace({"frame-ancestors": [SELF]})
    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        """The page inside the editor's preview frame, and in no other frame."""
        return super().serve_preview(request, mode_name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the reader is staff, and the way back."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["reads_guidance"] = reads_guidance(request.user)
        context["page_above"] = self.get_parent()
        return context


class CheckedQuerySet(PageQuerySet):
    """Pages that somebody looks after."""

    def serving(self, stage: str) -> "CheckedQuerySet":
        """Only pages that name this stage of a pathway."""
        # The list is kept as text like ["active", "ending"]; both databases read it so.
        named = self.annotate(stage_list=models.functions.Cast("stages", models.TextField()))
        return named.filter(stage_list__contains=f'"{stage}"')


class CheckedPage(OurPage):
    """A page with an owner, the day it was last checked, and the day it is to be checked by."""

    introduction = models.CharField(
        max_length=250, help_text="One or two plain sentences, shown in lists too."
    )
    stages = StagesField(
        help_text="Stages of work this helps with. It is listed beside a parent at that stage."
    )
    looked_after_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="owner",
        related_name="+",
        help_text="Who keeps this page right. Strangers see the organisation, not the name.",
    )
    last_checked = models.DateField(default=timezone.localdate)
    check_by = models.DateField(
        blank=True, help_text="When it is to be checked again. Blank: a year after."
    )

    objects = PageManager.from_queryset(CheckedQuerySet)()
    base_form_class = CheckedPageForm

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("stages"),
        MultiFieldPanel(
            [
                FieldPanel("looked_after_by"),
                FieldRowPanel([FieldPanel("last_checked"), FieldPanel("check_by")]),
            ],
            heading="Kept right by",
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("search_description"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses a day to check by that lies before the check."""
        super().clean()
        if self.check_by and self.last_checked and self.check_by <= self.last_checked:
            raise ValidationError({"check_by": "Choose a day after the day it was last checked."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores the page; a draft too has a day to check by."""
        self.check_by = self.check_by or year_after(self.last_checked)
        super().save(*args, **kwargs)

    @property
    def is_due_for_checking(self) -> bool:
        """Whether the day to check by has come."""
        return bool(self.check_by) and self.check_by <= timezone.localdate()

    @property
    def stage_labels(self) -> list[str]:
        """The names of its stages."""
        return [STAGES.get(stage, stage) for stage in self.stages]


def year_after(day: date) -> date:
    """The same day next year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
