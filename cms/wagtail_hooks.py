"""What the editor offers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.models import Topic, Word
from cms.readers import refuse_unless_staff


class WordViewSet(SnippetViewSet):
    """The glossary."""

    model = Word
    icon = "openquote"
    menu_label = "Words"
    list_display = ["avoid", "prefer"]


class TopicViewSet(SnippetViewSet):
    """Subjects of resources."""

    model = Topic
    icon = "tag"
    list_display = ["name"]


register_snippet(WordViewSet)
register_snippet(TopicViewSet)


@hooks.register("insert_global_admin_js")
def start_choosers() -> str:
    """Date choosers without script in the page's text, which the content policy refuses."""
    return format_html('<script type="module" src="{}"></script>', static("cms/choosers.js"))


@hooks.register("before_serve_document")
def keep_staff_files(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A document in a private place is for staff, not for everyone who can sign in."""
    if document.collection.get_view_restrictions().exists():
        return refuse_unless_staff(request)
    return None


@hooks.register("construct_help_menu")
def leave_out_other_sites(request: object, items: list) -> None:
    """No links from the editor to other people's sites."""
    items[:] = [item for item in items if not str(item.url).startswith("http")]
