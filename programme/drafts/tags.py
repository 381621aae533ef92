"""The two tags of a page that keeps drafts: ``{% load drafts %}``.

``drafts_offered form`` above the form: what was begun here before, to go on with or throw away.
``draft`` inside the form, under the long text: what is saved by now, and "Save as draft".
"""

from typing import Any

from django import template
from django.forms import BaseForm

from programme.drafts.keeping import DraftsOfPage

register = template.Library()


@register.inclusion_tag("programme/drafts/offered.html", takes_context=True)
def drafts_offered(context: template.Context, form: BaseForm | None) -> dict[str, Any]:
    """Fills ``form`` with the draft that the address names; offers the others."""
    page: DraftsOfPage = context["request"].drafts
    drafts = page.put_into(form) if form is not None else []
    earlier = page.carried.earlier
    return {
        "drafts": drafts,
        "going_on": earlier,
        "path": context["request"].path,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("programme/drafts/draft.html", takes_context=True)
def draft(context: template.Context) -> dict[str, Any]:
    """What is saved by now, and the button for whoever has no script."""
    page: DraftsOfPage = context["request"].drafts
    return {"carried": page.carried}
