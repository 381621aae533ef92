"""Hearings: to come on the worker's list, moved without a word lost, company as she wants."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.writing import ChangedMeanwhile
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.proceedings import actions
from programme.proceedings.actions import Said, Sitting
from programme.proceedings.models import Hearing, HearingCompany, ProceedingsParent
from programme.proceedings.reads import hearings_to_come
from tests import builders
from tests.programme.pages import queries, rows

pytestmark = pytest.mark.django_db
SOON = timedelta(days=7)


def said(source="court_document") -> Said:
    return Said(source, today())


def move(hearing, parent, by, days, source="court_document", key=None):
    with acting_as(by):
        return actions.move_hearing(
            key=key or uuid4(),
            hearing=hearing,
            parent=parent,
            held_on=today() + timedelta(days=days),
            begins_at=time(10, 30),
            said=said(source),
            seen_version=hearing.version,
            by=by,
        )


def ask(hearing, parent, by, is_wanted, who=""):
    with acting_as(by):
        return actions.record_company(
            key=uuid4(), hearing=hearing, parent=parent, is_wanted=is_wanted, who=who, by=by
        )


def to_come(user, *parents) -> list[date]:
    with acting_as(user):
        return [line.hearing.held_on for line in hearings_to_come([one.pk for one in parents])]


def test_hearings_to_come_are_on_the_workers_list_the_next_first(hers, parent, court):
    later = builders.make_hearing(court, held_on=today() + timedelta(days=20), kind="final")
    builders.make_hearing(court, begins_at=time(10, 30), court="Northtown")
    builders.make_hearing(court, held_on=today() - SOON)
    builders.make_hearing(court, outcome="called_off")

    page = hers.get("/home/")

    lines = [row.line for row in page.context["home"].hearings]
    assert [line.hearing.held_on for line in lines] == [today() + SOON, later.held_on]
    assert (lines[0].what, lines[0].how_soon) == ("Directions, Northtown", "in 7 days")
    assert "Hearings to come (2)" in page.content.decode()


def test_a_hearing_today_is_still_to_come(practitioner, parent, court):
    builders.make_hearing(court, held_on=today())

    assert to_come(practitioner, parent) == [today()]


def test_a_moved_hearing_is_a_new_row_and_the_old_one_stays(parent, court, senior):
    old = builders.make_hearing(court, court="Northtown", what_for="Interim order")

    new = move(old, parent, senior, 12)

    before, after = rows(Hearing)
    assert (before.pk, before.version, before.held_on) == (old.pk, 1, today() + SOON)
    assert (after.pk, after.follows_id, after.court, after.what_for) == (
        new.pk,
        old.pk,
        "Northtown",
        "Interim order",
    )
    assert to_come(senior, parent) == [new.held_on]


def test_what_a_parent_says_of_a_move_stands_beside_what_papers_say(
    parent, court, practitioner, senior
):
    papers = builders.make_hearing(court)
    move(papers, parent, practitioner, 12, "parent")
    assert to_come(practitioner, parent) == [papers.held_on, today() + timedelta(days=12)]

    told = rows(Hearing)[1]
    move(told, parent, practitioner, 14, "parent")
    assert to_come(practitioner, parent) == [papers.held_on, today() + timedelta(days=14)]


def test_what_a_parent_told_of_a_hearing_never_becomes_what_papers_say(parent, court, senior):
    told = builders.make_hearing(court, parent=parent, what_for="In the parent's words")

    with pytest.raises(RuleBroken, match="Add the hearing from papers first") as problem:
        move(told, parent, senior, 12, "court_document")

    assert problem.value.field == "source"
    assert [row.parent_id for row in rows(Hearing)] == [parent.pk]


def test_one_hearing_moves_once_for_each_who_says_so(parent, court, senior):
    papers = builders.make_hearing(court)
    key = uuid4()
    first = move(papers, parent, senior, 12, key=key)
    assert move(papers, parent, senior, 12, key=key) == first

    with pytest.raises(RuleBroken, match="was moved already"):
        move(papers, parent, senior, 14)
    move(papers, parent, senior, 13, "parent")
    with pytest.raises(RuleBroken, match="was moved already"):
        move(papers, parent, senior, 14, "parent")

    assert to_come(senior, parent) == [first.held_on, today() + timedelta(days=13)]


def test_a_hearing_somebody_else_changed_is_not_moved(parent, court, senior):
    seen = builders.make_hearing(court)
    with acting_as(senior):
        actions.record_outcome(
            hearing=Hearing.objects.get(pk=seen.pk),
            parent=parent,
            outcome="called_off",
            said=said(),
            seen_version=1,
            by=senior,
        )

    with pytest.raises(ChangedMeanwhile):
        move(seen, parent, senior, 12)
    assert len(rows(Hearing)) == 1


def test_a_wish_for_company_moves_with_the_hearing(parent, court, senior):
    old = builders.make_hearing(court)
    ask(old, parent, senior, False)
    ask(old, parent, senior, True, "Grace")

    moved = move(move(old, parent, senior, 12), parent, senior, 14)

    with acting_as(senior):
        (line,) = hearings_to_come([parent.pk])
    assert (line.hearing, line.company) == (moved, "Wants somebody along: Grace")
    ask(moved, parent, senior, False)
    with acting_as(senior):
        (line,) = hearings_to_come([parent.pk])
    assert line.company == "Wants nobody along"
    assert [row.is_wanted for row in rows(HearingCompany)] == [False, True, False]


def test_another_parents_wish_moves_too_whoever_moves_the_hearing(
    programme, worker, parent, court, practitioner, senior
):
    other = builders.make_parent()
    builders.make_episode(other, programme, worker)
    builders.stored(ProceedingsParent, proceedings=court, parent=other)
    old = builders.make_hearing(court)
    ask(old, other, practitioner, True, "A friend")

    move(old, parent, senior, 12)

    with acting_as(senior):
        lines = {one.parent_id: one.company for one in hearings_to_come([parent.pk, other.pk])}
    assert lines == {parent.pk: "", other.pk: "Wants somebody along: A friend"}


def test_what_came_of_a_hearing(parent, court, practitioner, senior):
    hearing = builders.make_hearing(court, held_on=today() - SOON)

    def record(by, source, outcome="held"):
        with acting_as(by):
            return actions.record_outcome(
                hearing=Hearing.objects.get(pk=hearing.pk),
                parent=parent,
                outcome=outcome,
                what_came_of_it="Interim care order",
                said=said(source),
                seen_version=1,
                by=by,
            )

    with pytest.raises(RuleBroken, match="known from papers"):
        record(practitioner, "parent")
    record(senior, "court_document")
    (row,) = rows(Hearing)
    assert (row.outcome, row.what_came_of_it, row.outcome_source, row.outcome_known_on) == (
        "held",
        "Interim care order",
        "court_document",
        today(),
    )
    record(senior, "court_document")
    assert rows(Hearing)[0].version == 2


def test_a_hearing_to_come_was_not_held(parent, court, senior):
    hearing = builders.make_hearing(court)

    with acting_as(senior), pytest.raises(RuleBroken, match="has not come yet"):
        actions.record_outcome(
            hearing=hearing, parent=parent, outcome="held", said=said(), seen_version=1, by=senior
        )


def test_a_practitioner_adds_a_hearing_the_parent_told_of(parent, court, practitioner):
    sitting = Sitting(today() + SOON, "directions")
    with acting_as(practitioner):
        with pytest.raises(RuleBroken):
            actions.add_hearing(
                key=uuid4(),
                proceedings=court,
                parent=parent,
                sitting=sitting,
                said=said(),
                by=practitioner,
            )
        actions.add_hearing(
            key=uuid4(),
            proceedings=court,
            parent=parent,
            sitting=sitting,
            said=said("parent"),
            by=practitioner,
        )

    assert [row.parent_id for row in rows(Hearing)] == [parent.pk]


def test_who_holds_a_parent_without_court_sees_no_hearing(programme, parent, court, sign_in):
    user = builders.make_user("Cora Example")
    builders.grant_role(user, Role.COORDINATOR, programme)
    coordinator = builders.make_worker(programme, user)
    builders.make_episode(parent, programme, coordinator)
    builders.make_hearing(court)

    page = sign_in(user).get("/home/")

    assert page.context["home"].hearings == []
    assert "Hearings to come" not in page.content.decode()


def test_two_parents_of_one_set_are_two_lines(programme, worker, practitioner, parent, court):
    other = builders.make_parent(given_names="Bo", family_name="Lee")
    builders.make_episode(other, programme, worker)
    builders.stored(ProceedingsParent, proceedings=court, parent=other)
    builders.make_hearing(court)

    with acting_as(practitioner):
        found = {line.parent_id for line in hearings_to_come([parent.pk, other.pk])}

    assert found == {parent.pk, other.pk}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_court_asks_a_fixed_number_of_queries(
    hers, parent, court, number, django_assert_num_queries
):
    for position in range(number):
        one = builders.make_proceedings(parent, issued_on=today() - timedelta(days=position))
        builders.make_hearing(one)
        builders.make_hearing(court)
    url = reverse("proceedings:show_court", args=[parent.pk])
    hers.get(url)

    with django_assert_num_queries(queries(18)):
        page = hers.get(url)

    assert len(page.context["sets"]) == number + 1
