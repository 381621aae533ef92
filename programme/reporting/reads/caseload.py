"""A caseload: the rows of one programme, or of all, as they were known on the report date."""

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from programme.core.choices import PregnancyOutcome
from programme.pathways.models import Programme
from programme.reporting.periods import Period, is_open
from programme.reporting.reads.facts import Facts, grouped, is_live_born
from programme.reporting.reads.people import ChildRow, PregnancyRow
from programme.reporting.reads.tables import Tables
from programme.reporting.reads.work import (
    AllocationRow,
    AssessmentRow,
    ContactRow,
    EpisodeRow,
    FeedbackRow,
    MeetingRow,
    ReferralRow,
    StageRow,
    SupportRow,
    VisitRow,
)

NOT_ENDED = frozenset({"", PregnancyOutcome.ONGOING})


class Caseload:
    """What an indicator reads. `parents` narrows it to some of the parents, for a split."""

    def __init__(self, facts: Facts, parents: Collection[UUID] | None = None) -> None:
        """Nothing is read before it is needed."""
        self.facts = facts
        self.tables = facts.tables
        self.report_date = facts.report_date
        self.parents = parents

    @classmethod
    def of(cls, period: Period, programme_id: UUID | None = None) -> "Caseload":
        """The caseload of one programme, or with None of all, for a period and its report date."""
        return cls(Facts(Tables(period, programme_id)))

    def only(self, parents: Collection[UUID]) -> "Caseload":
        """The same caseload, narrowed to some of the parents; asks nothing again."""
        return Caseload(self.facts, parents)

    def _is_counted(self, parent_id: UUID) -> bool:
        return self.parents is None or parent_id in self.parents

    def _of_episodes(self, rows: list[Any]) -> list[Any]:
        return [row for row in self.facts.known(rows) if row.episode_id in self.episode]

    # --- Referrals and episodes -------------------------------------------------------------

    @cached_property
    def referrals(self) -> list[ReferralRow]:
        """Referrals received by the report date."""
        rows = self.facts.known(self.tables.referrals)
        return [row for row in rows if self._is_counted(row.parent_id)]

    @cached_property
    def referral(self) -> dict[UUID, ReferralRow]:
        """Referrals by id."""
        return {row.id: row for row in self.referrals}

    @cached_property
    def episodes(self) -> list[EpisodeRow]:
        """Episodes opened by the report date."""
        rows = self.facts.known(self.tables.episodes)
        return [row for row in rows if self._is_counted(row.parent_id)]

    @cached_property
    def episode(self) -> dict[UUID, EpisodeRow]:
        """Episodes by id."""
        return {row.id: row for row in self.episodes}

    @cached_property
    def episodes_of(self) -> dict[UUID, list[EpisodeRow]]:
        """Episodes by parent."""
        return grouped(self.episodes, lambda row: row.parent_id)

    @cached_property
    def episodes_of_referral(self) -> dict[UUID, list[EpisodeRow]]:
        """Episodes by the referral they came from."""
        return grouped(self.episodes, lambda row: row.referral_id)

    @cached_property
    def open_episodes(self) -> list[EpisodeRow]:
        """Episodes open on the report date."""
        return [row for row in self.episodes if _open_on(row, self.report_date)]

    def open_in(self, period: Period) -> list[EpisodeRow]:
        """Episodes open on at least one day of the period."""
        return [row for row in self.episodes if period.has_open_day(row.opened_on, row.closed_on)]

    def has_open_episode(self, parent_id: UUID, on: date) -> bool:
        """Whether the parent had an open episode on a day."""
        return any(_open_on(row, on) for row in self.episodes_of.get(parent_id, ()))

    @cached_property
    def every_parent(self) -> set[UUID]:
        """Whoever has a referral, an episode, or a contact of the period."""
        worked_with = {row.parent_id for row in self.referrals}
        worked_with |= {row.parent_id for row in self.episodes}
        worked_with |= {row.parent_id for row in self.contacts}
        return worked_with | {row.parent_id for row in self.visits}

    def pregnancy_of(self, episode: EpisodeRow) -> PregnancyRow | None:
        """The pregnancy because of which the parent was referred."""
        referral = self.referral.get(episode.referral_id)
        pregnancy_id = referral.pregnancy_id if referral else None
        return self.facts.pregnancies.get(pregnancy_id) if pregnancy_id else None

    @cached_property
    def pathways(self) -> dict[UUID, str]:
        """The pathway of each programme."""
        return {programme.pk: programme.pathway_id for programme in self.programmes}

    @property
    def programmes(self) -> list[Programme]:
        """The programme, or all of them."""
        return self.tables.programmes

    # --- What belongs to episodes -----------------------------------------------------------

    @cached_property
    def _stages(self) -> dict[UUID, list[StageRow]]:
        return grouped(self._of_episodes(self.tables.stages), lambda row: row.episode_id)

    def stage(self, episode: EpisodeRow) -> str | None:
        """The stage on the report date: the newest entered and not left by then."""
        spells = self._stages.get(episode.id, ())
        held = [row for row in spells if is_open(row.entered_on, row.left_on, self.report_date)]
        return held[-1].stage if held else None

    @cached_property
    def open_lead_allocations(self) -> list[AllocationRow]:
        """Lead allocations open on the report date, of episodes open then (blank lead = yes)."""
        is_open_now = {row.id for row in self.open_episodes}
        return [
            row
            for row in self._of_episodes(self.tables.allocations)
            if row.episode_id in is_open_now
            and row.lead is not False
            and is_open(row.from_date, row.to_date, self.report_date)
        ]

    @cached_property
    def assessments(self) -> list[AssessmentRow]:
        """Assessments begun by the report date."""
        return self._of_episodes(self.tables.assessments)

    @cached_property
    def meetings(self) -> list[MeetingRow]:
        """Formulation meetings, conferences and reviews."""
        return self._of_episodes(self.tables.meetings)

    @cached_property
    def help_of(self) -> dict[UUID, list[SupportRow]]:
        """Help by episode."""
        return grouped(self._of_episodes(self.tables.help), lambda row: row.episode_id)

    @cached_property
    def feedback(self) -> list[FeedbackRow]:
        """Questions asked by the report date."""
        return self._of_episodes(self.tables.feedback)

    @cached_property
    def contacts(self) -> list[ContactRow]:
        """Contacts of the period that were planned, or may have been."""
        rows = self.facts.known(self.tables.contacts)
        return [row for row in rows if self._is_counted(row.parent_id)]

    @cached_property
    def visits(self) -> list[VisitRow]:
        """Statutory visits of the period."""
        rows = self.facts.known(self.tables.visits)
        return [row for row in rows if self._is_counted(row.parent_id)]

    # --- Babies -----------------------------------------------------------------------------

    def babies_born(self, period: Period) -> list[ChildRow]:
        """Live-born babies of the period with a parent whose episode was open that day.

        A baby with two parents in the programme is one baby.
        """
        return [child for child in self.births(period) if is_live_born(child)]

    def births(self, period: Period) -> list[ChildRow]:
        """The same, stillborn babies too."""
        return [
            child
            for child in self.facts.children.values()
            if child.date_of_birth is not None
            and period.holds(child.date_of_birth)
            and any(
                self.has_open_episode(parent, child.date_of_birth)
                for parent in self.facts.parents_of(child)
            )
        ]

    def is_unborn(self, pregnancy: PregnancyRow) -> bool:
        """Whether the pregnancy goes on: no ending is recorded, and none of its babies is born."""
        children = self.facts.children_of_pregnancy.get(pregnancy.id, ())
        return (
            pregnancy.ended_on is None
            and pregnancy.outcome in NOT_ENDED
            and all(child.date_of_birth is None for child in children)
        )


def _open_on(episode: EpisodeRow, day: date) -> bool:
    return is_open(episode.opened_on, episode.closed_on, day)
