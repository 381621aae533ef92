"""A double press, an impatient second send, Back and again: one record (R4)."""

import pytest

from tests.programme.desk.scene import TYPED, body_of, browser_of, make_scene, pages_that_change
from tests.programme.pages import everything_stored

pytestmark = pytest.mark.django_db
# A second send of these shows what stands now instead of moving on.
SHOWS_WHAT_STANDS = {
    "contacts:correct_contact": 200,
    "supervision:hand_over": 200,
    "supervision:sign_off": 200,
    "supervision:answer_return": 200,
    "returning:answer_request": 200,
    "joining:answer_possible_match": 200,
    "protection:review_opening": 200,
    "families:correct_child": 200,
    "families:change_family_time": 200,
    "families:correct_partnership": 200,
    "families:correct_relation": 200,
    # The child is no longer on this record.
    "families:take_off_child": 404,
    # The questionnaire is no longer on this record.
    "measures:take_off_measure": 404,
}


def stored() -> dict[str, list]:
    """Every row, history and event; that somebody looked is a line each time."""
    return {name: rows for name, rows in everything_stored().items() if name != "programme_sight"}


def test_every_page_that_changes_a_record_is_sent_twice_here() -> None:
    assert set(TYPED) == pages_that_change()


@pytest.mark.parametrize("page", TYPED)
def test_sent_twice_is_one_record(page: str) -> None:
    scene = make_scene()
    browser = browser_of(scene.user)
    body = body_of(browser, scene, page)
    before = stored()

    first = browser.post(scene.address(page), body)
    once = stored()
    second = browser.post(scene.address(page), body)

    assert (first.status_code, once != before) == (302, True)
    assert second.status_code == SHOWS_WHAT_STANDS.get(page, 302)
    assert stored() == once
