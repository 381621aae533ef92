"""The keystroke-level sum of logging a contact, added up while the real pages are walked.

Whatever a page comes to ask before it saves is answered on the way, and its price is in the sum.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page
from pytest_django.live_server_helper import LiveServer

from programme.access.models import User
from programme.contacts.models import Contact
from programme.episodes.models import Episode
from programme.people.models import Identity
from tests import builders as make
from tests import klm
from tests.programme.pages import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 640}


class Walk:
    """A thumb on a phone, and what each thing it did costs (``tests.klm``)."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, ""

    def choose(self, place: Locator) -> None:
        """A thought and a tap."""
        self.steps += "MT"
        place.click()

    def go(self, place: Locator) -> None:
        """A thought, a tap, and a page that is fetched."""
        with self.page.expect_navigation():
            self.choose(place)
        self.steps += "R"

    def write(self, place: Locator, words: str) -> None:
        """A tap into a box; what is typed is counted apart."""
        self.steps += "T"
        place.click()
        place.fill(words)

    def save(self, name: str) -> None:
        """Presses the button; where the page asks for more, answers that and presses again."""
        self.go(self.page.get_by_role("button", name=name, exact=True))
        for link in self.page.locator(".govuk-error-summary a").all():
            self.choose(self.page.locator(link.get_attribute("href") or ""))
        if self.page.locator(".govuk-error-summary").count():
            self.go(self.page.get_by_role("button", name=name, exact=True))


@pytest.fixture
def parent_episode() -> Episode:
    programme = make.make_programme("Northtown")
    user = make.make_practitioner(programme, "Grace Example")
    parent = make.make_parent(given_names="Ann", family_name="Lee")
    return make.make_episode(parent, programme, user.workers.get())


@pytest.fixture
def walk(
    open_page: Callable[..., Page],
    sign_in: Callable[[Page, User], None],
    live_server: LiveServer,
    parent_episode: Episode,
) -> Walk:
    page = open_page(viewport=PHONE)
    worker = rows_of_worker(parent_episode)
    sign_in(page, worker)
    page.goto(f"{live_server.url}/home/")
    return Walk(page)


def rows_of_worker(episode: Episode) -> User:
    with make.as_seeder():
        return episode.allocations.get().worker.user


def met_last_week(episode: Episode) -> None:
    make.make_contact(
        episode.parent,
        episode,
        worker=rows_of_worker(episode).workers.get(),
        happened_at=timezone.now() - timedelta(days=7),
    )


def log(walk: Walk, another_kind: bool = False) -> None:
    walk.go(walk.page.get_by_role("link", name="Log contact"))
    if another_kind:
        walk.choose(walk.page.get_by_text("Phone call", exact=True))
    walk.write(walk.page.get_by_role("textbox", name="Note"), "We talked.")
    walk.save("Save: we met or spoke")


def logged(walk: Walk) -> tuple[int, float]:
    assert "/contacts/" not in walk.page.url
    assert rows(Contact)[-1].note == "We talked."
    return klm.taps(walk.steps), klm.overhead(walk.steps)


def test_a_contact_of_the_same_kind_as_last_time(walk: Walk, parent_episode: Episode) -> None:
    met_last_week(parent_episode)

    log(walk)

    assert logged(walk) == (3, 8.6)


def test_a_routine_contact_is_four_taps_and_less_than_twelve_seconds(
    walk: Walk, parent_episode: Episode
) -> None:
    log(walk, another_kind=True)

    taps, seconds = logged(walk)
    assert (taps, seconds) == (4, 11.25)
    assert taps <= 4
    assert seconds <= 12
    assert klm.with_words(walk.steps, 20) <= 60


def test_one_more_compulsory_question_would_show_its_price(walk: Walk) -> None:
    """The control: "How" left unanswered comes back, and is paid for."""
    log(walk)

    assert logged(walk)[0] == 5
    assert logged(walk)[1] > 12


def test_a_need_that_is_recorded_adds_nothing_that_must_be_pressed(
    walk: Walk, parent_episode: Episode
) -> None:
    met_last_week(parent_episode)
    with make.as_seeder():
        identity = Identity.objects.get(parent=parent_episode.parent)
        identity.interpreter_needed = True
        identity.save()

    log(walk)

    assert logged(walk) == (3, 8.6)


def test_tried_no_answer_is_two_taps(walk: Walk) -> None:
    walk.go(walk.page.get_by_role("link", name="No answer"))
    walk.save("Save: tried by phone, no answer")

    assert [one.outcome for one in rows(Contact)] == ["tried_no_answer"]
    assert (klm.taps(walk.steps), klm.overhead(walk.steps)) == (2, 7.3)


def test_a_missed_contact_costs_one_tap_for_whose_reason(
    walk: Walk, parent_episode: Episode
) -> None:
    met_last_week(parent_episode)
    walk.go(walk.page.get_by_role("link", name="Log contact"))
    walk.choose(walk.page.get_by_text("The parent did not come", exact=True))
    walk.save("Save: the parent did not come (our reason)")

    assert rows(Contact)[-1].missed_because == "service"
    assert klm.taps(walk.steps) == 3
    assert klm.overhead(walk.steps) <= 12
