"""What is asked depends on what happened and on what the record holds."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from programme.access import actors
from programme.access.scope import acting_as
from programme.contacts.models import Served
from programme.people.models import Identity
from programme.support.models import Goal, Support
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import a_visit, contacts, reasons, url_of


def served():
    with acting_as(actors.SEEDER):
        return {(one.goal_id, one.support_id) for one in Served.objects.all()}


def needs(parent, **values):
    with acting_as(actors.SEEDER):
        identity = Identity.objects.get(parent=parent)
        for name, value in values.items():
            setattr(identity, name, value)
        identity.save()


@pytest.fixture
def goal(episode):
    return builders.stored(
        Goal, episode=episode, wording="A flat", set_by="parent", agreed_on=episode.opened_on
    )


@pytest.fixture
def support(episode):
    return builders.stored(
        Support, episode=episode, category="practical", kind="Bus pass", offered_on="2026-01-05"
    )


@pytest.mark.parametrize("whose", ["parent", "service", "logistics"])
def test_a_missed_contact_says_whose_reason_it_was_and_nothing_else(hers, parent, whose):
    hers.post(url_of("log_contact", parent), a_visit(outcome=f"missed_by_parent.{whose}", note=""))

    assert [(one.outcome, one.missed_because) for one in contacts()] == [
        ("missed_by_parent", whose)
    ]


def test_missed_without_whose_reason_is_no_answer(hers, parent):
    response = hers.post(url_of("log_contact", parent), a_visit(outcome="missed_by_parent"))

    assert response.context["form"].errors == {"outcome": ["Choose what happened from the list"]}
    assert contacts() == []


def test_an_earlier_missed_contact_is_corrected_without_inventing_a_reason(
    hers, parent, episode, practitioner
):
    contact = builders.make_contact(
        parent,
        episode,
        outcome="missed_by_parent",
        written_by=practitioner,
        recorded_at=timezone.now(),
    )
    url = url_of("correct_contact", parent, contact.pk)
    shown = as_sent(hers.get(url).content.decode())

    hers.post(url, {**shown, "note": "Rang after"})

    assert shown["outcome"] == "missed_by_parent"
    assert [(one.outcome, one.missed_because, one.note) for one in contacts()] == [
        ("missed_by_parent", "", "Rang after")
    ]


def test_the_record_says_whose_reason_it_was(hers, parent):
    hers.post(url_of("log_contact", parent), a_visit(outcome="missed_by_parent.service"))

    page = hers.get(f"/parents/{parent.pk}/").content.decode()

    assert "Home visit: the parent did not come (our reason)" in page


@pytest.mark.parametrize(
    ("recorded", "question"),
    [
        ({}, None),
        ({"interpreter_needed": False, "disability": "no"}, None),
        ({"interpreter_needed": True}, "Was there an interpreter?"),
        ({"disability": "yes"}, "Were access needs met?"),
        (
            {"interpreter_needed": True, "disability": "yes"},
            "Was there an interpreter, and were access needs met?",
        ),
    ],
)
def test_a_need_is_asked_about_only_where_it_is_recorded(hers, parent, recorded, question):
    needs(parent, **recorded)

    form = hers.get(url_of("log_contact", parent)).context["form"]

    assert (form["needs_met"].label if "needs_met" in form.fields else None) == question


@pytest.mark.parametrize(
    ("outcome", "answer", "stored"),
    [
        ("met", "no", False),
        ("met", "yes", True),
        ("met", "", None),
        ("tried_no_answer", "no", None),
    ],
)
def test_a_need_is_kept_of_a_meeting_only(hers, parent, outcome, answer, stored):
    needs(parent, interpreter_needed=True)

    hers.post(url_of("log_contact", parent), a_visit(outcome=outcome, needs_met=answer))

    assert [one.needs_met for one in contacts()] == [stored]


def test_an_answer_nobody_was_asked_for_is_not_stored(hers, parent):
    hers.post(url_of("log_contact", parent), a_visit(needs_met="yes"))

    assert [one.needs_met for one in contacts()] == [None]


def test_a_contact_ticks_the_goals_and_help_it_served(hers, parent, goal, support):
    ended = builders.stored(
        Goal,
        episode=goal.episode,
        wording="Done",
        set_by="parent",
        agreed_on=goal.agreed_on,
        ended_on=goal.agreed_on,
    )
    form = hers.get(url_of("log_contact", parent)).context["form"]
    typed = a_visit(served=[f"goal-{goal.pk}", f"support-{support.pk}"])

    for _ in range(2):
        hers.post(url_of("log_contact", parent), typed)

    assert [label for _, label in form["served"].field.choices] == [
        "Goal: A flat",
        "Help: Bus pass",
    ]
    assert served() == {(goal.pk, None), (None, support.pk)}
    assert ended.pk not in {one for pair in served() for one in pair}


def test_a_goal_of_another_record_cannot_be_ticked(hers, parent, goal, programme):
    other = builders.make_parent()
    theirs = builders.stored(
        Goal,
        episode=builders.make_episode(other, programme),
        wording="Hers",
        set_by="parent",
        agreed_on=goal.agreed_on,
    )

    response = hers.post(
        url_of("log_contact", parent), a_visit(served=[f"goal-{theirs.pk}"], note="Kept")
    )

    assert list(response.context["form"].errors) == ["served"]
    assert response.context["form"]["note"].value() == "Kept"
    assert (contacts(), served()) == ([], set())


def test_after_15_minutes_ticks_are_amended_with_the_same_reason(hers, parent, goal, support):
    hers.post(url_of("log_contact", parent), a_visit(served=[f"goal-{goal.pk}"]))
    [contact] = contacts()
    url = url_of("correct_contact", parent, contact.pk)
    with time_machine.travel(contact.recorded_at + timedelta(minutes=16), tick=False):
        shown = as_sent(hers.get(url).content.decode())
        refused = hers.post(url, {**shown, "served": [f"support-{support.pk}"]})
        kept = served()
        hers.post(url, {**shown, "served": [f"support-{support.pk}"], "reason": "A slip"})

    assert list(refused.context["form"].errors) == ["reason"]
    assert kept == {(goal.pk, None)}
    assert served() == {(None, support.pk)}
    assert reasons(contacts()[0])[0] == "A slip"
    with acting_as(actors.SEEDER):
        lines = Served.history.exclude(history_change_reason=None)
        assert {(one.history_type, one.history_change_reason) for one in lines} >= {
            ("-", "A slip"),
            ("+", "A slip"),
        }
