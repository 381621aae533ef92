from datetime import timedelta

import pytest

from programme.access.scope import acting_as
from programme.contacts.models import ContactPerson, NextStep
from programme.contacts.reads import (
    LastAndNext,
    contact_entries,
    contact_places,
    contact_questions,
    last_and_next,
    meetings_from,
    place_questions,
)
from programme.contacts.reads.timeline import one_line
from programme.core.dates import today
from programme.core.together import ask_together
from programme.people.models import Parent
from recurrent.design.components import TimelineEntry
from recurrent.design.words import day
from tests import builders
from tests.programme.contacts.rows import queries, url_of


def test_last_and_next_finds_the_last_meeting_the_last_try_and_the_next_day(
    practitioner, parent, episode
):
    builders.make_contact(parent, episode, happened_at=builders.days_ago(40))
    met = builders.make_contact(parent, episode, happened_at=builders.days_ago(31))
    tried = builders.make_contact(
        parent, episode, outcome="tried_no_answer", happened_at=builders.days_ago(2)
    )
    for days, done_on in ((9, None), (4, None), (1, today())):
        due_on = today() + timedelta(days=days)
        builders.stored(NextStep, episode=episode, wording="x", due_on=due_on, done_on=done_on)
    builders.stored(NextStep, episode=episode, wording="some day")

    builders.make_contact(parent, episode, mode="text", happened_at=builders.days_ago(3))

    with acting_as(practitioner):
        found = meetings_from(last_and_next([parent.pk]))

    assert found == {
        parent.pk: LastAndNext(
            last_met_at=met.happened_at,
            last_contact_at=tried.happened_at,
            last_outcome="tried_no_answer",
            next_on=today() + timedelta(days=4),
        )
    }
    assert found[parent.pk].days_since_met == 31
    assert found[parent.pk].in_words == (
        f"not seen for 31 days · tried, no answer {day(builders.days_ago(2))}"
        f" · next {day(today() + timedelta(days=4))}"
    )


def test_last_and_next_of_someone_met_lately_and_of_someone_never_met():
    lately = LastAndNext(last_met_at=builders.days_ago(28), last_contact_at=builders.days_ago(28))

    assert LastAndNext(lately.last_met_at, lately.last_met_at, "met").in_words == (
        f"last met {day(builders.days_ago(28))}"
    )
    assert LastAndNext().in_words == "not met yet"
    assert LastAndNext(None, builders.days_ago(1), "met", today() - timedelta(days=1)).in_words == (
        f"not met yet · in touch {day(builders.days_ago(1))}"
        f" · next step was due {day(today() - timedelta(days=1))}"
    )
    assert LastAndNext().days_since_met is None


def test_last_and_next_leaves_out_what_the_reader_may_not_see(parent, episode):
    builders.make_contact(parent, episode)
    elsewhere = builders.make_practitioner(builders.make_programme("Southside"))

    with acting_as(elsewhere):
        assert meetings_from(last_and_next([parent.pk])) == {}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_last_and_next_is_one_query(practitioner, programme, worker, number):
    parents = [builders.make_parent() for _ in range(number)]
    for parent in parents:
        builders.make_contact(parent, builders.make_episode(parent, programme, worker))

    with acting_as(practitioner), queries(1):
        found = meetings_from(last_and_next(one.pk for one in parents))

    assert len(found) == number


def timeline_rows(parent: Parent) -> list[TimelineEntry]:
    """The contacts of a parent that the acting user may read, newest first."""
    places = place_questions(parent)
    ask_together(*places)
    asked = contact_questions(parent, {place.mark for place in contact_places(parent, *places)})
    ask_together(*asked)
    return sorted(contact_entries(parent, *asked), key=lambda row: row.at, reverse=True)


def test_timeline_rows_are_newest_first_with_who_and_what(practitioner, parent, episode, worker):
    older = builders.make_contact(
        parent, episode, worker=worker, happened_at=builders.days_ago(3), note="One line"
    )
    newer = builders.make_contact(
        parent, episode, happened_at=builders.days_ago(1), mode="phone", outcome="tried_no_answer"
    )

    with acting_as(practitioner):
        rows = timeline_rows(parent)

    assert [(row.title, row.at, row.by, row.text, row.url) for row in rows] == [
        (
            "Phone call: tried, no answer",
            newer.happened_at,
            "seeder",
            "",
            url_of("correct_contact", parent, newer.pk),
        ),
        (
            "Home visit: we met or spoke",
            older.happened_at,
            "Grace Example",
            "One line",
            url_of("correct_contact", parent, older.pk),
        ),
    ]


def test_timeline_rows_link_to_no_correction_for_those_who_only_read(parent, episode, programme):
    builders.make_contact(parent, episode)
    colleague = builders.make_practitioner(programme)

    with acting_as(colleague):
        assert [row.url for row in timeline_rows(parent)] == [""]


def test_timeline_rows_of_a_shared_contact_show_her_own_note_alone(
    practitioner, parent, episode, programme, worker
):
    other = builders.make_parent("father")
    theirs = builders.make_contact(
        other, builders.make_episode(other, programme, worker), note="About him alone"
    )
    builders.stored(
        ContactPerson, contact=theirs, parent=parent, programme=programme, private_note="Hers"
    )

    with acting_as(practitioner):
        rows = timeline_rows(parent)

    assert [(row.title, row.text, row.more, row.url) for row in rows] == [
        ("Home visit: we met or spoke", "Hers", "", "")
    ]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_timeline_rows_query_count_does_not_grow(practitioner, parent, episode, worker, number):
    for _ in range(number):
        builders.make_contact(parent, episode, worker=worker)

    with acting_as(practitioner), queries(2):
        rows = timeline_rows(parent)

    assert len(rows) == number


@pytest.mark.parametrize(
    ("note", "line", "more"),
    [
        ("", "", ""),
        ("Short", "Short", ""),
        ("First\nsecond", "First", "First\nsecond"),
        ("word " * 30, "word " * 23 + "word…", "word " * 30),
        ("x" * 130, "x" * 120 + "…", "x" * 130),
    ],
)
def test_one_line_of_a_note(note, line, more):
    assert one_line(note) == (line, more)
