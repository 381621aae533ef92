"""Where a parent lives: on tap, one line in the log each time, nowhere else."""

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.people.models import Home
from tests import builders
from tests.pristine import as_owner
from tests.programme.desk.scene import CANARY_POSTCODE, browser_of, make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def hers(scene):
    return browser_of(scene.user)


def sights() -> list[tuple[str, str, str]]:
    """Page, method and outcome of every line in the log, the oldest first."""
    with as_owner() as cursor:
        cursor.execute("SELECT page, method, outcome FROM programme_sight ORDER BY seen_at, id")
        return cursor.fetchall()


def test_the_address_is_shown_only_when_asked_for(hers, scene):
    url = scene.address("desk:show_safe_address")

    before = hers.get(url).content.decode()
    after = hers.post(url).content.decode()

    assert (CANARY_POSTCODE in before, CANARY_POSTCODE in after) == (False, True)
    assert "That you opened it is written into the log." in before
    assert "Do not copy it" in after


def test_each_time_is_one_line_in_the_log(hers, scene):
    url = scene.address("desk:show_safe_address")

    hers.get(url)
    hers.post(url)
    hers.post(url)

    page = "desk:show_safe_address"
    assert sights() == [(page, "GET", "opened"), (page, "POST", "opened"), (page, "POST", "opened")]


def test_a_refusal_is_a_line_too(scene):
    colleague = browser_of(builders.make_practitioner(scene.programme))

    assert colleague.post(scene.address("desk:show_safe_address")).status_code == 403
    assert sights() == [("desk:show_safe_address", "POST", "refused")]


@pytest.mark.parametrize(
    "page", ["home", *(name for name, access in POLICY.items() if access.parts)]
)
def test_no_other_page_has_the_address(hers, scene, page):
    url = "/home/" if page == "home" else scene.address(page)

    shown = hers.get(url)

    assert (shown.status_code in (200, 405), CANARY_POSTCODE in shown.content.decode()) == (
        True,
        False,
    )


@pytest.mark.parametrize(
    ("home", "words"),
    [({"no_fixed_address": True}, "No fixed address."), ({}, "Not recorded.")],
)
def test_what_is_not_known_is_said(hers, scene, home, words):
    with builders.acting_as(builders.actors.SEEDER):
        Home.objects.get(parent=scene.parent).delete()
        if home:
            Home.objects.create(parent=scene.parent, **home)

    page = hers.post(scene.address("desk:show_safe_address")).content.decode()

    assert words in page


def test_the_link_stands_on_the_record_only_for_who_may_open_it(hers, scene):
    record = scene.address("desk:show_parent")
    link = f'href="{scene.address("desk:show_safe_address")}"'
    colleague = browser_of(builders.make_practitioner(scene.programme))

    assert [link in one.get(record).content.decode() for one in (hers, colleague)] == [True, False]


def test_address_hides_parents_of_other_teams_and_refuses_the_wrong_role(scene):
    url = reverse("desk:show_safe_address", args=[scene.parent.pk])
    stranger = builders.make_practitioner(builders.make_programme())
    manager = builders.make_practitioner(scene.programme, role=Role.MANAGER)

    assert browser_of(stranger).post(url).status_code == 404
    assert browser_of(manager).post(url).status_code == 403
