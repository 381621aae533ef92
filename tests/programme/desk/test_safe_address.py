"""Where a parent lives: on tap, one line in the log each time, nowhere else."""

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.people.models import Home
from tests import builders
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.desk.scene import CANARY_POSTCODE, browser_of, make_scene
from tests.programme.pages import rows, text_of

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

    assert (shown.status_code in (200, 405), CANARY_POSTCODE in text_of(shown)) == (
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


# --- The whole address, and changing it -------------------------------------------------------

NEW = {
    "line_1": "Flat 2, Tŷ Gwyn",
    "line_2": "3 Stryd y Farchnad",
    "town": "Caerdydd",
    "postcode": "cf101aa",
    "why": "A move. The old one, 9 Canary Road, is known to the former partner",
}
LATER = {"line_1": "4 Later Lane", "postcode": "SW1A 1AA", "why": "A flat of one's own"}


@pytest.fixture
def change(hers, scene):
    """Sends the form as it stands, with something typed."""
    url = scene.address("desk:change_safe_address")

    def sent(**typed):
        return hers.post(url, as_sent(hers.get(url).content.decode()) | typed)

    return sent


def test_an_address_of_several_lines_in_any_language(hers, scene, change):
    response = change(**NEW)

    assert response.headers["Location"] == scene.address("desk:show_parent")
    (home,) = rows(Home, parent=scene.parent)
    assert home.as_written == "Flat 2, Tŷ Gwyn\n3 Stryd y Farchnad\nCaerdydd\nCF10 1AA"
    page = hers.post(scene.address("desk:show_safe_address")).content.decode()
    assert "Flat 2, Tŷ Gwyn<br>3 Stryd y Farchnad<br>Caerdydd<br>CF10 1AA" in page


def test_the_earlier_address_is_kept_and_shown_there_only(hers, scene, change):
    change(**NEW)
    change(**LATER)

    shown = hers.post(scene.address("desk:show_safe_address")).content.decode()

    earlier = shown.split("Earlier addresses")[1]
    assert "4 Later Lane" in shown.split("Earlier addresses")[0]
    for words in ("Flat 2, Tŷ Gwyn", CANARY_POSTCODE, "known to the former partner"):
        assert words in earlier
    before = hers.get(scene.address("desk:show_safe_address")).content.decode()
    assert [words for words in ("Later Lane", "Gwyn", CANARY_POSTCODE) if words in before] == []


def test_a_change_needs_a_reason_and_keeps_what_was_typed(hers, scene, change):
    response = change(**NEW | {"why": ""})

    page = response.content.decode()
    assert "Enter why it changes" in page
    assert "Flat 2, Tŷ Gwyn" in page
    assert [one.postcode for one in rows(Home, parent=scene.parent)] == [CANARY_POSTCODE]


def test_the_page_that_changes_it_never_shows_what_stands(hers, scene, change):
    change(**NEW)

    page = hers.get(scene.address("desk:change_safe_address")).content.decode()

    assert [words for words in ("Gwyn", "Stryd", "CF10", "former partner") if words in page] == []


def test_what_is_under_way_is_said_before_it_changes(hers, scene):
    page = hers.get(scene.address("desk:change_safe_address")).content.decode()

    assert "Check that none of them goes to the old address." in page
    assert "Next step: Ring housing (today)" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"why": "x"}, "Enter the address, or say that there is none"),
        ({"why": "x", "line_1": "A", "postcode": "nowhere"}, "Enter a full UK postcode"),
        (
            {"why": "x", "line_1": "A", "no_fixed_address": "on"},
            "Enter an address, or say that there is none",
        ),
    ],
)
def test_what_is_no_address_is_sent_back(change, typed, words):
    assert words in change(**typed).content.decode()


def test_no_fixed_address_takes_the_old_one_out(hers, scene, change):
    change(no_fixed_address="on", why="Left the flat")

    shown = hers.post(scene.address("desk:show_safe_address")).content.decode()
    assert "No fixed address." in shown.split("Earlier addresses")[0]
    assert CANARY_POSTCODE in shown.split("Earlier addresses")[1]


def test_an_address_that_changed_meanwhile_is_not_written_over(hers, scene, change):
    url = scene.address("desk:change_safe_address")
    form = as_sent(hers.get(url).content.decode())
    change(**LATER)

    response = hers.post(url, form | NEW)

    page = response.content.decode()
    assert "Somebody else changed the address since you opened this page." in page
    assert "Later Lane" not in page
    assert rows(Home, parent=scene.parent)[0].address == "4 Later Lane"
    hers.post(url, as_sent(page))
    assert rows(Home, parent=scene.parent)[0].address.startswith("Flat 2")


def test_a_first_address_is_stored(hers, scene, change):
    with builders.acting_as(builders.actors.SEEDER):
        Home.objects.get(parent=scene.parent).delete()

    change(**NEW)

    assert [one.postcode for one in rows(Home, parent=scene.parent)] == ["CF10 1AA"]


def test_the_address_is_on_no_page_but_its_own_whatever_is_recorded(hers, scene, change):
    """Every page of the record, home and search, after two changes: own page only when asked."""
    change(**NEW)
    change(**LATER)
    words = ("Gwyn", "Stryd", "Caerdydd", "CF10", "Later Lane", "SW1A", "Canary", CANARY_POSTCODE)

    pages = {name: scene.address(name) for name, access in POLICY.items() if access.parts}
    pages |= {"home": "/home/", "find": "/find/", "requests": reverse("returning:list_requests")}
    shown = {name: text_of(hers.get(url)) for name, url in pages.items()}

    assert {(name, one) for name, page in shown.items() for one in words if one in page} == set()


def test_database_history_and_events_hold_no_word_of_it(change):
    change(**NEW)
    change(**LATER)

    with as_owner() as cursor:
        stored = []
        for table in ("programme_home", "programme_historicalhome", "programme_event"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += cursor.fetchall()
    text = repr(stored)
    assert [one for one in ("Gwyn", "Later", "CF10", "Canary Road") if one in text] == []


def test_who_may_only_read_it_is_not_offered_to_change_it(scene):
    user = builders.make_user("Cora Example")
    builders.grant_role(user, Role.COORDINATOR, scene.programme)
    worker = builders.make_worker(scene.programme, user)
    with builders.as_seeder():
        scene.episode.allocations.create(worker=worker, from_date=scene.episode.opened_on)
    browser = browser_of(user)

    page = browser.get(scene.address("desk:show_safe_address"))

    assert (page.status_code, "Change the address" in page.content.decode()) == (200, False)
    assert browser.get(scene.address("desk:change_safe_address")).status_code == 403
