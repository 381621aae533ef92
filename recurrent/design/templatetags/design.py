"""Tags and filters of the design system, built in to every template.

Fields      field, error_summary
Actions     button, post_button
Words       tag, details…enddetails, inset…endinset, warning, notification, empty_state
Facts       summary_list, table, scroll…endscroll, timeline, safety_band…endsafety_band
Ways        back_link, breadcrumbs, pagination, side_navigation
Days        |day  |long_day  |near  |moment  |clock
Paper       |css_words

Block tags take the words between them. What each needs stands in its docstring; the gallery
(``design:gallery``) shows all of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from recurrent.design import words
from recurrent.design.bound import designed
from recurrent.design.components import Cell, Link, NavigationItem, SummaryRow, TimelineEntry
from recurrent.design.summary import problems

register = template.Library()
COLOURS = ("grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow")


def drawn(name: str, /, **context: Any) -> SafeString:
    """One component's template with its own context and nothing else."""
    return render_to_string(f"components/{name}.html", context)


# --- Fields ---------------------------------------------------------------------------------


@register.simple_tag
def field(bound: Any, size: str = "s", label: str = "", hint: str = "") -> SafeString:
    """A whole field: label, hint, error and control. ``size`` of its label: s, m, l or xl.

    ``label`` and ``hint`` are for forms of others (signing in); ours say them in the form.
    """
    bound = copy(designed(bound))
    bound.label, bound.help_text = label or bound.label, hint or bound.help_text
    return drawn("field", field=bound, size=size)


@register.simple_tag(takes_context=True)
def error_summary(context: template.Context, *forms: Any) -> SafeString | str:
    """Every problem of the forms given, or of the context's ``form`` and ``forms``.

    With them, both versions of what somebody else saved meanwhile.
    """
    asked = forms or [context.get("form"), *(context.get("forms") or ())]
    found = problems(asked)
    both = [one.both for one in asked if getattr(one, "both", None)]
    return drawn("error_summary", problems=found, both=both) if found else ""


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """ "Error: " for the page's title when a form of the page has a problem."""
    found = problems([context.get("form"), *(context.get("forms") or ())])
    return "Error: " if found else ""


# --- Actions --------------------------------------------------------------------------------


@register.simple_tag
def button(
    label: str, url: str = "", kind: str = "primary", name: str = "", value: str = ""
) -> SafeString:
    """A submit button, or with ``url`` a link that looks like one. One primary button a page.

    ``kind``: primary, secondary or warning.
    """
    return drawn("button", label=label, url=url, kind=kind, name=name, value=value)


@register.simple_tag(takes_context=True)
def post_button(
    context: template.Context,
    label: str,
    url: str,
    kind: str = "secondary",
    about: str = "",
    values: Mapping[str, Any] | None = None,
    **hidden: Any,
) -> SafeString:
    """A one-button form that posts to ``url``; other arguments are posted as hidden values.

    ``values`` are posted too, where they stand in one object. ``about`` is read after the label by
    those who cannot see what the button stands beside.
    """
    token, hidden = context.get("csrf_token"), {**(values or {}), **hidden}
    return drawn(
        "post_button", label=label, url=url, kind=kind, about=about, hidden=hidden, csrf_token=token
    )


# --- Words ----------------------------------------------------------------------------------


