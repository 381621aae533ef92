"""Who may count what, that nothing else is read, and how often the database is asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import NoScope, acting_as, reading_figures
from programme.pathways.models import Programme
from programme.people.models import Identity, Parent, ParentChild
from programme.reporting.indicators import SPLITS, UnknownIndicator, work_out
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from tests.builders import grant_role, make_parent, make_programme, make_user, protect, stored
from tests.programme.reporting.indicators.working import (
    YEAR,
    conceive,
    contact_on,
    d,
    expect,
    figure_of,
    give_birth,
    lives,
    open_episode,
    pair,
    refer,
    separate,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pause() -> Programme:
    return make_programme("Pause")


@pytest.fixture
def manager(pause: Programme) -> User:
    user = make_user("Manager")
    grant_role(user, Role.MANAGER, pause)
    return user


def counted_by(user: User, indicator: str, programme: Programme | None = None) -> object:
    with acting_as(user):
        [figure] = work_out(YEAR, programme.pk if programme else None, ids=[indicator])
    return figure.numerator


def test_nobody_acting_is_an_error_and_never_nought(pause: Programme) -> None:
    with pytest.raises(NoScope):
        work_out(YEAR, pause.pk)


def test_an_unknown_indicator_is_refused(manager: User) -> None:
    with acting_as(manager), pytest.raises(UnknownIndicator):
        work_out(YEAR, ids=["XX-1"])


def test_the_declared_reader_counts_every_programme(pause: Programme) -> None:
    refer(pause, "2024-06-01")
    refer(make_programme("Reflect", "reflect"), "2024-06-01")

    assert figure_of("RE-3").numerator == 2


def test_the_declared_reader_counts_a_restricted_parent(pause: Programme) -> None:
    protect(refer(pause, "2024-06-01").parent, "restricted", make_user())

    assert figure_of("RE-3", pause).numerator == 1


def test_a_manager_counts_her_programme_and_no_other(pause: Programme, manager: User) -> None:
    refer(pause, "2024-06-01")
    other = make_programme("Reflect", "reflect")
    refer(other, "2024-06-01")

    assert counted_by(manager, "RE-3", pause) == 1
    assert counted_by(manager, "RE-3", other) == 0
    assert counted_by(manager, "RE-3") == 1


def test_a_practitioner_counts_nobody(pause: Programme) -> None:
    practitioner = make_user()
    grant_role(practitioner, Role.PRACTITIONER, pause)
    refer(pause, "2024-06-01")

    assert counted_by(practitioner, "RE-3", pause) == 0


def family(pause: Programme) -> tuple[Parent, Parent]:
    """A mother in the programme, and the father of her child, who is in none."""
    mother, father = make_parent(), make_parent("father", given_names="Adam")
    pregnancy = expect(mother, known="2024-05-01")
    open_episode(pause, "2024-05-01", mother, pregnancy=pregnancy)
    baby = give_birth(mother, "2024-12-01", pregnancy)
    stored(ParentChild, parent=father, child=baby, relation="birth")
    return mother, father


def test_a_manager_counts_the_father_of_a_child_of_hers(pause: Programme, manager: User) -> None:
    family(pause)

    assert counted_by(manager, "FA-1", pause) == 1


def test_a_manager_counts_a_father_named_by_a_pregnancy(pause: Programme, manager: User) -> None:
    mother, father = make_parent(), make_parent("father")
    open_episode(pause, "2024-05-01", mother)
    expect(mother, known="2024-05-01", father=father)

    with acting_as(manager), reading_figures():
        assert Parent.objects.filter(pk=father.pk).exists()


def test_a_manager_counts_a_pregnancy_of_a_father_of_hers(pause: Programme, manager: User) -> None:
    mother, father = make_parent(), make_parent("father")
    open_episode(pause, "2024-05-01", father)
    conceive(mother, "2024-06-01", father=father)

    assert counted_by(manager, "PR-1", pause) == 1


def test_a_manager_still_reads_nothing_of_the_father(pause: Programme, manager: User) -> None:
    _, father = family(pause)

    with acting_as(manager):
        assert list(Parent.objects.filter(pk=father.pk)) == []
        assert list(Identity.objects.filter(parent=father)) == []


def test_a_father_of_another_programmes_family_is_not_counted(manager: User) -> None:
    _, father = family(make_programme("Reflect", "reflect"))

    with acting_as(manager), reading_figures():
        assert list(Parent.objects.filter(pk=father.pk)) == []


def fill(programme: Programme, how_many: int) -> None:
    for _ in range(how_many):
        mother = make_parent()
        older = give_birth(mother, "2020-01-01")
        separate(older, "2021-01-01")
        pregnancy = expect(mother, known="2024-05-01", due="2025-01-01")
        episode = open_episode(programme, "2024-05-01", mother, pregnancy=pregnancy)
        lives(give_birth(mother, "2024-12-25", pregnancy), "2024-12-25", "mother")
        contact_on(episode, "2024-06-01T10:00", planned=True, statutory_visit=True)


def queries(programme: Programme, **options: object) -> int:
    """How many statements read a table."""
    with (
        CaptureQueriesContext(
            connection,
        ) as asked,
        acting_as(actors.FIGURES),
    ):
        work_out(YEAR, programme.pk, **options)
    return sum('FROM "programme_' in query["sql"] for query in asked.captured_queries)


@pytest.mark.parametrize("by", [(), SPLITS])
def test_the_number_of_queries_does_not_grow(by: tuple[str, ...]) -> None:
    kirklees = make_programme("New Beginnings", "new_beginnings")
    fill(kirklees, 1)
    for_one = queries(kirklees, by=by)

    fill(kirklees, 4)

    assert queries(kirklees, by=by) == for_one
    assert for_one <= 40


def test_one_indicator_asks_only_for_what_it_reads(pause: Programme) -> None:
    fill(pause, 2)

    assert queries(pause, ids=["RE-4"]) == 1


def test_every_count_can_be_opened(pause: Programme) -> None:
    fill(pause, 2)
    with acting_as(actors.FIGURES):
        figures = work_out(YEAR, pause.pk)

    for figure in figures:
        for row in figure.rows:
            assert len(figure.members.get(row.category, ())) == row.count, figure.id
        for reason, number in figure.excluded.items():
            if not figure.is_money:
                assert len(figure.members.get(f"excluded:{reason}", ())) == number, figure.id


def test_members_are_the_ids_of_what_is_counted(pause: Programme) -> None:
    referral = refer(pause, "2024-06-01")

    assert figure_of("RE-3", pause).members["numerator"] == (str(referral.pk),)


def test_a_caseload_reads_nothing_before_it_is_asked(pause: Programme) -> None:
    with CaptureQueriesContext(connection) as asked:
        Caseload.of(YEAR, pause.pk)

    assert len(asked) == 0


def test_a_period_is_in_order_and_holds_both_ends() -> None:
    with pytest.raises(ValueError, match="before the first"):
        Period(d("2024-04-02"), d("2024-04-01"))
    day = Period(d("2024-04-01"), d("2024-04-01"))

    assert day.holds(d("2024-04-01"))
    assert not day.holds(d("2024-04-02"))
    assert not day.holds(None)
    assert day.report_date == d("2024-04-01")


def test_the_report_date_may_be_before_or_after_the_last_day() -> None:
    late, early = (Period(YEAR.first, YEAR.last, d(at)) for at in ("2025-06-01", "2024-06-01"))

    assert (late.report_date, late.last_read) == (d("2025-06-01"), YEAR.last)
    assert (early.report_date, early.last_read) == (d("2024-06-01"), d("2024-06-01"))


def test_pairs_of_an_empty_programme_are_noughts(pause: Programme) -> None:
    assert pair(figure_of("RE-4", pause)) == (0, 0)
    assert figure_of("RE-4", pause).value is None


def test_open_days_of_a_period() -> None:
    april = Period(d("2024-04-01"), d("2024-04-30"))
    start = d("2024-03-30")

    assert april.open_days(start, None) == 30
    assert april.open_days(start, d("2024-04-01")) == 0
    assert april.open_days(start, d("2024-04-02")) == 1
    assert april.open_days(d("2024-04-30"), None) == 1
    assert april.open_days(d("2024-05-01"), None) == 0
    assert april.open_days(d("2024-04-10"), d("2024-04-10")) == 0
    assert Period(april.first, april.last, d("2024-03-31")).open_days(start, None) == 0
