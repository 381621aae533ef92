"""Reading pages the way a browser does."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django import forms as django_forms
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

FOCUSABLE = ("input", "select", "textarea", "button")


def soup(html: str) -> BeautifulSoup:
    """A page or a piece of one, parsed."""
    return BeautifulSoup(html, "html.parser")


def drawn(source: str, **context: Any) -> BeautifulSoup:
    """A piece of template, drawn and parsed."""
    return soup(Template(source).render(Context(context)))


def drawn_form(form: django_forms.BaseForm) -> BeautifulSoup:
    """A form's summary and fields as ``base.html`` and a page draw them."""
    return drawn("{% error_summary %}{{ form }}", form=form)


def words(element: Tag | BeautifulSoup | None) -> str:
    """An element's words with single spaces."""
    assert element is not None
    return " ".join(element.get_text(" ").split())


def posted_by(page: BeautifulSoup) -> MultiValueDict[str, str]:
    """What a browser would post from this page if nothing were touched."""
    found: MultiValueDict[str, str] = MultiValueDict()
    for control in page.select("input[name], textarea[name], select[name]"):
        value = _value_of(control)
        if value is not None:
            found.appendlist(str(control["name"]), value)
    return found


def _value_of(control: Tag) -> str | None:
    if control.name == "textarea":
        # HTML drops one line break at the start of a textarea.
        return control.get_text().removeprefix("\n")
    if control.name == "select":
        chosen = control.select_one("option[selected]")
        return str(chosen["value"]) if chosen else None
    if control.get("type") in ("radio", "checkbox") and not control.has_attr("checked"):
        return None
    return str(control.get("value", ""))


def is_focusable(element: Tag) -> bool:
    """Whether a link to this element moves the keyboard to it."""
    hidden = element.name == "input" and element.get("type") == "hidden"
    return (element.name in FOCUSABLE and not hidden) or element.has_attr("tabindex")
