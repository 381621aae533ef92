"""Rules of safe contact: added, changed, ended; an earlier rule is never lost."""

from html import unescape

import pytest
from django.urls import reverse

from programme.access import actors
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.people.models import SafeContact
from tests import builders
from tests.forms import as_sent
from tests.programme.pages import queries, rows

pytestmark = pytest.mark.django_db


def url(page: str, parent, *keys) -> str:
    return reverse(f"people:{page}", args=[parent.pk, *keys])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


@pytest.fixture
def rule(parent, episode):
    return builders.make_safe_contact(parent, number="07700 900123", may_text=True)


def test_several_numbers_each_with_its_rule(hers, parent, rule):
    add = url("add_rule", parent)
    typed = {
        "number": "07700 900456",
        "times": "after 6",
        "who_may_answer": "a sister",
        "may_leave_message": "no",
        "may_text": "yes",
        "agreed_phrase": "it’s the centre",
        "words_to_avoid": "court",
        "known_risk": "A dog. Somebody who drinks.",
        "do_not_meet_at": "the market",
    }

    hers.post(add, as_sent(hers.get(add).content.decode()) | typed)

    added = rows(SafeContact)[1]
    assert (added.number, added.may_leave_message, added.may_text, added.known_risk) == (
        "07700 900456",
        False,
        True,
        "A dog. Somebody who drinks.",
    )
    page = text(hers.get(reverse("desk:show_parent", args=[parent.pk])))
    for words in ("07700 900123", "07700 900456", "Risk in the home: A dog", "Say: it’s the"):
        assert words in page


def test_a_changed_rule_ends_and_another_takes_its_place(hers, parent, rule):
    change = url("change_rule", parent, rule.pk)
    page = hers.get(change).content.decode()

    hers.post(change, as_sent(page) | {"times": "evenings", "may_text": "no"})

    old, new = rows(SafeContact)
    assert (old.pk, old.times, old.may_text, old.ended_on) == (
        rule.pk,
        "after 10 in the morning",
        True,
        today(),
    )
    assert (new.replaces_id, new.number, new.times, new.may_text, new.ended_on) == (
        rule.pk,
        "07700 900123",
        "evenings",
        False,
        None,
    )
    shown = text(hers.get(url("show_safe_contact", parent)))
    assert shown.index("When: evenings") < shown.index("When: after 10 in the morning")


def test_an_ended_rule_is_said_nowhere_but_among_the_earlier(hers, parent, rule):
    end = url("end_rule", parent, rule.pk)

    hers.post(end, as_sent(hers.get(end).content.decode()) | {"because": "No longer safe"})

    for page in ("desk:show_parent", "contacts:ring_parent", "contacts:log_contact"):
        assert "07700 900123" not in text(hers.get(reverse(page, args=[parent.pk])))
    shown = text(hers.get(url("show_safe_contact", parent)))
    assert "No longer safe" in shown.split("What held earlier")[1]
    assert "07700 900123" not in shown.split("What held earlier")[0]


def test_a_rule_that_moved_on_keeps_both_words(hers, parent, rule):
    change = url("change_rule", parent, rule.pk)
    form = as_sent(hers.get(change).content.decode())
    with acting_as(actors.SEEDER):
        rule.times = "never on Mondays"
        rule.save()

    response = hers.post(change, form | {"times": "evenings"})

    assert "Somebody else changed or ended this rule" in text(response)
    assert [one.times for one in rows(SafeContact)] == ["never on Mondays"]
    again = as_sent(response.content.decode())
    assert again["times"] == "evenings"
    hers.post(change, again)
    assert [(one.times, one.ended_on is None) for one in rows(SafeContact)] == [
        ("never on Mondays", False),
        ("evenings", True),
    ]


def test_a_rule_that_moved_on_can_still_be_ended(hers, parent, rule):
    end = url("end_rule", parent, rule.pk)
    form = as_sent(hers.get(end).content.decode())
    with acting_as(actors.SEEDER):
        rule.times = "never on Mondays"
        rule.save()

    response = hers.post(end, form | {"because": "No longer safe"})
    assert "Somebody else changed this" in text(response)
    hers.post(end, as_sent(response.content.decode()))

    assert [(one.times, one.ended_because) for one in rows(SafeContact)] == [
        ("never on Mondays", "No longer safe")
    ]


def test_a_rule_that_ended_meanwhile_is_not_ended_again(hers, parent, rule):
    change = url("change_rule", parent, rule.pk)
    form = as_sent(hers.get(change).content.decode())
    with acting_as(actors.SEEDER):
        rule.ended_on, rule.ended_because = today(), "Number gone"
        rule.save()

    again = as_sent(hers.post(change, form | {"times": "evenings"}).content.decode())
    hers.post(change, again)

    assert [(one.times, one.ended_because) for one in rows(SafeContact)] == [
        ("after 10 in the morning", "Number gone"),
        ("evenings", ""),
    ]


def test_a_rule_that_says_nothing_is_sent_back(hers, parent, episode):
    add = url("add_rule", parent)

    response = hers.post(add, as_sent(hers.get(add).content.decode()))

    assert "Enter a number, or another part of the rule" in text(response)
    assert rows(SafeContact) == []


def test_a_rule_of_another_parent_is_not_found_under_hers(hers, parent, programme, worker, rule):
    other = builders.make_parent()
    builders.make_episode(other, programme, worker)

    assert hers.get(url("change_rule", other, rule.pk)).status_code == 404
    assert hers.post(url("end_rule", other, rule.pk), {"because": "x"}).status_code == 404


@pytest.mark.parametrize("number", [1, 3, 30])
def test_rules_ask_a_fixed_number_of_queries(
    hers, parent, episode, number, django_assert_num_queries
):
    for position in range(number):
        builders.make_safe_contact(parent, ended_on=today() if position % 2 else None)
    hers.get(url("show_safe_contact", parent))

    with django_assert_num_queries(queries(11)):
        hers.get(url("show_safe_contact", parent))
