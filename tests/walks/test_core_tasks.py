"""The ten core tasks on a phone of 320 px, by keyboard alone, with and without JavaScript."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from programme.access.models import User
from programme.access.parts import Role
from programme.contacts.models import Contact, NextStep
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.measures.models import Measure
from programme.pathways.models import Programme
from tests import builders as make
from tests.browser import scrolls_sideways
from tests.one_time_codes import code_for
from tests.programme.pages import rows
from tests.walks.keyboard import Keyboard

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "three words together"
# The right to print says who printed: a name stands on the page.
Begin = Callable[[User, str], Keyboard]


@pytest.fixture
def programme() -> Programme:
    return make.make_programme("Northtown")


@pytest.fixture
def asha(programme: Programme) -> User:
    return make.make_practitioner(programme, "Asha Example")


@pytest.fixture
def episode(programme: Programme, asha: User) -> Episode:
    parent = make.make_parent(given_names="Abi", family_name="Demo-Alder")
    make.make_safe_contact(parent, number="07700 900123")
    return make.make_episode(parent, programme, asha.workers.get())


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    return open_page(viewport={"width": 320, "height": 640}, java_script_enabled=request.param)


@pytest.fixture
def begin(
    phone: Page, sign_in: Callable[[Page, User], None], live_server: LiveServer, episode: Episode
) -> Begin:
    def begun(user: User, address: str) -> Keyboard:
        sign_in(phone, user)
        phone.goto(f"{live_server.url}{address}")
        return Keyboard(phone)

    return begun


def on_page(keys: Keyboard, words: str) -> None:
    """What the task ends with stands on the page, which nothing pushes wide."""
    expect(keys.page.locator("main")).to_contain_text(words)
    assert not scrolls_sideways(keys.page)


def contacts() -> list[tuple[str, str]]:
    return [(one.outcome, one.note) for one in rows(Contact)]


def log(keys: Keyboard, note: str) -> None:
    page = keys.page
    keys.press(page.get_by_role("link", name="Log contact"))
    keys.choose(page.get_by_role("radio", name="Home visit"))
    keys.type(page.get_by_role("textbox", name="Note"), note)
    keys.press(page.get_by_role("button", name="Save: we met or spoke", exact=True))


def test_sign_in(phone: Page, live_server: LiveServer, asha: User) -> None:
    asha.set_password(PASSWORD)
    asha.save()
    phone.goto(f"{live_server.url}/accounts/login/")
    keys = Keyboard(phone)

    keys.type(phone.get_by_label("Email"), asha.email)
    keys.type(phone.get_by_role("textbox", name="Password"), PASSWORD)
    keys.press(phone.get_by_role("button", name="Sign in"))
    keys.type(phone.get_by_label("Code"), code_for(phone.locator(".design-code").inner_text()))
    keys.press(phone.get_by_role("button", name="Set up"))

    phone.goto(f"{live_server.url}/home/")
    on_page(keys, "Hello, Asha Example")


def test_find_a_person(begin: Begin, asha: User) -> None:
    keys = begin(asha, "/find/")

    keys.type(keys.page.get_by_role("searchbox").or_(keys.page.get_by_role("textbox")), "abby aldr")
    keys.press(keys.page.get_by_role("button", name="Find"))
    keys.press(keys.page.get_by_role("link", name="Abi Demo-Alder").first)

    on_page(keys, "How to reach Abi Demo-Alder safely")


def test_log_a_contact(begin: Begin, asha: User) -> None:
    keys = begin(asha, "/home/")

    log(keys, "We had tea.")

    assert contacts() == [("met", "We had tea.")]
    on_page(keys, "We had tea.")


def test_log_no_answer(begin: Begin, asha: User) -> None:
    keys = begin(asha, "/home/")

    keys.press(keys.page.get_by_role("link", name="No answer"))
    keys.press(keys.page.get_by_role("button", name="Phone"))

    assert contacts() == [("tried_no_answer", "")]


def test_correct_a_contact(begin: Begin, asha: User) -> None:
    keys = begin(asha, "/home/")
    log(keys, "We had te.")

    keys.press(keys.page.locator("main a[href$='/correct/']").first)
    keys.type(keys.page.get_by_role("textbox", name="Note"), "We had tea.")
    keys.press(keys.page.get_by_role("button", name="Save correction"))

    assert contacts() == [("met", "We had tea.")]


def test_add_a_next_step(begin: Begin, asha: User, episode: Episode) -> None:
    keys = begin(asha, reverse("contacts:add_next_step", args=[episode.parent_id]))
    due_on = today() + timedelta(days=7)

    keys.type(keys.page.get_by_role("textbox").first, "Ring housing")
    for part, value in (("Day", due_on.day), ("Month", due_on.month), ("Year", due_on.year)):
        keys.type(keys.page.get_by_label(part, exact=True), str(value))
    keys.press(keys.page.get_by_role("button", name="Save next step"))

    assert [(one.wording, one.due_on) for one in rows(NextStep)] == [("Ring housing", due_on)]
    on_page(keys, "Ring housing")


def test_record_an_outcome_measure(begin: Begin, asha: User, episode: Episode) -> None:
    keys = begin(asha, reverse("desk:show_parent", args=[episode.parent_id]))
    page = keys.page

    keys.press(page.get_by_role("link", name="A questionnaire"))
    keys.press(page.get_by_role("link", name="PHQ-9"))
    keys.type(page.get_by_label("What is the total?"), "12")
    keys.choose(page.get_by_role("radio", name="No"))
    keys.press(page.get_by_role("button", name="Save questionnaire"))

    on_page(keys, "Saved, record")
    assert [(one.instrument, one.total) for one in rows(Measure)] == [("phq9", 12)]


def test_move_to_a_colleague(begin: Begin, programme: Programme, episode: Episode) -> None:
    senior = make.make_practitioner(programme, "Sena Example", Role.SENIOR)
    nora = make.make_practitioner(programme, "Nora Example")
    page = reverse("supervision:hand_over", args=[episode.parent_id, episode.pk])
    keys = begin(senior, page)

    keys.pick(keys.page.get_by_label("Who takes it on?"), "Nora Example")
    keys.type(keys.page.get_by_label("Handover note"), "Likes to be rung in the morning.")
    keys.press(keys.page.get_by_role("button", name="Save worker"))

    led_by = [one.worker.user for one in rows(Allocation, to_date=None)]
    assert led_by == [nora]


def test_run_the_board_report(begin: Begin, programme: Programme) -> None:
    keys = begin(make.make_practitioner(programme, "Ines Example", Role.MANAGER), "/home/")
    page = keys.page

    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        keys.reach(menu)
        page.keyboard.press("Enter")
    keys.press(page.get_by_role("link", name="Board report").first)
    keys.press(page.get_by_role("link", name="The last 12 months").first)

    expect(page.get_by_role("heading", name="Where are the babies?")).to_be_visible()
    assert not scrolls_sideways(page)


def test_print_a_summary(begin: Begin, asha: User, episode: Episode) -> None:
    keys = begin(asha, reverse("papers:choose_paper", args=[episode.parent_id]))

    keys.press(keys.page.get_by_role("link", name="Summary for a meeting"))
    button = keys.page.get_by_role("button", name="Download as PDF")
    keys.reach(button)
    with keys.page.expect_download() as download:
        keys.page.keyboard.press("Enter")

    assert download.value.path().read_bytes().startswith(b"%PDF")
