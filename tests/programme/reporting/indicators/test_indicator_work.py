"""EN-2, SU-1, VO-3, WF-1, CA-1 by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from programme.access import actors
from programme.access.scope import acting_as
from programme.episodes.models import Allocation, Episode
from programme.measures.models import Feedback
from programme.pathways.models import Programme, Worker
from programme.reporting.models import Cost
from programme.reporting.periods import Period
from programme.support.models import Support, Therapy
from tests.builders import make_contact, make_parent, make_programme, make_worker, stored
from tests.programme.reporting.indicators.working import (
    YEAR,
    contact_on,
    counts,
    d,
    expect,
    figure_of,
    give_birth,
    local_moment,
    open_episode,
    pair,
    part_of,
    refer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pause() -> Programme:
    return make_programme("Pause")


# --- EN-2: appointments kept ----------------------------------------------------------------


def test_planned_contacts_kept_of_those_due(pause: Programme) -> None:
    episode = open_episode(pause, "2024-01-01")
    for outcome in ("met", "missed_by_parent", "cancelled_by_parent", "tried_no_answer"):
        contact_on(episode, "2024-06-01T10:00", planned=True, outcome=outcome)
    contact_on(episode, "2024-06-01T10:00", planned=True, outcome="cancelled_by_service")
    contact_on(episode, "2024-06-01T10:00", planned=False)
    contact_on(episode, "2024-06-01T10:00", planned=None)

    figure = figure_of("EN-2", pause)

    assert (pair(figure), figure.not_recorded) == ((1, 4), 1)
    assert dict(figure.excluded) == {"cancelled_by_service": 1}


def test_contacts_of_the_first_and_last_local_day(pause: Programme) -> None:
    episode = open_episode(pause, "2024-01-01")
    # British Summer Time began on 31 March 2024 and on 30 March 2025.
    for moment in ("2024-03-31T23:59", "2024-04-01T00:00", "2025-03-31T23:59", "2025-04-01T00:00"):
        contact_on(episode, moment, planned=True)

    assert pair(figure_of("EN-2", pause)) == (2, 2)


def test_contacts_after_the_report_date_are_not_read(pause: Programme) -> None:
    episode = open_episode(pause, "2024-01-01")
    contact_on(episode, "2024-06-01T23:59", planned=True)
    contact_on(episode, "2024-06-02T00:00", planned=True)

    figure = figure_of("EN-2", pause, Period(YEAR.first, YEAR.last, d("2024-06-01")))

    assert pair(figure) == (1, 1)


def test_a_contact_before_any_decision_belongs_to_the_programme(pause: Programme) -> None:
    referral = refer(pause, "2024-06-01", decision="pending")
    moment = local_moment("2024-06-02T10:00")
    make_contact(
        referral.parent, referral=referral, programme=pause, happened_at=moment, planned=True
    )

    assert pair(figure_of("EN-2", pause)) == (1, 1)


# --- SU-1: practical and therapeutic help ---------------------------------------------------


def practical(episode: Episode, started: str | None = "2024-06-01", **values: object) -> None:
    values = {"response": "taken", "category": "practical", **values}
    started_on = d(started) if started else None
    stored(Support, episode=episode, offered_on=d("2024-02-01"), started_on=started_on, **values)


def therapy(episode: Episode, started: str | None = "2024-06-01", **values: object) -> None:
    values = {"response": "taken", **values}
    started_on = d(started) if started else None
    stored(Therapy, episode=episode, offered_on=d("2024-02-01"), started_on=started_on, **values)


def test_practical_therapeutic_and_both(pause: Programme) -> None:
    one, other, both, neither = (open_episode(pause, "2024-02-01") for _ in range(4))
    practical(one)
    practical(one)
    therapy(other)
    practical(both)
    therapy(both)
    practical(neither, category="court")

    figure = figure_of("SU-1", pause)

    assert counts(figure) == {"practical": 2, "therapeutic": 2, "both": 1}
    assert (figure.denominator, figure.rows[2].value) == (4, Fraction(1, 4))
    assert figure.rows[-1].category == "not_recorded"


def test_only_help_taken_started_and_not_ended_before_the_period(pause: Programme) -> None:
    started, late, ended, ending, declined = (open_episode(pause, "2024-02-01") for _ in range(5))
    practical(started, "2025-03-31")
    practical(late, "2025-04-01")
    practical(ended, "2024-02-01", ended_on=d("2024-03-31"))
    practical(ending, "2024-02-01", ended_on=d("2024-04-01"))
    practical(declined, response="declined")

    figure = figure_of("SU-1", pause)

    assert (counts(figure)["practical"], figure.denominator) == (2, 5)


def test_help_that_started_after_the_period_does_not_count_though_it_is_known(
    pause: Programme,
) -> None:
    practical(open_episode(pause, "2024-02-01"), "2025-04-01")

    assert counts(figure_of("SU-1", pause, Period(YEAR.first, YEAR.last, d("2025-06-01")))) == {}


def test_help_offered_after_the_report_date_is_not_read(pause: Programme) -> None:
    episode = open_episode(pause, "2024-02-01")
    practical(episode, None, response="")
    before_the_offer = Period(d("2024-01-01"), d("2024-03-31"), d("2024-01-31"))

    assert counts(figure_of("SU-1", pause)) == {"not_recorded": 1}
    assert counts(figure_of("SU-1", pause, before_the_offer)) == {}


def test_an_answer_or_a_start_that_nobody_wrote_down(pause: Programme) -> None:
    silent, unstarted, helped = (open_episode(pause, "2024-02-01") for _ in range(3))
    practical(silent, None, response="")
    therapy(unstarted, None)
    practical(helped)
    therapy(helped, None, response="")

    assert counts(figure_of("SU-1", pause)) == {"practical": 1, "not_recorded": 2}


@pytest.mark.parametrize(
    ("opened", "closed", "in_base"),
    [
        ("2025-03-04", None, 1),  # 28 days with the last of the period
        ("2025-03-05", None, 0),
        ("2024-03-05", "2024-04-02", 1),  # the day of closing is not a day open
        ("2024-03-06", "2024-04-02", 0),
        ("2024-01-01", "2024-04-01", 0),  # not open on any day of the period
    ],
)
def test_the_base_has_been_with_us_28_days(
    pause: Programme, opened: str, closed: str | None, in_base: int
) -> None:
    practical(open_episode(pause, opened, closed=closed), "2024-03-10")

    assert figure_of("SU-1", pause).denominator == in_base


def test_a_parent_with_two_episodes_is_one_parent(pause: Programme) -> None:
    first = open_episode(pause, "2024-04-01", closed="2024-06-01")
    second = open_episode(pause, "2024-07-01", first.parent)
    practical(first)
    therapy(second, "2024-08-01")

    figure = figure_of("SU-1", pause)

    assert (counts(figure), figure.denominator) == (
        {"practical": 1, "therapeutic": 1, "both": 1},
        1,
    )


# --- VO-3: felt listened to -----------------------------------------------------------------


def ask(episode: Episode, answer: str, answered: str | None = "2024-06-02", **values: str) -> None:
    stored(
        Feedback,
        episode=episode,
        respondent=values.get("respondent", "mother"),
        about="service",
        asked_on=d(values.get("asked", "2024-06-01")),
        answered_on=d(answered) if answered else None,
        question=values.get("question", "felt_listened_to"),
        answer=answer,
    )


def test_agree_and_strongly_agree_of_all_answers(pause: Programme) -> None:
    episode = open_episode(pause, "2024-01-01")
    for answer in ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "yes"):
        ask(episode, answer)
    ask(episode, "agree", question="clear")
    ask(episode, "agree", respondent="professional")

    assert pair(figure_of("VO-3", pause)) == (3, 7)


def test_answered_in_the_period(pause: Programme) -> None:
    episode = open_episode(pause, "2024-01-01")
    ask(episode, "agree", "2024-03-31", asked="2024-03-01")
    ask(episode, "agree", "2024-04-01", asked="2024-03-01")
    ask(episode, "agree", "2025-03-31")
    ask(episode, "agree", "2025-04-01")

    figure = figure_of("VO-3", pause)

    assert (pair(figure), dict(figure.excluded)) == ((2, 2), {"not_answered": 1})


def test_a_question_asked_after_the_report_date_is_not_read(pause: Programme) -> None:
    ask(open_episode(pause, "2024-01-01"), "", None, asked="2024-06-02")
    early = Period(YEAR.first, YEAR.last, d("2024-06-01"))

    assert figure_of("VO-3", pause, early).excluded["not_answered"] == 0


def test_not_answered_is_left_out_and_blank_is_not_recorded(pause: Programme) -> None:
    episode = open_episode(pause, "2024-01-01")
    ask(episode, "", None)
    ask(episode, "", None, asked="2024-03-31")
    ask(episode, "", "2024-06-02")

    figure = figure_of("VO-3", pause)

    assert (pair(figure), figure.not_recorded) == ((0, 0), 1)
    assert dict(figure.excluded) == {"not_answered": 1}


# --- WF-1: caseload in range ----------------------------------------------------------------


def worker_of(programme: Programme, unit: str, lowest: int | None, highest: int | None) -> Worker:
    return make_worker(programme, caseload_unit=unit, caseload_min=lowest, caseload_max=highest)


@pytest.mark.parametrize(
    ("lowest", "highest", "in_range"),
    [(2, 3, 1), (1, 2, 1), (3, 4, 0), (0, 1, 0), (None, 2, 1), (2, None, 1), (3, None, 0)],
)
def test_both_ends_of_the_range_are_in_it(
    pause: Programme, lowest: int | None, highest: int | None, in_range: int
) -> None:
    worker = worker_of(pause, "parents", lowest, highest)
    for _ in range(2):
        open_episode(pause, "2024-05-01", worker=worker)

    assert pair(figure_of("WF-1", pause)) == (in_range, 1)


def test_no_range_is_not_recorded_and_no_cases_is_not_asked(pause: Programme) -> None:
    open_episode(pause, "2024-05-01", worker=worker_of(pause, "parents", None, None))
    worker_of(pause, "parents", 0, 3)

    figure = figure_of("WF-1", pause)

    assert (pair(figure), figure.not_recorded) == ((0, 0), 1)


def test_only_lead_allocations_open_on_the_day(pause: Programme) -> None:
    worker = worker_of(pause, "parents", 3, 3)

    def allocate(start: str, end: str | None, lead: bool | None) -> None:
        episode = open_episode(pause, "2024-05-01")
        to_date = d(end) if end else None
        stored(
            Allocation,
            episode=episode,
            worker=worker,
            from_date=d(start),
            to_date=to_date,
            lead=lead,
        )

    allocate("2024-05-01", None, True)
    allocate("2025-03-31", None, None)  # blank means yes
    allocate("2024-05-01", "2025-04-01", True)
    allocate("2024-05-01", "2025-03-31", True)
    allocate("2024-05-01", None, False)
    allocate("2025-04-01", None, True)

    assert pair(figure_of("WF-1", pause)) == (1, 1)


def test_a_closed_episode_is_no_case_though_nobody_ended_the_allocation(pause: Programme) -> None:
    worker = worker_of(pause, "parents", 1, 1)
    open_episode(pause, "2024-05-01", worker=worker)
    closed = open_episode(pause, "2024-05-01", closed="2024-06-01")
    stored(Allocation, episode=closed, worker=worker, from_date=d("2024-05-01"))

    assert pair(figure_of("WF-1", pause)) == (1, 1)


def children_held(programme: Programme, worker: Worker) -> int:
    """The one number for which the worker is in range."""
    for number in range(6):
        Worker.objects.filter(pk=worker.pk)
        with acting_as(actors.SEEDER):
            worker.caseload_min = worker.caseload_max = number
            worker.save()
        if figure_of("WF-1", programme).numerator:
            return number
    raise AssertionError("no number fits")


def test_children_are_the_living_babies_or_one_while_unborn(pause: Programme) -> None:
    worker = worker_of(pause, "children", 0, 0)
    mother = make_parent()
    pregnancy = expect(mother, known="2024-05-01", due="2025-01-01")
    open_episode(pause, "2024-05-01", mother, pregnancy=pregnancy, worker=worker)
    give_birth(mother, "2020-01-01")
    assert children_held(pause, worker) == 1

    give_birth(mother, "2025-04-01", pregnancy)  # still unborn on the report date
    assert children_held(pause, worker) == 1


def test_twins_born_are_two_and_a_baby_who_died_is_none(pause: Programme) -> None:
    worker = worker_of(pause, "children", 0, 0)
    mother = make_parent()
    pregnancy = expect(mother, known="2024-05-01", outcome="live_birth", ended_on="2024-12-01")
    open_episode(pause, "2024-05-01", mother, pregnancy=pregnancy, worker=worker)
    give_birth(mother, "2024-12-01", pregnancy)
    give_birth(mother, "2024-12-01", pregnancy)
    give_birth(mother, "2024-12-01", pregnancy, died_on="2025-03-31")
    give_birth(mother, "2024-12-01", pregnancy, born="stillborn")

    assert children_held(pause, worker) == 2


@pytest.mark.parametrize("outcome", ["miscarriage", "stillbirth", "termination"])
def test_a_lost_pregnancy_is_no_child(pause: Programme, outcome: str) -> None:
    worker = worker_of(pause, "children", 0, 0)
    mother = make_parent()
    lost = expect(mother, known="2024-05-01", outcome=outcome, ended_on="2024-06-01")
    open_episode(pause, "2024-05-01", mother, pregnancy=lost, worker=worker)
    open_episode(pause, "2024-05-01", worker=worker)  # no pregnancy behind the referral

    assert children_held(pause, worker) == 0


def test_a_baby_of_two_parents_with_one_worker_is_one_baby_and_two_parents(
    pause: Programme,
) -> None:
    worker = worker_of(pause, "children", 0, 0)
    mother, father = make_parent(), make_parent("father")
    pregnancy = expect(mother, known="2024-05-01", father=father)
    for parent in (mother, father):
        open_episode(pause, "2024-05-01", parent, pregnancy=pregnancy, worker=worker)

    assert children_held(pause, worker) == 1
    with acting_as(actors.SEEDER):
        worker.caseload_unit = "parents"
        worker.save()
    assert children_held(pause, worker) == 2


# --- CA-1: cost per person ------------------------------------------------------------------


def spend(programme: Programme, first: str, last: str, amount: str, kind: str = "running") -> None:
    with acting_as(actors.SEEDER):
        Cost.objects.create(
            programme=programme,
            from_date=d(first),
            to_date=d(last),
            amount=Decimal(amount),
            kind=kind,
        )


def test_running_cost_for_each_parent_worked_with(pause: Programme) -> None:
    spend(pause, "2024-04-01", "2025-03-31", "36500.50")
    parent = open_episode(pause, "2024-05-01", closed="2024-06-01").parent
    open_episode(pause, "2024-07-01", parent)
    open_episode(pause, "2025-03-31")
    open_episode(pause, "2024-01-01", closed="2024-04-01")

    figure = figure_of("CA-1", pause)

    assert pair(figure) == (Fraction(73001, 2), 2)
    assert (figure.value, figure.display) == (Fraction(73001, 4), "£18,250")


def test_a_cost_partly_inside_counts_by_days(pause: Programme) -> None:
    open_episode(pause, "2024-05-01")
    spend(pause, "2024-03-31", "2024-04-03", "400")  # three of four days
    spend(pause, "2025-03-31", "2025-04-03", "400")  # one of four
    spend(pause, "2024-03-01", "2024-03-31", "1000")

    assert figure_of("CA-1", pause).numerator == 400


def test_a_leap_year_has_366_days(pause: Programme) -> None:
    open_episode(pause, "2024-02-01")
    spend(pause, "2024-01-01", "2024-12-31", "366")

    assert figure_of("CA-1", pause, Period(d("2024-02-01"), d("2024-02-29"))).numerator == 29


def test_what_lies_after_the_report_date_is_not_spent_yet(pause: Programme) -> None:
    open_episode(pause, "2024-05-01")
    spend(pause, "2024-05-01", "2024-05-10", "100")
    spend(pause, "2024-05-08", "2024-05-10", "100")
    early = Period(YEAR.first, YEAR.last, d("2024-05-07"))

    assert figure_of("CA-1", pause, early).numerator == 70


def test_set_up_stands_apart_and_so_does_a_cost_of_no_kind(pause: Programme) -> None:
    open_episode(pause, "2024-05-01")
    spend(pause, "2024-04-01", "2025-03-31", "100")
    spend(pause, "2024-04-01", "2025-03-31", "30", "set_up")
    spend(pause, "2024-04-01", "2025-03-31", "7", "")

    figure = figure_of("CA-1", pause)

    assert (figure.numerator, dict(figure.excluded)) == (
        100,
        {"set_up": 30, "kind_not_recorded": 7},
    )


def test_no_cost_loaded_is_blank_and_nobody_is_none(pause: Programme) -> None:
    open_episode(pause, "2024-05-01")
    figure = figure_of("CA-1", pause)
    assert (pair(figure), figure.value, figure.display) == ((None, 1), None, "none")

    empty = make_programme("Reflect", "reflect")
    spend(empty, "2024-04-01", "2025-03-31", "100")
    assert (pair(figure_of("CA-1", empty)), figure_of("CA-1", empty).display) == ((100, 0), "none")


def test_beside_it_for_each_parent_who_finished(pause: Programme) -> None:
    spend(pause, "2024-04-01", "2025-03-31", "1200")
    for reason in ("completed", "moved_to_next_steps", "lost_touch"):
        open_episode(pause, "2024-05-01", closed="2024-06-01", closure_reason=reason)
    open_episode(pause, "2024-05-01", closed="2025-04-01", closure_reason="completed")

    finished = part_of(figure_of("CA-1", pause), "outcome", "finished")

    assert (pair(finished), finished.display) == ((1200, 2), "£600")
