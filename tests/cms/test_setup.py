"""What a new installation starts with, and the demonstration's pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, Page, Site

from cms import demo_content
from cms.models import GuidancePage, HomePage, ResourcePage, Topic, Word
from cms.setup import ensure
from cms.stages import STAGES
from programme.access.models import User


def rows() -> list[int]:
    """How many there are of each thing that set-up makes."""
    group = Group.objects.get(name="Content editors")
    return [
        Page.objects.count(),
        Site.objects.count(),
        Collection.objects.count(),
        group.permissions.count(),
        group.page_permissions.count(),
        group.collection_permissions.count(),
        Word.objects.count(),
        Topic.objects.count(),
    ]


def test_a_migrated_database_has_our_front_page_and_not_wagtails(home: HomePage) -> None:
    site = Site.objects.get()

    assert site.root_page.specific == home
    assert sorted(page.url for page in home.get_children()) == ["/guidance/", "/resources/"]
    assert [page.depth for page in Page.objects.filter(title__startswith="Welcome")] == []


def test_set_up_again_changes_nothing(home: HomePage) -> None:
    before = rows()

    ensure()

    assert rows() == before


def test_the_demonstration_loads_once(editor: User) -> None:
    demo_content.load(editor)
    before = rows()

    demo_content.load(editor)

    assert rows() == before
    assert (ResourcePage.objects.live().count(), GuidancePage.objects.live().count()) == (10, 2)


@pytest.fixture
def demo_pages(editor: User) -> list[ResourcePage | GuidancePage]:
    """Every resource and guidance page of the demonstration."""
    demo_content.load(editor)
    return [*ResourcePage.objects.all(), *GuidancePage.objects.all()]


def test_demonstration_pages_are_whole(demo_pages: list) -> None:
    for page in demo_pages:
        page.full_clean()
        assert set(page.stages) <= set(STAGES)
        assert page.last_checked <= timezone.localdate()


def test_one_demonstration_page_waits_to_be_checked(demo_pages: list) -> None:
    assert [page.title for page in demo_pages if page.is_due_for_checking] == [
        "Debt, rent and benefits"
    ]


def test_demonstration_days_are_counted_from_today(demo_pages: list) -> None:
    [page] = [page for page in demo_pages if page.title == "For fathers"]

    assert page.last_checked == timezone.localdate() - timedelta(days=60)
    assert page.body[0].value.source.startswith("<p>You can have a worker of your own.")
