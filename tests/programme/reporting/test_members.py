"""A figure opens the rows behind it: just those, by reference, for its own manager, and logged."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.pathways.models import Programme
from programme.people.models import Identity, Parent
from tests import builders as make
from tests.programme.pages import rows
from tests.programme.reporting.indicators.working import give_birth
from tests.programme.reporting.on_postgres import lines_of_sight

pytestmark = pytest.mark.django_db

FIRST, LAST = today() - timedelta(days=365), today() - timedelta(days=1)
RECENTLY, LONG_AGO = today() - timedelta(days=90), today() - timedelta(days=700)
DAYS = {"from": FIRST.isoformat(), "to": LAST.isoformat()}
HEADING = re.compile(r"(.+) \((\d+)\)$")


@pytest.fixture
def manager(programme: Programme) -> User:
    return make.make_practitioner(programme, "Ines Example", Role.MANAGER)


@pytest.fixture
def hers(sign_in, manager: User) -> Client:
    return sign_in(manager)


def referred(programme: Programme, reason: str = "", received_on=RECENTLY) -> Parent:
    """A parent whose referral was taken on or, with a reason, was not."""
    parent = make.make_parent(given_names="Zsuzsanna", family_name="Quillfeather")
    decided = {"decision": "not_accepted", "not_accepted_reason": reason} if reason else {}
    make.make_referral(parent, programme, received_on=received_on, **decided)
    return parent


def behind(client: Client, programme: Programme, indicator: str):
    address = reverse("reporting:show_members", args=[programme.pk, indicator])
    return client.get(address, DAYS)


def groups_on(html: bytes) -> dict[str, tuple[int, set[UUID]]]:
    """Each heading with its number, and the records its links lead to."""
    found = {}
    for heading in BeautifulSoup(html, "html.parser").select("main h2"):
        label, number = HEADING.match(" ".join(heading.get_text().split())).groups()
        listed = heading.find_next_sibling("ul")
        links = listed.select("a") if listed else []
        found[label] = (int(number), {UUID(link["href"].split("/")[-2]) for link in links})
    return found


def test_it_lists_exactly_the_rows_that_were_counted(hers: Client, programme: Programme) -> None:
    taken_on = {referred(programme).pk for _ in range(3)}
    outside = {referred(programme, "out_of_area").pk for _ in range(2)}
    criteria = {referred(programme, "criteria_not_met").pk}
    referred(programme, "out_of_area", received_on=LONG_AGO)
    referred(make.make_programme("Southtown"), "out_of_area")

    told = groups_on(behind(hers, programme, "RE-5").content)

    assert told == {
        "Lives outside the area": (2, outside),
        "Does not meet the programme's criteria": (1, criteria),
        "Out of": (6, taken_on | outside | criteria),
    }


def test_the_records_stand_in_the_order_of_their_references(
    hers: Client, programme: Programme
) -> None:
    references = [referred(programme).reference for _ in range(5)]

    page = BeautifulSoup(behind(hers, programme, "RE-3").content, "html.parser")

    listed = [link.get_text() for link in page.select("main li a")]
    assert listed == [f"Record {reference}" for reference in sorted(references)]


def test_it_says_who_is_left_out_and_counted(hers: Client, programme: Programme) -> None:
    counted = referred(programme).pk
    twice = referred(programme, "duplicate").pk

    told = groups_on(behind(hers, programme, "RE-3").content)

    assert told == {
        "Counted": (1, {counted}),
        "Left out, but counted: duplicate": (1, {twice}),
    }


def test_two_babies_of_one_mother_are_one_record(hers: Client, programme: Programme) -> None:
    mother = make.make_parent()
    make.make_episode(mother, programme, opened_on=FIRST)
    pregnancy = make.make_pregnancy(mother)
    for _ in range(2):
        give_birth(mother, RECENTLY.isoformat(), pregnancy)

    page = behind(hers, programme, "SN-3")

    told = groups_on(page.content)
    assert told["Counted"] == (2, {mother.pk})
    assert told["Pregnancies these babies come from"] == (1, {mother.pk})
    assert "1 more is counted" in page.content.decode()


def test_a_figure_with_nobody_behind_it_says_so(hers: Client, programme: Programme) -> None:
    page = behind(hers, programme, "VO-3")

    assert groups_on(page.content) == {}
    assert "Nobody is behind this figure in this period." in page.content.decode()


def test_no_name_stands_on_the_page(hers: Client, programme: Programme) -> None:
    parent = referred(programme)

    html = behind(hers, programme, "RE-3").content.decode()

    with acting_as(actors.SEEDER):
        identity = Identity.objects.get(parent=parent)
    assert parent.reference in html
    assert identity.given_names not in html
    assert identity.family_name not in html


def test_a_manager_of_another_programme_is_refused(sign_in, programme: Programme) -> None:
    parent = referred(programme)
    other = make.make_practitioner(make.make_programme("Southtown"), role=Role.MANAGER)

    page = behind(sign_in(other), programme, "RE-3")

    assert page.status_code == 404
    assert parent.reference not in page.content.decode()
    assert lines_of_sight() == []


def test_a_figure_that_there_is_not_is_not_found(hers: Client, programme: Programme) -> None:
    assert behind(hers, programme, "XX-1").status_code == 404


def test_opening_it_writes_one_line_of_sight(
    hers: Client, manager: User, programme: Programme
) -> None:
    for _ in range(3):
        referred(programme)

    behind(hers, programme, "RE-3")

    assert lines_of_sight() == [(manager.pk.hex, "reporting:show_members", "listed")]


def test_reading_the_report_is_no_sight_of_a_person(hers: Client, programme: Programme) -> None:
    referred(programme)

    hers.get(reverse("reporting:show_report", args=[programme.pk]), DAYS)

    assert lines_of_sight() == []
    assert len(rows(Parent)) == 1
