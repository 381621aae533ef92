"""Invented pages for the demonstration. Days are counted back from today."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from cms.demo_pages import Block, drafts, glossary
from cms.models import (
    GuidanceIndexPage,
    GuidancePage,
    HomePage,
    ResourceIndexPage,
    ResourcePage,
    Topic,
    Word,
)
from cms.models.base import CheckedPage
from cms.setup import ensure

INTRODUCTIONS: dict[type[Page], str] = {
    ResourceIndexPage: "Plain words about what happens, what you can ask for and who helps.",
    GuidanceIndexPage: "How we work, for everyone who works here.",
}


def load(owner: Any) -> None:
    """Words, topics, resources and guidance, published in ``owner``'s name; safe to repeat."""
    ensure()
    _introduce(owner)
    _welcome(owner)
    for word in glossary():
        Word.objects.get_or_create(avoid=word.pop("avoid"), defaults=word)
    for facts, blocks in drafts("resources"):
        page = ResourcePage(audience=facts["audience"], **_values(facts, blocks, owner))
        page.topics = [_topic(name) for name in facts["topics"].split("; ")]
        _publish(page, ResourceIndexPage.objects.get(), owner)
    for facts, blocks in drafts("guidance"):
        page = GuidancePage(**_values(facts, blocks, owner))
        _publish(page, GuidanceIndexPage.objects.get(), owner)


def _introduce(owner: Any) -> None:
    """Says on the two lists what they hold."""
    for kind, words in INTRODUCTIONS.items():
        index = kind.objects.get()
        if not index.introduction:
            index.introduction = words
            index.save_revision(user=owner).publish(user=owner)


def _welcome(owner: Any) -> None:
    """Fills the front page while nobody has written on it."""
    home = HomePage.objects.get()
    for facts, blocks in drafts("home"):
        if not home.body:
            home.title, home.introduction, home.body = facts["title"], facts["introduction"], blocks
            home.save_revision(user=owner).publish(user=owner)


def _topic(name: str) -> Topic:
    return Topic.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]


def _values(facts: dict[str, str], blocks: list[Block], owner: Any) -> dict[str, Any]:
    days_ago = int(facts["checked"].split()[0])
    return {
        "title": facts["title"],
        "slug": slugify(facts["title"]),
        "introduction": facts["introduction"],
        "search_description": facts["introduction"],
        "stages": facts["stages"].split("; "),
        "body": blocks,
        "looked_after_by": owner,
        "owner": owner,
        "last_checked": timezone.localdate() - timedelta(days=days_ago),
    }


def _publish(page: CheckedPage, index: Page, owner: Any) -> None:
    if not index.get_children().filter(slug=page.slug).exists():
        index.add_child(instance=page)
        page.save_revision(user=owner).publish(user=owner)
