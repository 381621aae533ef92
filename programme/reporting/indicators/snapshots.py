"""Snapshots: stages, closures, births and plans for babies not yet born."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from programme.core.choices import Born
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import count_of, spread_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.people import PregnancyRow


def stage_on_the_day(caseload: Caseload, period: Period) -> Figure:
    """SN-1. Open episodes on the report date by stage, in the order of the pathway.

    Of two stages held that day the newest entered counts; left on the day is left. In no stage:
    not recorded. For several pathways their stages follow each other, a shared code once.
    """
    found: dict[str, list[UUID]] = defaultdict(list)
    for row in caseload.open_episodes:
        found[caseload.stage(row) or ""].append(row.id)
    in_no_stage = found.pop("", [])
    return spread_of(
        DEFINITIONS["SN-1"], found, order=_stages(caseload, found), not_recorded=in_no_stage
    )


def _stages(caseload: Caseload, found: Iterable[str]) -> list[str]:
    pathways = set(caseload.pathways.values())
    defined = [row.code for row in caseload.tables.stage_definitions if row.pathway_id in pathways]
    return list(dict.fromkeys([*defined, *sorted(found)]))


def closures_by_reason(caseload: Caseload, period: Period) -> Figure:
    """SN-2. Episodes closed in the period, one reason each; a blank reason is not recorded."""
    found: dict[str, list[UUID]] = defaultdict(list)
    for row in caseload.episodes:
        if period.holds(row.closed_on):
            found[row.closure_reason].append(row.id)
    return spread_of(DEFINITIONS["SN-2"], not_recorded=found.pop("", []), counted=found)


def babies_born(caseload: Caseload, period: Period) -> Figure:
    """SN-3. Babies born alive in the period to a parent whose episode was open that day.

    A row gives the pregnancies they came from: twins are two babies of one. Not recorded: babies
    whose pregnancy is not. Stillborn babies are counted beside, never among those who live with
    someone (PR-7 counts how every pregnancy ended).
    """
    babies = caseload.babies_born(period)
    stillborn = [child.id for child in caseload.births(period) if child.born == Born.STILLBORN]
    return count_of(
        DEFINITIONS["SN-3"],
        [child.id for child in babies],
        not_recorded=[child.id for child in babies if child.pregnancy_id is None],
        excluded={"stillborn": stillborn},
        rows={"pregnancies": {child.pregnancy_id for child in babies if child.pregnancy_id}},
    )


def unborn_by_plan(caseload: Caseload, period: Period) -> Figure:
    """SN-4. Babies not yet born on the report date, of parents with an open episode, by plan.

    By the newest circumstances of each baby; none, or no plan in it, is not recorded. A
    pregnancy with no baby on record is one baby without a plan. Pregnancies that began after
    the referral are here too.
    """
    found: dict[str, list[UUID]] = defaultdict(list)
    for baby in _unborn(caseload):
        row = caseload.facts.circumstance(baby, caseload.report_date)
        found[row.plan if row else ""].append(baby)
    return spread_of(DEFINITIONS["SN-4"], not_recorded=found.pop("", []), counted=found)


def _unborn(caseload: Caseload) -> set[UUID]:
    """Ids of the babies; of the pregnancy where it has none on record."""
    parents = {row.parent_id for row in caseload.open_episodes}
    pregnancies = {
        pregnancy
        for parent in parents
        for pregnancy in caseload.facts.pregnancies_of.get(parent, ())
        if caseload.is_unborn(pregnancy)
    }
    expected = {baby for pregnancy in pregnancies for baby in _babies(caseload, pregnancy)}
    return expected | _expected_without_pregnancy(caseload, parents)


def _babies(caseload: Caseload, pregnancy: PregnancyRow) -> set[UUID]:
    children = caseload.facts.children_of_pregnancy.get(pregnancy.id, ())
    return {child.id for child in children if child.died_on is None} or {pregnancy.id}


def _expected_without_pregnancy(caseload: Caseload, parents: Iterable[UUID]) -> set[UUID]:
    facts = caseload.facts
    return {
        child_id
        for parent in parents
        for child_id in facts.children_of.get(parent, ())
        if (child := facts.children[child_id]).pregnancy_id is None
        and child.date_of_birth is None
        and child.died_on is None
        and facts.is_expected(child)
    }
