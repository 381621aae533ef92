"""A senior keeps the days on which a programme is closed; what is due leaves them out."""

from datetime import timedelta

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.core.working_days import add_working_days
from programme.pathways.models import ClosedDay
from programme.workboard.reads import due_items
from tests import builders
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import rows, said

PAGE = "/days-off/"
SOON = today() + timedelta(days=9)


@pytest.fixture
def senior(programme):
    return browser_of(builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR))


def test_a_day_off_is_kept_and_listed(senior, programme):
    reply = senior.post(PAGE, {"why": "Moving house", **boxes("day", SOON)})

    assert said(reply) == ["Day off saved"]
    assert [(one.programme_id, one.day) for one in rows(ClosedDay)] == [(programme.pk, SOON)]
    assert "Moving house" in senior.get(PAGE).content.decode()


def test_it_says_what_to_put_right_and_keeps_what_was_typed(senior, programme):
    builders.stored(ClosedDay, programme=programme, day=SOON, why="Training")

    twice = senior.post(PAGE, {"why": "Again", **boxes("day", SOON)}).context["form"]
    missing = senior.post(PAGE, {"why": "Again"}).context["form"]

    assert twice.errors == {"__all__": ["This day is on the list already."]}
    assert missing.errors == {"day": ["Enter the day"]}
    assert twice["why"].value() == "Again"
    assert len(rows(ClosedDay)) == 1


def test_a_day_off_is_taken_away_and_its_history_stays(senior, programme):
    closed = builders.stored(ClosedDay, programme=programme, day=SOON, why="Training")

    senior.post(reverse("pathways:remove_closed_day", args=[closed.pk]))

    assert rows(ClosedDay) == []
    assert [line.history_type for line in ClosedDay.history.filter(id=closed.pk)] == ["-", "+"]


def test_a_day_of_another_programme_is_not_found(senior):
    elsewhere = builders.make_programme("Southside")
    closed = builders.stored(ClosedDay, programme=elsewhere, day=SOON, why="Their training")

    assert b"Their training" not in senior.get(PAGE).content
    answer = senior.post(reverse("pathways:remove_closed_day", args=[closed.pk]))
    assert (answer.status_code, len(rows(ClosedDay))) == (404, 1)


def test_others_do_not_keep_them(hers):
    assert hers.get(PAGE).status_code == 403


def test_what_is_due_leaves_out_the_programme_s_days_off_and_no_other(practitioner, programme):
    parent = builders.make_parent()
    builders.make_referral(parent, programme, received_on=today(), decision="pending")
    usual = add_working_days(today(), 1)

    def due_on():
        with acting_as(practitioner):
            return [one.due_on for one in due_items([parent.pk]) if one.rule == "T01"]

    elsewhere = builders.make_programme("Southside")
    builders.stored(ClosedDay, programme=elsewhere, day=usual, why="Training")
    assert due_on() == [usual]
    builders.stored(ClosedDay, programme=programme, day=usual, why="Training")
    assert due_on() == [add_working_days(today(), 2)]
