"""A letter that was sent stays what it was; one can be written again; two writers are told."""

import pytest
import time_machine
from django.urls import reverse

from programme.access.parts import Role
from programme.core.dates import today
from programme.letters.models import Letter
from programme.papers.models import LetterTemplate
from recurrent.design.words import day_and_year
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import CANARY_POSTCODE, browser_of, make_scene
from tests.programme.pages import rows, text_of

pytestmark = pytest.mark.django_db
SENT, DROPPED = 3, 4


@pytest.fixture
def scene(db):
    return make_scene()


@pytest.fixture
def hers(scene):
    return browser_of(scene.user)


def page_of(browser, scene) -> str:
    return browser.get(scene.address("papers:write_letter")).content.decode()


def end(browser, scene, button=SENT):
    """Presses one of the two buttons below the letter."""
    body = as_sent(page_of(browser, scene), number=button)
    return browser.post(scene.address("papers:end_letter"), body)


def put_address_in(scene) -> None:
    with builders.as_seeder():
        letter = Letter.objects.get(pk=scene.ids["letter_id"])
        letter.with_address = True
        letter.save()


def letter_of(scene) -> Letter:
    (letter,) = rows(Letter, pk=scene.ids["letter_id"])
    return letter


# --- Printed again ------------------------------------------------------------------------------


def test_a_letter_that_was_sent_is_printed_without_the_address_of_today(hers, scene):
    put_address_in(scene)
    last_month = builders.days_ago(30)
    with time_machine.travel(last_month):
        end(browser_of(scene.user), scene)

    read = {
        one: " ".join(text_of(hers.get(scene.address(f"papers:{one}_letter"))).split())
        for one in ("print", "download")
    }

    for text in read.values():
        assert CANARY_POSTCODE not in text
        assert "[The address was on it]" in text
        assert f"Made on {day_and_year(last_month)}" in text
    # The page says in its own margin when it was printed, and by whom.
    assert day_and_year(today()) not in read["download"]


def test_who_may_not_know_the_address_may_read_a_letter_that_was_sent_with_it(hers, scene):
    colleague = browser_of(builders.make_practitioner(scene.programme))
    put_address_in(scene)
    before = colleague.get(scene.address("papers:print_letter")).status_code

    end(hers, scene)

    assert (before, colleague.get(scene.address("papers:print_letter")).status_code) == (403, 200)


# --- Read and written again ---------------------------------------------------------------------


@pytest.mark.parametrize(("button", "state"), [(SENT, "sent"), (DROPPED, "dropped")])
def test_an_ended_letter_is_read_from_the_list(hers, scene, button, state):
    end(hers, scene, button)

    listed = hers.get(scene.address("papers:choose_paper")).content.decode()
    page = page_of(hers, scene)

    assert letter_of(scene).state == state
    assert f'href="{scene.address("papers:write_letter")}"' in listed
    assert "We will meet at the door, as last time." in page
    assert (scene.address("papers:print_letter") in page) == (state == "sent")


def test_a_letter_is_written_again_once_and_without_the_address(hers, scene):
    put_address_in(scene)
    end(hers, scene, DROPPED)
    body = as_sent(page_of(hers, scene))

    answers = [hers.post(scene.address("papers:write_again"), body) for _press in range(2)]

    old, new = rows(Letter, parent=scene.parent)
    assert {one["Location"] for one in answers} == {
        reverse("papers:write_letter", args=[scene.parent.pk, new.pk])
    }
    assert (new.words, new.recipient, new.template) == (old.words, old.recipient, old.template)
    assert (old.state, new.state, new.with_address) == ("dropped", "in_progress", False)


# --- Two at once --------------------------------------------------------------------------------


def test_a_letter_changed_meanwhile_is_not_ended(hers, scene):
    body = as_sent(page_of(hers, scene), number=SENT)
    put_address_in(scene)

    answer = hers.post(scene.address("papers:end_letter"), body)

    assert answer["Location"] == scene.address("papers:write_letter")
    assert letter_of(scene).state == "in_progress"
    assert "somebody else has changed this letter" in hers.get(answer["Location"]).content.decode()


def test_who_saves_a_letter_second_sees_both_and_may_save_again(hers, scene):
    address = scene.address("papers:write_letter")
    body = as_sent(page_of(hers, scene))
    hers.post(address, body | {"words": "We will meet on Monday."})

    shown = hers.post(address, body | {"words": "We will meet on Friday."}).content.decode()
    again = hers.post(address, as_sent(shown))

    assert "Somebody else changed this since you opened it" in shown
    assert "We will meet on Monday." in shown
    assert (again.status_code, letter_of(scene).words) == (302, "We will meet on Friday.")


def test_words_typed_for_a_letter_that_was_ended_meanwhile_are_still_there(hers, scene):
    body = as_sent(page_of(hers, scene))
    end(hers, scene)

    shown = hers.post(
        scene.address("papers:write_letter"), body | {"words": "We will meet on Friday."}
    ).content.decode()

    assert "This letter was ended. Begin a new one." in shown
    assert as_sent(shown, number=3)["words"] == "We will meet on Friday."


@pytest.mark.parametrize("begun", [False, True])
def test_who_saves_a_template_second_is_told_and_may_save_again(hers, scene, begun):
    address = reverse("papers:edit_template", args=[scene.programme.pk, "ending"])
    if begun:
        hers.post(address, as_sent(hers.get(address).content.decode()) | {"words": "Dear you."})
    other = builders.make_practitioner(scene.programme, role=Role.SENIOR)
    body = as_sent(hers.get(address).content.decode())
    browser_of(other).post(address, body | {"words": "Dear friend."})

    shown = hers.post(address, body | {"words": "Dear neighbour."}).content.decode()
    kept = [one.words for one in rows(LetterTemplate)]
    again = hers.post(address, as_sent(shown))

    assert ("Somebody else changed this" in shown, "Dear friend." in shown) == (True, True)
    assert kept == ["Dear friend."]
    assert (again.status_code, rows(LetterTemplate)[0].words) == (302, "Dear neighbour.")


def test_the_same_template_sent_twice_is_kept_once(hers, scene):
    address = reverse("papers:edit_template", args=[scene.programme.pk, "ending"])
    body = as_sent(hers.get(address).content.decode()) | {"words": "Dear you."}

    answers = [hers.post(address, body) for _press in range(2)]

    (kept,) = rows(LetterTemplate)
    assert [one.status_code for one in answers] == [302, 302]
    assert (kept.version, kept.words) == (1, "Dear you.")


# --- Many ---------------------------------------------------------------------------------------


def test_letters_and_chronologies_are_listed_in_pages(hers, scene):
    with builders.as_seeder():
        for number in range(25):
            builders.make_letter(scene.parent, scene.programme, template=f"Letter no. {number}")
    address = scene.address("papers:choose_paper")

    pages = [hers.get(address, {"letters": number}).content.decode() for number in (1, 2)]

    assert [page.count("Letter no. ") for page in pages] == [20, 5]
    assert "?letters=2" in pages[0]