@register.simple_tag
def tag(label: str, colour: str = "") -> SafeString:
    """A short state in a coloured box. The words carry the meaning, never the colour."""
    if colour and colour not in COLOURS:
        raise template.TemplateSyntaxError(f"tag: {colour!r} is none of {', '.join(COLOURS)}")
    return drawn("tag", label=label, colour=colour)


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    """Words that stay folded until wanted."""
    return drawn("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Words set apart from the rest."""
    return drawn("inset", content=content)


@register.simple_tag
def warning(words_of_warning: str) -> SafeString:
    """Something that must not be missed, in one or two sentences."""
    return drawn("warning", words=words_of_warning)


@register.simple_tag
def notification(
    words_to_show: Any, kind: str = "success", number: int = 1, url: str = "", link: str = ""
) -> SafeString:
    """A banner at the top: "success" after an action, "important" for news, "error" for a slip.

    ``number`` keeps ids apart when there are several; ``url`` and ``link`` offer one way on.
    """
    return drawn("notification", words=words_to_show, kind=kind, number=number, url=url, link=link)


@register.simple_tag
def empty_state(sentence: str, label: str = "", url: str = "") -> SafeString:
    """What a list says when it is empty, and what to do then."""
    return drawn("empty_state", words=sentence, label=label, url=url)


# --- Facts ----------------------------------------------------------------------------------


@register.simple_tag
def summary_list(rows: Iterable[SummaryRow], plain: bool = False) -> SafeString:
    """Facts as key and value, each with its actions; ``plain`` leaves out the lines."""
    return drawn("summary_list", rows=list(rows), plain=plain)


@register.simple_tag
def table(
    caption: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], empty: str = "None."
) -> SafeString:
    """A table that scrolls inside itself on a phone; the first cell of a row is its heading.

    Cells are words or ``components.Cell``. ``empty`` is said instead when there is no row.
    """
    cells = [[_cell(one) for one in row] for row in rows]
    return drawn("table", caption=caption, head=[_cell(h) for h in head], rows=cells, empty=empty)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """Room in which a hand-written table scrolls sideways; ``label`` names it."""
    return drawn("scroll", content=content, label=label)


@register.simple_tag(takes_context=True)
def timeline(
    context: template.Context, entries: Iterable[TimelineEntry], level: int = 3, posts_to: str = ""
) -> SafeString:
    """What happened, newest first; ``level`` of its headings.

    The buttons of entries share one form, which posts to ``posts_to``.
    """
    shown = {"entries": list(entries), "level": level, "posts_to": posts_to}
    return drawn("timeline", **shown, csrf_token=context.get("csrf_token"))


@register.simple_block_tag
def safety_band(content: str, title: str = "How to keep her safe") -> SafeString:
    """What keeps a person safe, above everything else on the page. It is never printed."""
    return drawn("safety_band", content=content, title=title)


# --- Ways -----------------------------------------------------------------------------------


@register.simple_tag
def back_link(url: str, label: str = "Back") -> SafeString:
    """The way back, above the heading."""
    return drawn("back_link", url=url, label=label)


@register.simple_tag
def breadcrumbs(*links: Link) -> SafeString:
    """Where this page is."""
    return drawn("breadcrumbs", links=links)


@register.simple_tag(takes_context=True)
def pagination(
    context: template.Context, page: "Page[Any]", name: str = "page", called: str = "this list"
) -> SafeString:
    """Other pages of a list, each ``called`` otherwise; the rest of the address is kept."""
    request = context["request"]
    query = request.GET.copy()
    query.pop(name, None)
    start = f"?{query.urlencode()}&{name}=" if query else f"?{name}="
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return drawn("pagination", page=page, start=start, numbers=list(numbers), called=called)


@register.simple_tag
def side_navigation(items: Iterable[NavigationItem], label: str = "Sections") -> SafeString:
    """Sections of one subject, at the side on a desk and on top on a phone."""
    return drawn("side_navigation", items=list(items), label=label)


# --- Days -----------------------------------------------------------------------------------


@register.filter
def day(value: date | datetime | None) -> str:
    """ "Tue 4 March"."""
    return words.day(value) if value else "Not recorded"


@register.filter
def long_day(value: date | datetime | None) -> str:
    """ "4 March 2026"."""
    return words.day_and_year(value) if value else "Not recorded"


@register.filter
def near(value: date | datetime | None) -> str:
    """ "in 3 days"."""
    return words.near(value) if value else "Not recorded"


@register.filter
def moment(value: datetime | None) -> str:
    """ "Tue 4 March, 14:30"."""
    return words.moment(value) if value else "Not recorded"


@register.filter
def clock(value: datetime | None) -> str:
    """ "14:30"."""
    return words.clock(value) if value else "Not recorded"


@register.filter
def css_words(value: Any) -> SafeString:
    """Words made harmless inside a CSS string: all but letters, digits and spaces are escaped."""
    return mark_safe(  # noqa: S308 - nothing that could end a string or a style is left
        "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in str(value))
    )


def _cell(value: Any) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)
