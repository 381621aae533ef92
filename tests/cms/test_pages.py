"""What a published page shows: its words, who looks after it, when it was checked, the way out."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.test.utils import override_settings
from wagtail.models import Page

from cms.models import Topic
from cms.models.base import year_after
from programme.access.models import User
from tests.builders import make_user
from tests.cms.pages import add_guidance, add_resource, questions

CHECKED = {"last_checked": date(2026, 3, 1), "check_by": date(2026, 9, 1)}


def words_of(client: Client, page: Page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@override_settings(ORGANISATION_NAME="Sampleton Council")
def test_a_stranger_reads_who_looks_after_a_page_but_no_name(client: Client, home: Page) -> None:
    words = words_of(client, add_resource(looked_after_by=make_user("Olu Owner"), **CHECKED))

    assert "Looked after by Sampleton Council." in words
    assert "Last checked: 1 March 2026. Check by: 1 September 2026." in words
    assert "Olu Owner" not in words


@override_settings(ORGANISATION_NAME="Sampleton Council")
def test_staff_read_the_owners_name(
    signed_in: Callable[[User], Client], practitioner: User, home: Page
) -> None:
    page = add_guidance(looked_after_by=make_user("Olu Owner"), **CHECKED)

    words = words_of(signed_in(practitioner), page)

    assert "Looked after by Olu Owner, Sampleton Council." in words
    assert "Last checked: 1 March 2026. Check by: 1 September 2026." in words


@pytest.mark.parametrize(("day", "is_due"), [("2026-08-31", False), ("2026-09-01", True)])
def test_a_page_is_due_for_checking_from_the_day_it_says(
    home: Page, day: str, is_due: bool
) -> None:
    page = add_resource(**CHECKED)

    with time_machine.travel(f"{day}T12:00Z", tick=False):
        assert page.is_due_for_checking is is_due


def test_the_day_to_check_by_is_a_year_after_unless_said(home: Page) -> None:
    assert add_resource(last_checked=date(2026, 3, 1)).check_by == date(2027, 3, 1)


def test_a_leap_day_is_checked_again_on_the_last_of_february() -> None:
    assert year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_page_cannot_be_due_before_it_was_checked(home: Page) -> None:
    with pytest.raises(ValidationError) as problem:
        add_resource(last_checked=date(2026, 3, 1), check_by=date(2026, 3, 1))

    assert problem.value.message_dict == {
        "check_by": ["Choose a day after the day it was last checked."]
    }


@pytest.mark.parametrize("slug", ["search", "stage"])
def test_a_resource_cannot_take_the_address_of_another_page(home: Page, slug: str) -> None:
    with pytest.raises(ValidationError) as problem:
        add_resource(slug=slug)

    assert problem.value.message_dict == {"slug": ["This address is taken. Choose another."]}


@override_settings(LEAVE_SITE_URL="https://weather.example/")
def test_every_public_page_has_a_way_out_that_needs_no_script(client: Client, home: Page) -> None:
    addresses = ["/", "/resources/", add_resource().url]
    addresses += ["/resources/search/?q=words", "/resources/stage/active/"]

    for address in addresses:
        page = client.get(address).content.decode()
        assert page.count('href="https://weather.example/" rel="nofollow noreferrer"') == 1
        assert "New private window" in page


def test_staff_pages_keep_the_footer_and_need_no_way_out(
    signed_in: Callable[[User], Client], practitioner: User, home: Page
) -> None:
    words = words_of(signed_in(practitioner), add_guidance())

    assert "Leave this site" not in words
    assert "OFFICIAL-SENSITIVE" in words


def test_public_pages_carry_no_userbar_even_for_editors(
    signed_in: Callable[[User], Client], editor: User, home: Page
) -> None:
    assert "wagtail-userbar" not in words_of(signed_in(editor), add_resource())


def test_the_list_shows_one_topic_when_asked(client: Client, home: Page) -> None:
    court = Topic.objects.create(name="Court", slug="court")
    page = add_resource(title="First hearing")
    page.topics = [court]
    page.save()
    add_resource(title="Money")

    response = client.get("/resources/?topic=court")

    assert [one.title for one in response.context["page_of_resources"]] == ["First hearing"]


def test_the_list_asks_the_same_number_of_questions(client: Client, home: Page) -> None:
    asked = {}
    for count in range(1, 21):
        add_resource()
        asked[count] = questions(client, "/resources/") if count in (1, 3, 20) else 0

    assert asked[1] == asked[3] == asked[20] <= 20
