"""Ring, text, visit: the rule first, then the way, then how it went."""

from html import unescape

import pytest
from django.urls import reverse

from programme.contacts.models import Contact
from programme.people.reads import SafeRule
from tests import builders
from tests.forms import as_sent
from tests.programme.pages import queries, rows

pytestmark = pytest.mark.django_db


def page_of(browser, way: str, parent) -> str:
    response = browser.get(reverse(f"contacts:{way}_parent", args=[parent.pk]))
    return " ".join(unescape(response.content.decode()).split())


def test_ringing_shows_the_rule_before_the_number_can_be_pressed(hers, parent):
    builders.make_safe_contact(
        parent,
        number="07700 900123",
        agreed_phrase="it’s the centre",
        words_to_avoid="court",
        may_leave_message=False,
    )

    page = page_of(hers, "ring", parent)

    link = page.index('href="tel:07700900123"')
    for words in ("Say: it’s the centre", "Do not say: court", "Do not leave a message"):
        assert page.index(words) < link
    assert "sms:" not in page


@pytest.mark.parametrize(("may_text", "links"), [(True, 1), (False, 0), (None, 0)])
def test_a_text_is_offered_only_where_it_was_allowed(hers, parent, may_text, links):
    builders.make_safe_contact(parent, number="07700 900123", may_text=may_text)

    page = page_of(hers, "text", parent)

    assert (page.count('href="sms:'), page.count('href="tel:')) == (links, 0)
    assert ("Do not text" in page) is not bool(may_text)


def test_each_number_has_its_own_answer_about_texting(hers, parent):
    builders.make_safe_contact(parent, number="07700 900123", may_text=True)
    builders.make_safe_contact(parent, number="07700 900456", may_text=False)

    page = page_of(hers, "text", parent)

    assert ("sms:07700900123" in page, "sms:07700900456" in page) == (True, False)
    assert ("07700 900123" in page, "07700 900456" in page) == (True, False)


def test_before_a_visit_the_risk_is_said_and_the_address_is_not(hers, parent, episode):
    builders.make_safe_contact(parent, known_risk="A dog", do_not_meet_at="the market")
    builders.stored(builders.Home, parent=parent, address="1 Canary Street", postcode="ZZ1 1ZZ")

    page = page_of(hers, "visit", parent)

    assert "Risk in the home: A dog" in page
    assert "Do not meet at: the market" in page
    assert reverse("desk:show_safe_address", args=[parent.pk]) in page
    assert not {"Canary", "ZZ1"} & set(page.split())
    assert "tel:" not in page


def test_without_a_rule_nothing_can_be_pressed(hers, parent):
    for way in ("ring", "text", "visit"):
        page = page_of(hers, way, parent)
        assert "Nobody has recorded how to reach Ann Lee safely." in page
        assert ("tel:" in page, "sms:" in page) == (False, False)


@pytest.mark.parametrize(
    ("way", "mode"), [("ring", "phone"), ("text", "text"), ("visit", "home_visit")]
)
def test_how_it_went_is_logged_with_the_way_filled_in(hers, parent, episode, way, mode):
    log = reverse("contacts:log_contact", args=[parent.pk])
    no_answer = reverse("contacts:log_no_answer", args=[parent.pk])

    page = page_of(hers, way, parent)

    assert f'href="{log}?mode={mode}"' in page
    form = as_sent(hers.get(f"{log}?mode={mode}").content.decode())
    assert form["mode"] == mode
    first = hers.get(f"{no_answer}?mode={mode}").context["form"].ways()[0]
    assert first.value == mode
    hers.post(f"{log}?mode={mode}", form | {"outcome": "met"})
    assert [one.mode for one in rows(Contact)] == [mode]


@pytest.mark.parametrize(
    ("way", "mode", "words"),
    [
        ("ring", "phone", "No answer"),
        ("text", "text", "Sent, no answer"),
        ("visit", "home_visit", "Nobody was there"),
    ],
)
def test_that_nobody_answered_is_one_press_where_one_comes_back_to(
    hers, parent, episode, way, mode, words
):
    page = hers.get(reverse(f"contacts:{way}_parent", args=[parent.pk])).content.decode()
    no_answer = reverse("contacts:log_no_answer", args=[parent.pk])

    for _ in range(2):
        hers.post(no_answer, as_sent(page))

    assert f'action="{no_answer}"' in page
    assert words in page
    assert [(one.mode, one.outcome) for one in rows(Contact)] == [(mode, "tried_no_answer")]


def test_a_way_that_is_none_is_not_filled_in(hers, parent, episode):
    log = reverse("contacts:log_contact", args=[parent.pk])

    assert "mode" not in as_sent(hers.get(f"{log}?mode=pigeon").content.decode())


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900-123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("(01632) 960 001", "01632960001"),
        ("sister: 07700 900123", "07700900123"),
        ("07700 900123 or 07700 900456", "07700900123"),
        ("ask the centre", ""),
        ("", ""),
    ],
)
def test_a_number_is_dialled_as_a_telephone_takes_it(number, dialled):
    assert SafeRule(number, ()).dialled == dialled


@pytest.mark.parametrize("number", [1, 3, 30])
def test_ringing_asks_a_fixed_number_of_queries(
    hers, parent, episode, number, django_assert_num_queries
):
    for _ in range(number):
        builders.make_safe_contact(parent, number="07700 900123")
    page_of(hers, "ring", parent)

    with django_assert_num_queries(queries(10)):
        page_of(hers, "ring", parent)
