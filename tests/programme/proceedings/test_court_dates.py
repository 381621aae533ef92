"""Dates of a set: each with its source, nothing overwritten, the best source in force."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Child, ParentChild
from programme.proceedings import actions
from programme.proceedings.actions import Dated, Said
from programme.proceedings.models import (
    CourtDate,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    RowChanged,
)
from programme.proceedings.reads import court_events, court_questions, in_force
from tests import builders
from tests.programme.pages import rows


def d(text: str) -> date:
    return date.fromisoformat(text)


def key():
    return uuid4()


def add(court, parent, by, kind, day, source="court_document", known="2026-03-05", **details):
    with acting_as(by):
        return actions.add_date(
            key=key(),
            proceedings=court,
            parent=parent,
            dated=Dated(kind, d(day) if day else None, **details),
            said=Said(source, d(known), details.get("source_words", "")),
            by=by,
        )


def stands(court) -> Proceedings:
    (row,) = rows(Proceedings, pk=court.pk)
    return row


@pytest.mark.django_db
def test_a_set_begins_with_a_letter_long_before_its_issue(parent, episode, senior):
    with acting_as(senior):
        actions.add_set(
            key=key(),
            parent=parent,
            dated=Dated("letter", d("2026-01-08")),
            said=Said("local_authority", d("2026-01-10"), "email of the social worker"),
            by=senior,
        )

    (court,) = rows(Proceedings)
    assert (court.pre_proceedings_letter_on, court.issued_on) == (d("2026-01-08"), None)
    assert (court.source, court.known_on) == (
        "The local authority: email of the social worker",
        d("2026-01-10"),
    )
    assert [link.parent_id for link in rows(ProceedingsParent)] == [parent.pk]


@pytest.mark.django_db
def test_every_step_of_a_set_is_kept_with_what_belongs_to_it(parent, court, senior):
    child = builders.stored(Child, given_names="Ivy")
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    add(court, parent, senior, "letter", "2026-01-08", "local_authority")
    add(court, parent, senior, "issued", "2026-02-02")
    add(
        court,
        parent,
        senior,
        "first_hearing",
        "2026-02-04",
        notice_days=1,
        urgency_reason="immediate_safety",
    )
    add(court, parent, senior, "order", "2026-03-01", child=child, order="care_order")
    add(court, parent, senior, "concluded", "2026-03-01", ended_how="final_order")

    found = stands(court)
    assert (found.pre_proceedings_letter_on, found.issued_on) == (d("2026-01-08"), d("2026-02-02"))
    assert (found.first_hearing_on, found.notice_days, found.urgency_reason) == (
        d("2026-02-04"),
        1,
        "immediate_safety",
    )
    assert (found.concluded_on, found.ended_how) == (d("2026-03-01"), "final_order")
    assert [(one.child_id, one.final_order) for one in rows(ProceedingsChild)] == [
        (child.pk, "care_order")
    ]
    assert [(row.source, row.known_on) for row in rows(CourtDate)] == [
        ("local_authority", d("2026-03-05")),
        *[("court_document", d("2026-03-05"))] * 4,
    ]


@pytest.mark.django_db
def test_a_later_word_of_a_weaker_source_changes_nothing_in_force(parent, court, senior):
    add(court, parent, senior, "issued", "2026-02-02", "court_document")
    add(court, parent, senior, "issued", "2026-02-09", "other")
    add(court, parent, senior, "issued", "2026-02-10", "parent")

    assert stands(court).issued_on == d("2026-02-02")
    assert len(rows(CourtDate)) == 3


@pytest.mark.django_db
def test_a_date_that_was_wrong_is_taken_back_and_still_to_be_read(parent, court, senior):
    add(court, parent, senior, "issued", "2026-02-02", "local_authority")
    add(court, parent, senior, "concluded", "2026-03-02", "court_document")
    add(court, parent, senior, "concluded", None, "court_document", taken_back=True)

    assert (stands(court).concluded_on, stands(court).issued_on) == (None, d("2026-02-02"))
    assert [row.taken_back for row in rows(CourtDate)] == [False, False, True]


@pytest.mark.django_db
def test_an_order_that_was_wrong_no_longer_stands_when_taken_back(parent, court, senior):
    child = builders.stored(Child, given_names="Ivy")
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    add(court, parent, senior, "order", "2026-03-01", child=child, order="care_order")
    assert [link.final_order for link in rows(ProceedingsChild)] == ["care_order"]

    add(court, parent, senior, "order", None, child=child, taken_back=True)

    assert [link.final_order for link in rows(ProceedingsChild)] == [""]


@pytest.mark.django_db
def test_a_row_is_never_changed(parent, court, senior):
    row = add(court, parent, senior, "issued", "2026-02-02")

    row.happened_on = d("2026-02-03")
    with acting_as(senior), pytest.raises(RowChanged):
        row.save()


@pytest.mark.django_db
def test_what_a_set_was_loaded_with_becomes_rows_before_the_first_date(parent, episode, senior):
    child = builders.stored(Child, given_names="Ivy")
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    court = builders.make_proceedings(
        parent,
        issued_on=d("2020-02-02"),
        first_hearing_on=d("2020-02-04"),
        urgency_reason="other",
        source="the legal team",
    )
    builders.stored(ProceedingsChild, proceedings=court, child=child, final_order="placement_order")

    add(court, parent, senior, "concluded", "2020-09-01", ended_how="final_order")

    found = stands(court)
    assert (found.issued_on, found.first_hearing_on, found.concluded_on) == (
        d("2020-02-02"),
        d("2020-02-04"),
        d("2020-09-01"),
    )
    # Loaded without a day on which it became known: known always, as before.
    assert (found.source, found.known_on, found.urgency_reason) == ("the legal team", None, "other")
    assert sorted((row.kind, row.source_words) for row in rows(CourtDate)) == [
        ("concluded", ""),
        ("first_hearing", "the legal team"),
        ("issued", "the legal team"),
        ("order", "the legal team"),
    ]


@pytest.mark.django_db
def test_the_set_is_known_since_its_issue_was_first_known(parent, court, senior):
    add(court, parent, senior, "letter", "2026-01-08", known="2026-01-10")
    assert stands(court).known_on == d("2026-01-10")

    add(court, parent, senior, "issued", "2026-02-02", "local_authority", known="2026-02-20")
    add(court, parent, senior, "issued", "2026-02-03", "court_document", known="2026-03-05")

    assert (stands(court).issued_on, stands(court).known_on) == (d("2026-02-03"), d("2026-02-20"))


@pytest.mark.django_db
def test_one_source_cannot_hear_before_it_issues(parent, court, senior):
    add(court, parent, senior, "issued", "2026-02-02")

    with pytest.raises(RuleBroken, match="The first hearing is before the day of issue"):
        add(court, parent, senior, "first_hearing", "2026-02-01")
    assert len(rows(CourtDate)) == 1

    add(court, parent, senior, "first_hearing", "2026-02-01", "local_authority")
    assert stands(court).first_hearing_on is None
    assert len(rows(CourtDate)) == 2


@pytest.mark.django_db
def test_what_has_not_happened_is_no_date_but_a_first_hearing_may_be_ahead(parent, court, senior):
    ahead = (today() + timedelta(days=3)).isoformat()

    for kind in ("letter", "issued", "concluded"):
        with pytest.raises(RuleBroken, match="This day has not come yet"):
            add(court, parent, senior, kind, ahead)
    with pytest.raises(RuleBroken, match="cannot be in the future"):
        add(court, parent, senior, "letter", "2026-01-01", known=ahead)

    add(court, parent, senior, "first_hearing", ahead)
    assert stands(court).first_hearing_on == d(ahead)


# --- Who writes what ------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("source", ["court_document", "local_authority", "other"])
def test_a_practitioner_adds_only_what_the_parent_told(parent, court, practitioner, source):
    with pytest.raises(RuleBroken) as problem:
        add(court, parent, practitioner, "issued", "2026-02-02", source)
    assert problem.value.field == "source"

    add(court, parent, practitioner, "issued", "2026-02-02", "parent")
    (row,) = rows(CourtDate)
    assert (row.source, row.parent_id) == ("parent", parent.pk)
    assert stands(court).issued_on is None


@pytest.mark.django_db
def test_a_senior_of_another_programme_is_no_senior_here(parent, court, practitioner):
    elsewhere = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.SENIOR, elsewhere)

    with pytest.raises(RuleBroken):
        add(court, parent, practitioner, "issued", "2026-02-02")


@pytest.mark.django_db
def test_a_role_that_ended_writes_nothing_from_papers(parent, court, practitioner, programme):
    builders.grant_role(practitioner, Role.SENIOR, programme, ends_on=today() - timedelta(days=1))

    with pytest.raises(RuleBroken):
        add(court, parent, practitioner, "issued", "2026-02-02")


# --- What the timeline says -------------------------------------------------------------------


@pytest.mark.django_db
def test_the_timeline_says_only_what_the_parent_still_says(parent, court, practitioner):
    child = builders.stored(Child, given_names="Ivy")
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")

    def tell(kind, day, **details):
        add(court, parent, practitioner, kind, day, "parent", **details)

    tell("letter", "2026-01-08")
    tell("letter", None, taken_back=True)
    tell("issued", "2026-02-02")
    tell("issued", "2026-02-03")
    tell("order", "2026-03-01", child=child, order="care_order")
    tell("order", "2026-03-02", child=child, order="care_order")

    with acting_as(practitioner):
        said = sorted(event.day for event in court_events(parent, *court_questions(parent)))
    assert said == [d("2026-02-03"), d("2026-03-02")]


# --- A second way to find what holds ----------------------------------------------------------

SOURCES = ("court_document", "local_authority", "other", "parent")
ROWS = st.lists(st.tuples(st.sampled_from(SOURCES), st.integers(1, 28), st.booleans()), max_size=12)


@given(ROWS)
def test_in_force_is_the_last_word_of_the_best_source(said):
    made = [
        CourtDate(
            kind="issued",
            source=source,
            happened_on=None if taken_back else date(2026, 1, day),
            taken_back=taken_back,
            position=position,
        )
        for position, (source, day, taken_back) in enumerate(said)
    ]

    # Walk every source from the best: its last word counts, unless it took the date back.
    expected = None
    for source in SOURCES:
        of_source = [(day, back) for one, day, back in said if one == source]
        if of_source and not of_source[-1][1]:
            expected = date(2026, 1, of_source[-1][0])
            break

    found = in_force(reversed(made)).get("issued")
    assert (found.happened_on if found else None) == expected
