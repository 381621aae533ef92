"""Caseloads that never touch a database: rows drawn at random, and figures of them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from programme.core import choices
from programme.pathways.models import Programme, StageDefinition, TimescaleRule, Worker
from programme.reporting.indicators.contraception import load_choices
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload, Facts, Tables, people, work

FIRST, LAST, REPORTED = date(2024, 4, 1), date(2025, 3, 31), date(2025, 3, 31)
EARLIEST, LATEST = date(2021, 1, 1), date(2025, 12, 31)
# What is filled by every caseload the same way.
PATHWAYS = ("new_beginnings", "pre_birth")
MINUTE = datetime(2000, 1, 1, tzinfo=UTC)


def ids(kind: int, how_many: int) -> list[UUID]:
    """The ids of a kind of row: few, so that rows meet."""
    return [UUID(int=kind * 1000 + number) for number in range(how_many)]


PROGRAMMES, PARENTS, REFERRALS, EPISODES = ids(1, 2), ids(2, 3), ids(3, 6), ids(4, 6)
PREGNANCIES, CHILDREN, WORKERS, SETS = ids(5, 5), ids(6, 6), ids(7, 2), ids(8, 3)


def parent_of(referral: UUID) -> UUID:
    """Whose referral it is; each parent has two."""
    return PARENTS[REFERRALS.index(referral) % len(PARENTS)]


def programme_of(referral: UUID) -> UUID:
    """To which programme it came."""
    return PROGRAMMES[REFERRALS.index(referral) % len(PROGRAMMES)]


def _of_its_referral(row: work.EpisodeRow) -> work.EpisodeRow:
    key = row.referral_id
    return row._replace(parent_id=parent_of(key), programme_id=programme_of(key))


days = st.dates(EARLIEST, LATEST)
maybe_days = st.none() | days
flags = st.none() | st.booleans()


def moments() -> st.SearchStrategy[datetime]:
    return st.datetimes(
        datetime.combine(EARLIEST, time.min), datetime.combine(LATEST, time.max)
    ).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))


def one_of(values: type[Any]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *[str(value) for value in values]])


def _mostly(row: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([True, True, True, False]).flatmap(
        lambda is_there: row if is_there else st.none()
    )


def some(shape: type[Any], keys: list[UUID] | None = None, **columns: Any) -> Any:
    """Up to so many rows as there are keys, each key once; without keys, up to twelve."""
    if keys is None:
        return st.lists(st.builds(shape, **columns), max_size=12)
    return st.tuples(*[_mostly(st.builds(shape, id=st.just(key), **columns)) for key in keys]).map(
        lambda rows: [row for row in rows if row is not None]
    )


def _parents() -> dict[str, Any]:
    parent, child = st.sampled_from(PARENTS), st.sampled_from(CHILDREN)
    pregnancy, maybe_parent = st.sampled_from(PREGNANCIES), st.none() | st.sampled_from(PARENTS)
    return {
        "identities": st.tuples(
            *[
                st.builds(
                    people.IdentityRow,
                    parent_id=st.just(key),
                    ethnicity=st.sampled_from(["", "WBRI", "REFU"]),
                    moved_out_on=maybe_days,
                    died_on=maybe_days,
                )
                for key in PARENTS
            ]
        ).map(list),
        "pregnancies": some(
            people.PregnancyRow,
            PREGNANCIES,
            mother_id=parent,
            father_id=maybe_parent,
            known_on=days,
            outcome=one_of(choices.PregnancyOutcome),
            ended_on=maybe_days,
            father_not_named_reason=one_of(choices.FatherNotNamedReason),
        ),
        "due_dates": some(
            people.DueDateRow,
            pregnancy_id=pregnancy,
            estimated_due_date=days,
            basis=st.sampled_from([str(basis) for basis in choices.DueDateBasis]),
            recorded_on=days,
        ),
        "children": some(
            people.ChildRow,
            CHILDREN,
            pregnancy_id=st.none() | pregnancy,
            date_of_birth=maybe_days,
            born=one_of(choices.Born),
            died_on=maybe_days,
        ),
        "parent_links": some(
            people.ParentChildRow,
            parent_id=parent,
            child_id=child,
            relation=st.sampled_from([str(one) for one in choices.RelationToChild]),
        ),
        "circumstances": some(
            people.CircumstanceRow,
            child_id=child,
            from_date=days,
            living_with=st.sampled_from([str(one) for one in choices.LivingWith]),
            plan=one_of(choices.ChildPlan),
        ).map(lambda rows: sorted(rows, key=lambda row: row.from_date)),
        "separations": some(
            people.SeparationRow,
            ids(10, 4),
            child_id=child,
            separated_on=days,
            legal_route=one_of(choices.LegalRoute),
            proceedings_id=st.none() | st.sampled_from(SETS),
        ),
        "proceedings": some(people.ProceedingsRow, SETS, issued_on=days, known_on=maybe_days),
        "children_in_proceedings": st.lists(st.tuples(st.sampled_from(SETS), child), max_size=3),
        "parents_in_proceedings": st.lists(st.tuples(st.sampled_from(SETS), parent), max_size=3),
        "contraception_consents": some(
            people.ConsentRow,
            parent_id=parent,
            decision=st.sampled_from([str(one) for one in choices.ConsentDecision]),
            decided_at=moments(),
            expires_on=maybe_days,
        ).map(lambda rows: sorted(rows, key=lambda row: row.decided_at)),
        "choices": some(
            people.ChoiceRow,
            parent_id=parent,
            happened_on=days,
            event=st.sampled_from(["choice", "conversation"]),
            answer=one_of(choices.ContraceptionAnswer),
        ).map(lambda rows: sorted(rows, key=lambda row: row.happened_on)),
    }


def _work() -> dict[str, Any]:
    parent, episode = st.sampled_from(PARENTS), st.sampled_from(EPISODES)
    maybe_pregnancy = st.none() | st.sampled_from(PREGNANCIES)
    meetings = ["formulation", "looked_after_review", "initial_child_protection_conference"]
    return {
        "referrals": st.tuples(
            *[
                st.builds(
                    work.ReferralRow,
                    id=st.just(key),
                    parent_id=st.just(parent_of(key)),
                    programme_id=st.just(programme_of(key)),
                    received_on=days,
                    pregnancy_id=maybe_pregnancy,
                    previous_episode_id=st.none() | episode,
                    decision=one_of(choices.Decision),
                    decided_on=maybe_days,
                    not_accepted_reason=one_of(choices.NotAcceptedReason),
                )
                for key in REFERRALS
            ]
        ).map(list),
        "episodes": some(
            work.EpisodeRow,
            EPISODES,
            referral_id=st.sampled_from(REFERRALS),
            parent_id=st.none(),
            programme_id=st.none(),
            opened_on=days,
            engagement_started_on=maybe_days,
            closed_on=maybe_days,
            closure_reason=one_of(choices.ClosureReason),
        ).map(lambda rows: sorted(map(_of_its_referral, rows), key=lambda row: row.opened_on)),
        "stages": some(
            work.StageRow,
            episode_id=episode,
            stage=st.sampled_from(["referred", "formulation", "step_down"]),
            entered_on=days,
            left_on=maybe_days,
        ).map(lambda rows: sorted(rows, key=lambda row: row.entered_on)),
        "allocations": some(
            work.AllocationRow,
            episode_id=episode,
            worker_id=st.sampled_from(WORKERS),
            from_date=days,
            to_date=maybe_days,
            lead=flags,
        ),
        "assessments": some(
            work.AssessmentRow,
            ids(11, 6),
            episode_id=episode,
            kind=st.sampled_from(["pre_birth", "post_birth"]),
            pregnancy_id=maybe_pregnancy,
            child_id=st.none() | st.sampled_from(CHILDREN),
            started_on=days,
            due_on=maybe_days,
            completed_on=maybe_days,
            cancelled_on=maybe_days,
        ),
        "meetings": some(
            work.MeetingRow,
            ids(12, 6),
            episode_id=episode,
            kind=st.sampled_from(meetings),
            due_on=maybe_days,
            held_on=maybe_days,
            cancelled_on=maybe_days,
        ),
        "contacts": some(
            work.ContactRow,
            ids(13, 6),
            parent_id=parent,
            happened_at=moments(),
            planned=flags,
            outcome=st.sampled_from([str(one) for one in choices.ContactOutcome]),
        ),
        "visits": some(
            work.VisitRow,
            ids(14, 6),
            parent_id=parent,
            episode_id=st.none() | episode,
            happened_at=moments(),
            outcome=st.sampled_from([str(one) for one in choices.ContactOutcome]),
            due_on=maybe_days,
        ),
        "help": some(
            work.SupportRow,
            episode_id=episode,
            category=st.sampled_from(["practical", "therapeutic", "court"]),
            offered_on=days,
            response=one_of(choices.SupportResponse),
            started_on=maybe_days,
            ended_on=maybe_days,
        ),
        "feedback": some(
            work.FeedbackRow,
            ids(15, 6),
            episode_id=episode,
            question=st.just("felt_listened_to"),
            asked_on=days,
            answered_on=maybe_days,
            answer=one_of(choices.FeedbackAnswer),
        ),
        "costs": some(
            work.CostRow,
            ids(16, 3),
            from_date=days,
            to_date=days,
            amount=st.sampled_from([Decimal("100.10"), Decimal(7)]),
            kind=one_of(choices.CostKind),
        ),
    }


def rows_of_a_caseload(*tables: str) -> st.SearchStrategy[dict[str, Any]]:
    """Rows of these tables (of every one), in an order of dates that may make no sense."""
    every = _parents() | _work()
    return st.fixed_dictionaries({name: every[name] for name in tables or every})


def _service() -> dict[str, Any]:
    roles = ["mother", "father", "mother"]
    rules = {"T03": 15, "T04": 45, "T05": 45}
    return {
        "parent_roles": dict(zip(PARENTS, roles, strict=True)),
        "programmes": [
            Programme(pk=key, name=str(key), pathway_id=pathway, commissioned_places=3)
            for key, pathway in zip(PROGRAMMES, PATHWAYS, strict=True)
        ],
        "workers": [
            Worker(pk=key, caseload_unit=unit, caseload_min=1, caseload_max=2)
            for key, unit in zip(WORKERS, ("children", "parents"), strict=True)
        ],
        "population": [],
        "timescales": [
            TimescaleRule(code=code, applies_to=PATHWAYS[0], count=count, unit="days")
            for code, count in rules.items()
        ],
        "stage_definitions": [StageDefinition(pathway_id=PATHWAYS[0], code="referred", position=1)],
    }


def caseload_of(rows: Mapping[str, Any], period: Period) -> Caseload:
    """A caseload of these rows, tables that are not named being empty."""
    tables = Tables(period)
    names = [name for name, held in vars(Tables).items() if isinstance(held, cached_property)]
    vars(tables).update({name: [] for name in names} | _service())
    vars(tables).update({name: held for name, held in rows.items() if name != "choices"})
    tables.once(lambda: None)
    tables._kept[load_choices] = rows.get("choices", [])
    return Caseload(Facts(tables))


# Days that were set before they come: plans, not facts of that day.
PLANS = frozenset({"estimated_due_date", "due_on", "expires_on"})


def shifted(row: Any, after: date, by: timedelta) -> Any:
    """The same row with each of its facts after a day moved later; a cost's span stays."""
    if isinstance(row, work.CostRow) and row.from_date <= after:
        return row
    return row._replace(
        **{
            name: value + by
            for name, value in row._asdict().items()
            if isinstance(value, date) and name not in PLANS and _day(value) > after
        }
    )


def _day(value: date) -> date:
    return work.local_day(value) if isinstance(value, datetime) else value
