"""When something is due, against days worked out by hand on a calendar, and by counting one by one.

Facts are rows that were never stored: what is due is a function of them and the rules alone.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, islice
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.access.parts import Part
from programme.assessments.models import Assessment, Meeting
from programme.contacts.models import PlannedContact
from programme.core.reference import rows
from programme.episodes.models import Episode, Pause
from programme.pathways.models import Programme, TimescaleRule
from programme.pathways.reference import shipped_timescales
from programme.people.models import Parent
from programme.pregnancies.models import Pregnancy
from programme.proceedings.models import Proceedings, ProceedingsParent, Separation
from programme.referrals.models import Referral
from programme.workboard.reads import items_from
from programme.workboard.reads.facts import PARTS, Facts

RULES = shipped_timescales()
LONG_AGO = date(2020, 1, 6)
MET = datetime(2024, 1, 10, 12, tzinfo=UTC)
_numbers = count(1)


def key() -> UUID:
    return UUID(int=next(_numbers))


@pytest.fixture
def parent() -> Parent:
    return Parent(id=key())


def programme(pathway: str) -> Programme:
    return Programme(id=key(), pathway_id=pathway)


def episode(parent: Parent, pathway: str = "pause", **values: object) -> Episode:
    """Open since long ago; no stage, never met, not supervised."""
    known = {name: values.pop(name, None) for name in ("stage", "met_at", "supervised_on")}
    where = programme(pathway)
    referral = Referral(
        id=key(),
        parent=parent,
        programme=where,
        received_on=values.pop("received_on", LONG_AGO),
        pregnancy_id=values.pop("pregnancy_id", None),
    )
    values.setdefault("opened_on", LONG_AGO)
    made = Episode(id=key(), parent=parent, programme=where, referral=referral, **values)
    for name, value in known.items():
        setattr(made, name, value)
    return made


def pregnancy(mother: Parent, due: date, **values: object) -> Pregnancy:
    values.setdefault("known_on", LONG_AGO)
    made = Pregnancy(id=key(), mother=mother, **values)
    estimate = SimpleNamespace(
        estimated_due_date=due, basis="dating_scan", recorded_on=values["known_on"]
    )
    made._prefetched_objects_cache = {"due_dates": [estimate]}
    made.is_with_us = True
    return made


def plan(one: Episode, planned_for: datetime, kind: str = "") -> PlannedContact:
    about = {"parent": one.parent, "programme": one.programme, "episode": one, "kind": kind}
    stored_at = planned_for - timedelta(days=7)
    return PlannedContact(
        id=key(), planned_for=planned_for, mode="office", stored_at=stored_at, **about
    )


def facts(*episodes: Episode, parts: tuple[Part, ...] = PARTS, **more: object) -> Facts:
    seen = {(one.parent_id, one.programme_id): frozenset(parts) for one in episodes}
    return Facts(LONG_AGO, episodes, seen=seen, **more)


def due(known: Facts, rule: str, on: date = LONG_AGO) -> list[date]:
    return [one.due_on for one in items_from(replace(known, on=on), RULES) if one.rule == rule]


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (date(2022, 9, 16), date(2022, 9, 20)),  # Friday; the Monday was the Queen's funeral
        (date(2022, 9, 15), date(2022, 9, 16)),
        (date(2024, 3, 28), date(2024, 4, 2)),  # Maundy Thursday to the Tuesday after Easter
        (date(2021, 12, 24), date(2021, 12, 29)),  # Christmas Day and Boxing Day on a weekend
        (date(2022, 12, 23), date(2022, 12, 28)),  # Christmas Day on a Sunday
        (date(2024, 2, 28), date(2024, 2, 29)),
        (date(2023, 5, 5), date(2023, 5, 9)),  # the Monday was for the coronation
    ],
)
def test_a_referral_is_decided_by_the_next_working_day(
    parent: Parent, received: date, last_day: date
) -> None:
    referral = Referral(id=key(), parent=parent, programme=programme("pause"), received_on=received)

    assert due(Facts(LONG_AGO, undecided=[referral]), "T01") == [last_day]


def test_help_is_offered_within_ten_working_days_over_easter(parent: Parent) -> None:
    """Known on Wed 20 March 2024: 21, 22, 25, 26, 27, 28, then from 2 April 2, 3, 4, 5."""
    one = pregnancy(parent, date(2024, 9, 1), known_on=date(2024, 3, 20))
    one.is_with_us = False

    assert due(Facts(LONG_AGO, pregnancies=[one]), "T25") == [date(2024, 4, 5)]
    assert due(facts(episode(parent, opened_on=date(2024, 3, 20)), pregnancies=[one]), "T25") == []
    one.is_with_us = True
    assert due(Facts(LONG_AGO, pregnancies=[one]), "T25") == []


def test_months_end_on_29_february(parent: Parent) -> None:
    supervised = episode(parent, supervised_on=date(2023, 12, 31))
    held = episode(parent)
    conference = Meeting(
        id=key(),
        episode=held,
        kind="initial_child_protection_conference",
        held_on=date(2023, 11, 30),
    )

    assert due(facts(supervised), "T23") == [date(2024, 2, 29)]
    assert due(facts(held, meetings={held.pk: [conference]}), "T11") == [date(2024, 2, 29)]


def test_an_assessment_is_due_by_the_rule_or_the_day_that_was_set(parent: Parent) -> None:
    one = episode(parent, "pre_birth")
    row = Assessment(id=key(), episode=one, kind="pre_birth", started_on=date(2024, 1, 15))
    known = facts(one, assessments={one.pk: [row]})

    assert due(known, "T04") == [date(2024, 2, 29)]
    row.due_on = date(2024, 2, 1)
    assert due(known, "T04") == [date(2024, 2, 1)]
    row.due_on = date(2024, 6, 1)
    assert due(known, "T04") == [date(2024, 2, 29)]
    row.completed_on = date(2024, 2, 20)
    assert due(known, "T04") == []


def test_before_a_birth_days_follow_the_due_date_wherever_it_moves(parent: Parent) -> None:
    """Due on 4 May 2026: 20 weeks are 15 December 2025, 34 weeks 23 March 2026."""
    one = episode(parent, "pre_birth")
    row = Assessment(id=key(), episode=one, kind="pre_birth", started_on=LONG_AGO)

    def days(of: Pregnancy) -> list[list[date]]:
        known = facts(one, pregnancies=[of], assessments={one.pk: [row]})
        return [due(known, rule) for rule in ("T20", "T09", "T21")]

    first = [date(2025, 12, 15), date(2026, 3, 23), date(2026, 4, 6)]
    assert days(pregnancy(parent, date(2026, 5, 4))) == [[day] for day in first]
    week = timedelta(days=7)
    assert days(pregnancy(parent, date(2026, 5, 11))) == [[day + week] for day in first]


def test_a_pregnancy_of_another_referral_asks_nothing_of_this_one(parent: Parent) -> None:
    ours, other = pregnancy(parent, date(2026, 5, 4)), pregnancy(parent, date(2027, 5, 4))
    one = episode(parent, "pre_birth", pregnancy_id=ours.pk)

    assert due(facts(one, pregnancies=[ours, other]), "T20") == [date(2025, 12, 15)]
    assert due(facts(one, pregnancies=[other]), "T20") == []


def test_court_days(parent: Parent) -> None:
    """Issued 1 September 2025: day 18 is 19 September, 26 weeks are 2 March 2026."""
    row = Proceedings(id=key(), issued_on=date(2025, 9, 1))
    known = Facts(LONG_AGO, proceedings=[ProceedingsParent(parent=parent, proceedings=row)])

    assert (due(known, "T14"), due(known, "T15")) == ([date(2025, 9, 19)], [date(2026, 3, 2)])
    row.first_hearing_on = date(2025, 9, 15)
    assert (due(known, "T14"), due(known, "T15")) == ([], [date(2026, 3, 2)])
    row.concluded_on = date(2026, 1, 5)
    assert due(known, "T15") == []


@pytest.mark.parametrize(
    ("met_at", "last_day"),
    [
        (datetime(2024, 3, 30, 23, 30, tzinfo=UTC), date(2024, 4, 27)),  # the night clocks go on
        (datetime(2024, 6, 1, 23, 30, tzinfo=UTC), date(2024, 6, 30)),  # half past midnight here
        (datetime(2024, 10, 26, 23, 30, tzinfo=UTC), date(2024, 11, 24)),  # the night they go back
        (datetime(2024, 2, 1, 12, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_a_long_time_without_meeting(parent: Parent, met_at: datetime, last_day: date) -> None:
    assert due(facts(episode(parent, met_at=met_at)), "T26") == [last_day]


def test_a_review_conference_follows_the_first_only(parent: Parent) -> None:
    one = episode(parent)
    held = [
        Meeting(id=key(), episode=one, kind=kind, held_on=day)
        for kind, day in (
            ("initial_child_protection_conference", date(2024, 1, 8)),
            ("review_child_protection_conference", date(2024, 4, 2)),
        )
    ]

    assert due(facts(one, meetings={one.pk: held[:1]}), "T11") == [date(2024, 4, 8)]
    assert due(facts(one, meetings={one.pk: held}), "T11") == []


def test_reaching_out_after_a_separation_in_our_time(parent: Parent) -> None:
    one = episode(parent, opened_on=date(2024, 1, 8))

    def days(separated_on: date, met_at: datetime | None = None) -> list[date]:
        one.met_at = met_at
        row = Separation(id=key(), separated_on=separated_on)
        return due(facts(one, separations={parent.pk: [row]}), "T24")

    assert days(date(2024, 2, 22)) == [date(2024, 2, 29)]
    assert days(date(2024, 2, 22), datetime(2024, 2, 21, tzinfo=UTC)) == [date(2024, 2, 29)]
    assert days(date(2024, 2, 22), datetime(2024, 2, 24, tzinfo=UTC)) == []
    assert days(date(2023, 2, 22)) == []


def test_only_work_before_a_birth_is_asked_for_by_its_weeks(parent: Parent) -> None:
    one = episode(parent, "pause")
    known = facts(one, pregnancies=[pregnancy(parent, date(2026, 5, 4))])

    assert due(known, "T20") == due(known, "T09") == []


def test_a_stage_and_a_pathway_may_have_a_rule_of_their_own(parent: Parent) -> None:
    (rule,) = [one for one in RULES if one.code == "T26" and not one.stage]
    own = TimescaleRule(
        **{
            name: getattr(rule, name)
            for name in ("code", "step", "unit", "jurisdiction", "applies_to")
        },
        count=60,
        stage="next_steps",
    )
    one = episode(parent, "reflect", stage="next_steps")

    def days() -> list[date]:
        found = items_from(facts(one), [own, *RULES])
        return [item.due_on for item in found if item.rule == "T26"]

    assert days() == [LONG_AGO + timedelta(days=60)]
    one.stage = "engagement"
    assert days() == [LONG_AGO + timedelta(days=28)]


@pytest.mark.parametrize(
    ("stage", "days"), [("engagement", 14), ("active", 28), (None, 28), ("next_steps", 84)]
)
def test_a_gap_means_another_thing_in_each_stage(
    parent: Parent, stage: str | None, days: int
) -> None:
    known = facts(episode(parent, stage=stage, met_at=MET))

    assert due(known, "T26") == [MET.date() + timedelta(days=days)]


def test_review_conferences_go_on_every_six_months(parent: Parent) -> None:
    """The first on 31 May 2024; the last day of November has no 31st."""
    one = episode(parent)
    held = [
        Meeting(id=key(), episode=one, kind="review_child_protection_conference", held_on=day)
        for day in (date(2024, 2, 1), date(2024, 5, 31))
    ]
    known = facts(one, meetings={one.pk: held})

    assert (due(known, "T29"), due(known, "T11")) == ([date(2024, 11, 30)], [])
    later = Meeting(id=key(), episode=one, kind=held[0].kind, held_on=date(2024, 8, 29))
    assert due(facts(one, meetings={one.pk: [*held, later]}), "T29") == [date(2025, 2, 28)]


@pytest.mark.parametrize(
    ("kind", "last_day"),
    [
        ("crisis", date(2024, 3, 29)),
        ("statutory_visit", date(2024, 4, 3)),  # Thu; then Tue and Wed after Easter
        ("", date(2024, 4, 8)),
    ],
)
def test_what_became_of_a_planned_contact_is_written_by_its_kind(
    parent: Parent, kind: str, last_day: date
) -> None:
    """Planned for Maundy Thursday, 28 March 2024."""
    one = episode(parent)
    known = facts(one, plans=[plan(one, datetime(2024, 3, 28, 14, tzinfo=UTC), kind)])

    assert due(known, "T22", date(2024, 3, 29)) == [last_day]


def test_on_its_day_a_planned_contact_is_due_with_its_time(parent: Parent) -> None:
    """Both clock changes: 00:30 on Sunday in London is Saturday in UTC, in summer time."""
    one = episode(parent)
    known = facts(one, plans=[plan(one, datetime(2024, 10, 26, 23, 30, tzinfo=UTC))])

    assert due(known, "planned", date(2024, 10, 27)) == [date(2024, 10, 27)]
    assert due(known, "planned", date(2024, 10, 26)) == []
    assert due(known, "T22", date(2024, 10, 27)) == []
    known = facts(one, plans=[plan(one, datetime(2024, 3, 31, 23, 30, tzinfo=UTC))])
    assert due(known, "planned", date(2024, 4, 1)) == [date(2024, 4, 1)]


def test_a_programmes_own_days_off_put_off_what_is_counted_in_its_days(parent: Parent) -> None:
    """Planned on Monday 4 March 2024; closed on Wednesday and Thursday."""
    one = episode(parent)
    off = frozenset({date(2024, 3, 6), date(2024, 3, 7)})
    planned = plan(one, datetime(2024, 3, 4, 10, tzinfo=UTC))
    known = facts(one, plans=[planned])

    assert due(known, "T22", date(2024, 3, 5)) == [date(2024, 3, 11)]
    closed = replace(known, closed={one.programme_id: off})
    assert due(closed, "T22", date(2024, 3, 5)) == [date(2024, 3, 13)]
    elsewhere = replace(known, closed={key(): off})
    assert due(elsewhere, "T22", date(2024, 3, 5)) == [date(2024, 3, 11)]


def test_where_no_programme_is_named_only_days_off_of_all_of_hers_count(parent: Parent) -> None:
    ours = pregnancy(parent, date(2024, 9, 1), known_on=date(2024, 2, 29))
    ours.is_with_us = False
    first, second = key(), key()
    off = frozenset({date(2024, 3, 6)})
    seen = dict.fromkeys([(parent.pk, first), (parent.pk, second)], frozenset(PARTS))
    known = Facts(LONG_AGO, pregnancies=[ours], seen=seen)

    assert due(replace(known, closed={first: off}), "T25") == [date(2024, 3, 14)]
    both = {first: off, second: off}
    assert due(replace(known, closed=both), "T25") == [date(2024, 3, 15)]


def test_what_a_statute_counts_is_not_put_off_by_a_closed_office() -> None:
    statutory = [one for one in RULES if one.unit == "working_days" and one.applies_to == "council"]

    assert {one.calendar for one in statutory} == {"bank_holidays"}


def test_what_was_done_cannot_be_told_from_what_one_may_not_read(parent: Parent) -> None:
    """So nothing is said to be due to whoever could not see that it was done."""
    one = episode(parent, "new_beginnings")

    assert {item.rule for item in items_from(facts(one), RULES)} == {"T03", "T23", "T26"}
    assert items_from(facts(one, parts=(Part.REFERENCE,)), RULES) == []


def test_each_says_why(parent: Parent) -> None:
    one = episode(parent, "pre_birth", supervised_on=date(2024, 1, 5))
    row = Assessment(id=key(), episode=one, kind="pre_birth", started_on=date(2024, 1, 15))
    known = facts(
        one, pregnancies=[pregnancy(parent, date(2026, 5, 4))], assessments={one.pk: [row]}
    )

    said = {item.rule: item.why for item in items_from(known, RULES)}

    assert said["T23"] == "within 2 months of the last supervision on 5 January 2024"
    assert said["T20"] == "by 20 weeks of the pregnancy, by the baby’s due date on 4 May 2026"
    assert said["T21"] == "28 days before the baby’s due date on 4 May 2026"
    row.due_on = date(2024, 1, 20)
    said = {item.rule: item.why for item in items_from(known, RULES)}
    by_rule = "within 45 days of the start of the assessment on 15 January 2024"
    assert said["T04"] == f"this day was set, sooner than {by_rule}"


# --- Pauses ---------------------------------------------------------------------------------

DAYS = st.dates(date(2023, 12, 1), date(2024, 6, 1))
PAUSES = st.lists(
    st.tuples(DAYS, st.integers(0, 40)).map(
        lambda one: Pause(from_date=one[0], to_date=one[0] + timedelta(days=one[1]))
    ),
    max_size=4,
)


def days_of(pauses: list[Pause]) -> set[date]:
    return {
        day.date()
        for one in pauses
        for day in (
            datetime.combine(one.from_date, datetime.min.time()) + timedelta(days=n)
            for n in range((one.to_date - one.from_date).days + 1)
        )
    }


@given(pauses=PAUSES, on=DAYS)
def test_a_pause_puts_the_long_gap_off_day_by_day(pauses: list[Pause], on: date) -> None:
    """Against counting: the 28th day after they met that was not a day of a pause."""
    one = episode(Parent(id=uuid4()), met_at=MET)
    begun = [pause for pause in pauses if pause.from_date <= on]
    away = {day for day in days_of(begun) if day <= on}
    later = (MET.date() + timedelta(days=n) for n in count(1))
    last_day = list(islice((day for day in later if day not in away), 28))[-1]

    found = due(facts(one, pauses={one.pk: pauses}), "T26", on)

    assert found == ([] if on in away else [last_day])


@given(pauses=PAUSES, on=DAYS)
def test_a_pause_stops_nothing_else(pauses: list[Pause], on: date) -> None:
    parent = Parent(id=UUID(int=7))
    one = episode(parent, "pre_birth", met_at=MET, supervised_on=date(2024, 1, 2))
    assessment = Assessment(id=key(), episode=one, kind="pre_birth", started_on=date(2024, 1, 3))
    known = facts(
        one,
        pregnancies=[pregnancy(parent, date(2024, 5, 4))],
        assessments={one.pk: [assessment]},
    )

    def others(with_pauses: Facts) -> list[object]:
        return [
            item
            for item in items_from(replace(with_pauses, on=on), RULES)
            if item.rule not in ("T26", "review")
        ]

    assert others(replace(known, pauses={one.pk: pauses})) == others(known)
    assert {item.rule for item in others(known)} == {"T04", "T09", "T20", "T21", "T23"}


def test_only_the_long_gap_ships_as_stopped_by_a_pause() -> None:
    stopped = [row["rule"] for row in rows("timescales") if row["stopped_by_pause"] == "yes"]

    assert set(stopped) == {"T26"}


def test_an_open_pause_stops_it_for_as_long_as_it_lasts(parent: Parent) -> None:
    one = episode(parent, met_at=MET)
    known = facts(one, pauses={one.pk: [Pause(from_date=date(2024, 1, 20))]})

    assert due(known, "T26", date(2024, 1, 19)) == [date(2024, 2, 7)]
    assert due(known, "T26", date(2024, 1, 20)) == due(known, "T26", date(2026, 1, 1)) == []
