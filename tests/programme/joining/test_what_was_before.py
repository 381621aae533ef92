"""A joined record keeps its past: what changed in either half, who saw it, and both numbers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contacts.models import Contact
from programme.desk.reads.search import search
from programme.episodes.models import Episode
from programme.pathways.models import Programme
from programme.people.models import Home, Parent
from tests import builders as make
from tests.programme.audit.log import sight
from tests.programme.joining.test_join_and_part import join, part
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db
JOINED = "Two records of one person were joined"
PARTED = "Two records of one person were parted again"


@pytest.fixture
def senior(programme: Programme) -> User:
    return make.make_practitioner(programme, "Sue Day", role=Role.SENIOR)


@pytest.fixture
def browser(sign_in: Any, senior: User) -> Client:
    return sign_in(senior)


@pytest.fixture
def kept(programme: Programme) -> Parent:
    parent = make.make_parent(given_names="Ann", family_name="Lee")
    make.make_episode(parent, programme)
    return parent


@pytest.fixture
def absorbed(programme: Programme) -> Parent:
    parent = make.make_parent(given_names="Annie", family_name="Day")
    make.make_episode(parent, programme)
    return parent


def meet(parent: Parent) -> Contact:
    """A contact within the parent's open work."""
    (episode,) = rows(Episode, parent=parent)
    return make.make_contact(parent, episode, note="Met for tea")


@pytest.fixture
def note(absorbed: Parent, senior: User) -> Contact:
    """A contact of the record that is absorbed, its words put right before."""
    contact = meet(absorbed)
    with acting_as(senior):
        stored = Contact.objects.get(pk=contact.pk)
        stored.note = "Met for coffee"
        stored.save()
    return contact


def changes(browser: Client, parent: Parent, *row: Any) -> list[Any]:
    view = "show_row" if row else "show_changes"
    return browser.get(reverse(f"history:{view}", args=[parent.pk, *row])).context["changes"]


def test_the_words_of_both_halves_stay_readable(
    browser: Client, kept: Parent, absorbed: Parent, senior: User, note: Contact
) -> None:
    merge = join(kept, absorbed, senior)
    of_joined = changes(browser, kept, "contact", note.pk)
    part(merge, senior)
    of_parted = changes(browser, absorbed, "contact", note.pk)

    for shown in (of_joined, of_parted):
        assert [one.title for one in shown] == ["Contact: changed", "Contact: added"]
        assert [one.note for one in shown] == ["", ""]
        (difference,) = shown[0].differences
        assert (difference.before, difference.after) == ("Met for tea", "Met for coffee")


def test_over_two_joinings_too(
    browser: Client,
    kept: Parent,
    absorbed: Parent,
    senior: User,
    note: Contact,
    programme: Programme,
) -> None:
    third = make.make_parent()
    make.make_referral(third, programme, decision="pending")
    join(kept, absorbed, senior)
    join(third, kept, senior)

    shown = changes(browser, third, "contact", note.pk)

    assert [one.title for one in shown] == ["Contact: changed", "Contact: added"]


def test_a_joining_and_a_parting_are_said_once_and_by_whom(
    browser: Client, kept: Parent, absorbed: Parent, senior: User, note: Contact
) -> None:
    merge = join(kept, absorbed, senior)
    joined = changes(browser, kept)
    part(merge, senior)
    parted = changes(browser, kept)

    assert [(one.by, one.reason) for one in joined if one.title == JOINED] == [
        ("Sue Day", "Her GP says so")
    ]
    assert [(one.by, one.reason) for one in parted if one.title == PARTED] == [
        ("Sue Day", "Two sisters")
    ]
    for shown in (joined, parted):
        assert [one.title for one in shown].count(JOINED) == 1
        assert "Someone" not in {one.by for one in shown}
        assert not any(str(merge.pk) in one.reason for one in shown)


def test_a_past_day_shows_what_either_half_said_then(
    sign_in: Any, kept: Parent, absorbed: Parent, senior: User, time_machine: Any
) -> None:
    begin = timezone.now()
    meet(absorbed)
    time_machine.move_to(begin + timedelta(days=2), tick=False)
    join(kept, absorbed, senior)

    asked = {"on_day": begin.day, "on_month": begin.month, "on_year": begin.year}
    page = sign_in(senior).get(reverse("history:show_day", args=[kept.pk]), asked)

    sections = {one.label: one.rows for one in page.context["sections"]}
    assert ["Met for tea" in str(row) for row in sections["Contact"]] == [True]


def test_a_contact_that_came_with_the_other_record_was_not_amended(
    browser: Client, kept: Parent, absorbed: Parent, senior: User
) -> None:
    meet(absorbed)
    join(kept, absorbed, senior)

    page = browser.get(reverse("desk:show_parent", args=[kept.pk]))

    assert "Met for tea" in page.content.decode()
    assert [one for one in page.context["timeline"].entries if one.amended] == []


def test_the_past_of_what_stayed_behind_is_not_read(
    kept: Parent, absorbed: Parent, senior: User, note: Contact
) -> None:
    """Where both have an address, that of the absorbed record is nobody's; so is its history."""
    for parent in (kept, absorbed):
        make.stored(Home, parent=parent, postcode="ZZ1 1ZZ")
    join(kept, absorbed, senior)
    stranger = make.make_practitioner(make.make_programme(), role=Role.SENIOR)

    with acting_as(senior):
        assert set(Home.history.values_list("parent_id", flat=True)) == {kept.pk}
    with acting_as(stranger):
        assert list(Contact.history.all()) == []
    with acting_as(actors.SEEDER):
        assert len(Contact.history.all()) == 3


def test_whoever_saw_either_half_saw_the_person(
    browser: Client, kept: Parent, absorbed: Parent, senior: User, programme: Programme
) -> None:
    looked = make.make_practitioner(programme)
    listed = make.make_practitioner(programme, role=Role.MANAGER)
    merge = join(kept, absorbed, senior)
    sight(user_id=looked.pk, parent_id=absorbed.pk)
    sight(user_id=listed.pk, parent_id=None, outcome="listed", listed=absorbed.pk.hex)

    def said(parent: Parent) -> list[str]:
        page = browser.get(reverse("history:show_seen", args=[parent.pk]))
        lines = [line for day in page.context["account"].days for line in day.lines]
        return [f"{line.who}: {', '.join(line.did)}" for line in lines]

    seen = {
        f"A manager at {programme}: saw the name in a list or a search",
        f"A practitioner at {programme}: opened the record",
    }
    assert seen <= set(said(kept))
    part(merge, senior)
    assert not seen & set(said(kept))


def test_every_earlier_number_finds_the_record_after_two_joinings(
    kept: Parent, absorbed: Parent, senior: User, programme: Programme
) -> None:
    last = make.make_parent()
    make.make_referral(last, programme, decision="pending")
    join(kept, absorbed, senior)
    join(last, kept, senior)
    stranger = make.make_practitioner(make.make_programme())

    def found(reference: str, user: User) -> list[str]:
        with acting_as(user):
            return [one.reference for one in search(reference)]

    for earlier in (absorbed, kept, last):
        assert found(earlier.reference, senior) == [last.reference]
        assert found(earlier.reference, stranger) == []
