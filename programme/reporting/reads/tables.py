"""The tables a figure reads: each is asked once, however many figures and however many parents.

Every table is asked through its manager, so whoever counts reads only what is theirs to count.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, time
from functools import cached_property
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Value

from programme.assessments.models import Assessment, Meeting
from programme.consents.models import Consent
from programme.contacts.models import Contact
from programme.core.choices import (
    ConsentPurpose,
    CourtDateKind,
    CourtSource,
    FeedbackQuestion,
    MeetingKind,
    SupportCategory,
)
from programme.core.dates import at_local
from programme.episodes.models import Allocation, Episode, Stage
from programme.measures.models import Feedback
from programme.pathways.models import Programme, StageDefinition, TimescaleRule, Worker
from programme.people.models import Child, Identity, Parent, ParentChild
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import (
    ChildCircumstance,
    CourtDate,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Separation,
)
from programme.referrals.models import Referral
from programme.reporting.models import Cost, Population
from programme.reporting.periods import ONE_DAY, Period
from programme.reporting.reads import people, work
from programme.support.models import Support, Therapy

Row = TypeVar("Row", bound=tuple[Any, ...])
Loaded = TypeVar("Loaded")
Pair = tuple[UUID, UUID]

CONFERENCES = (
    MeetingKind.INITIAL_CHILD_PROTECTION_CONFERENCE,
    MeetingKind.REVIEW_CHILD_PROTECTION_CONFERENCE,
    MeetingKind.LOOKED_AFTER_REVIEW,
)


def read(shape: type[Row], queryset: QuerySet[Any], **renamed: str) -> list[Row]:
    """The rows of one query in the given shape; `renamed` names a column that is called other."""
    make: Callable[[Any], Row] = shape._make  # type: ignore[attr-defined]
    columns = [renamed.get(name, name) for name in shape._fields]  # type: ignore[attr-defined]
    return [make(row) for row in queryset.values_list(*columns)]


def _asked(model: type[Model]) -> QuerySet[Any]:
    return cast("QuerySet[Any]", cast(Any, model).objects.all())


class Tables:
    """What one programme (or, with None, all of them) has recorded, whenever it happened."""

    def __init__(self, period: Period, programme_id: UUID | None = None) -> None:
        """Nothing is asked before it is needed."""
        self.period = period
        self.programme_id = programme_id
        self._kept: dict[Hashable, Any] = {}

    def once(self, load: Callable[[], Loaded]) -> Loaded:
        """What `load` reads, asked the first time only."""
        if load not in self._kept:
            self._kept[load] = load()
        return cast(Loaded, self._kept[load])

    def _of_programme(self, model: type[Model], path: str = "programme_id") -> QuerySet[Any]:
        rows = _asked(model)
        return rows.filter(**{path: self.programme_id}) if self.programme_id else rows

    def _of_episodes(self, model: type[Model]) -> QuerySet[Any]:
        return self._of_programme(model, "episode__programme_id")

    # --- The work with a parent -------------------------------------------------------------

    @cached_property
    def referrals(self) -> list[work.ReferralRow]:
        """Referrals to the programme."""
        return read(work.ReferralRow, self._of_programme(Referral))

    @cached_property
    def episodes(self) -> list[work.EpisodeRow]:
        """Episodes with the programme, the earlier first."""
        ordered = self._of_programme(Episode).order_by("opened_on", "stored_at")
        return read(work.EpisodeRow, ordered)

    @cached_property
    def stages(self) -> list[work.StageRow]:
        """Spells in stages, the earlier first."""
        return read(work.StageRow, self._of_episodes(Stage).order_by("entered_on", "stored_at"))

    @cached_property
    def allocations(self) -> list[work.AllocationRow]:
        """Who works with whom."""
        return read(work.AllocationRow, self._of_episodes(Allocation).order_by())

    @cached_property
    def assessments(self) -> list[work.AssessmentRow]:
        """Assessments."""
        return read(work.AssessmentRow, self._of_episodes(Assessment))

    @cached_property
    def meetings(self) -> list[work.MeetingRow]:
        """Formulation meetings, conferences and reviews."""
        kinds = [MeetingKind.FORMULATION, *CONFERENCES]
        return read(work.MeetingRow, self._of_episodes(Meeting).filter(kind__in=kinds))

    @cached_property
    def contacts(self) -> list[work.ContactRow]:
        """Contacts of the period that were planned, or may have been."""
        first, after_last = self._moments
        of_the_period = self._of_programme(Contact).filter(
            Q(planned=True) | Q(planned=None), happened_at__gte=first, happened_at__lt=after_last
        )
        return read(work.ContactRow, of_the_period)

    @cached_property
    def visits(self) -> list[work.VisitRow]:
        """Statutory visits due in the period, and those of the period that say no due day."""
        period = self.period
        first, after_last = self._moments
        due = Q(due_on__gte=period.first, due_on__lte=period.last)
        undated = Q(due_on=None, happened_at__gte=first, happened_at__lt=after_last)
        visits = self._of_programme(Contact).filter(statutory_visit=True)
        return read(work.VisitRow, visits.filter(due | undated))

    @property
    def _moments(self) -> tuple[datetime, datetime]:
        after_last = self.period.last + ONE_DAY
        return at_local(self.period.first, time.min), at_local(after_last, time.min)

    @cached_property
    def help(self) -> list[work.SupportRow]:
        """Help of every kind, therapy too; of therapy only that there was some."""
        therapy = self._of_episodes(Therapy).annotate(category=Value(SupportCategory.THERAPEUTIC))
        support = read(work.SupportRow, self._of_episodes(Support))
        return support + read(work.SupportRow, therapy)

    @cached_property
    def feedback(self) -> list[work.FeedbackRow]:
        """Answers to whether people felt listened to."""
        asked = self._of_episodes(Feedback).filter(question=FeedbackQuestion.FELT_LISTENED_TO)
        return read(work.FeedbackRow, asked)

    # --- Parents, pregnancies, children -----------------------------------------------------

    @cached_property
    def parent_roles(self) -> dict[UUID, str]:
        """Mother, father or other, by parent."""
        return dict(_asked(Parent).values_list("id", "parent_role"))

    @cached_property
    def identities(self) -> list[people.IdentityRow]:
        """Who parents are, as far as it is counted."""
        return read(people.IdentityRow, _asked(Identity))

    @cached_property
    def pregnancies(self) -> list[people.PregnancyRow]:
        """Pregnancies."""
        return read(people.PregnancyRow, _asked(Pregnancy))

    @cached_property
    def due_dates(self) -> list[people.DueDateRow]:
        """Estimates of due dates, the earlier recorded first."""
        return read(people.DueDateRow, _asked(DueDate).order_by("recorded_on", "stored_at"))

    @cached_property
    def children(self) -> list[people.ChildRow]:
        """Children."""
        return read(people.ChildRow, _asked(Child))

    @cached_property
    def parent_links(self) -> list[people.ParentChildRow]:
        """Who is a parent of whom."""
        return read(people.ParentChildRow, _asked(ParentChild))

    @cached_property
    def circumstances(self) -> list[people.CircumstanceRow]:
        """Where children live, the earlier first."""
        ordered = _asked(ChildCircumstance).order_by("from_date", "stored_at")
        return read(people.CircumstanceRow, ordered)

    @cached_property
    def separations(self) -> list[people.SeparationRow]:
        """Children leaving a parent's care."""
        return read(people.SeparationRow, _asked(Separation))

    @cached_property
    def proceedings(self) -> list[people.ProceedingsRow]:
        """Sets of care proceedings."""
        return read(people.ProceedingsRow, _asked(Proceedings))

    @cached_property
    def told_issues(self) -> list[people.ToldIssueRow]:
        """Issues of proceedings that a parent told of."""
        told = _asked(CourtDate).filter(kind=CourtDateKind.ISSUED, source=CourtSource.PARENT)
        return read(people.ToldIssueRow, told)

    @cached_property
    def children_in_proceedings(self) -> list[Pair]:
        """Pairs of a set and a child in it."""
        return list(_asked(ProceedingsChild).values_list("proceedings_id", "child_id"))

    @cached_property
    def parents_in_proceedings(self) -> list[Pair]:
        """Pairs of a set and a parent who is party to it."""
        return list(_asked(ProceedingsParent).values_list("proceedings_id", "parent_id"))

    @cached_property
    def contraception_consents(self) -> list[people.ConsentRow]:
        """Decisions about recording contraception, the later last (same minute: the later row)."""
        decisions = _asked(Consent).filter(purpose=ConsentPurpose.RECORD_CONTRACEPTION)
        return read(people.ConsentRow, decisions.order_by("decided_at", "position"))

    # --- The service itself -----------------------------------------------------------------

    @cached_property
    def programmes(self) -> list[Programme]:
        """The programme, or all of them."""
        return list(self._of_programme(Programme, "id").order_by("name", "id"))

    @cached_property
    def workers(self) -> list[Worker]:
        """The programme's workers."""
        return list(self._of_programme(Worker))

    @cached_property
    def costs(self) -> list[work.CostRow]:
        """What the programme cost."""
        return read(work.CostRow, self._of_programme(Cost))

    @cached_property
    def population(self) -> list[Population]:
        """Figures from outside."""
        return list(_asked(Population))

    @cached_property
    def timescales(self) -> list[TimescaleRule]:
        """Timescale rules."""
        return list(_asked(TimescaleRule))

    @cached_property
    def stage_definitions(self) -> list[StageDefinition]:
        """Stages, pathway by pathway, in their order."""
        return list(_asked(StageDefinition).order_by("pathway_id", "position"))
