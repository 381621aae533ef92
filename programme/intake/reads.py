"""Where a referral may be taken in, who may be meant, and what is left to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from programme.access.holdings import Holdings, read_in, written_in
from programme.access.parts import Part
from programme.access.policy import PRACTITIONERS
from programme.core.choices import Decision
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.intake.models import Told
from programme.joining.reads.alike import LookAlike, look_alikes
from programme.joining.reads.pages import Shown, shown
from programme.pathways.models import Programme, StageDefinition, Worker
from programme.people.matching import Known, KnownChild
from programme.people.reads import HowToReach, how_to_reach
from programme.referrals.models import Referral
from recurrent.design.words import day_and_year

# Words told at a referral are read where no rule on how to reach the parent stands beside them.
NOT_CHECKED = (
    "It has not been checked: may somebody else answer? Do not ring it until there is a rule for it"
)


def own_programmes(holdings: Holdings) -> list[Programme]:
    """The programmes for which the reader may take a referral in."""
    found = Programme.objects.order_by("name")
    return list(found.filter(pk__in=holdings.programmes(*PRACTITIONERS)))


def may_be_meant(known: Known) -> list[Shown]:
    """People the acting user may see who may be the one referred, beside what was typed."""
    return [shown(known, one, "What you typed") for one in look_alikes(known)]


def open_with(parents: Sequence[LookAlike], programme: Programme) -> set[str]:
    """Those of them whom the programme works with now, by key."""
    keys = [one.parent_id for one in parents]
    rows = Episode.objects.filter(parent__in=keys, programme=programme, closed_on=None)
    return {str(key) for key in rows.values_list("parent_id", flat=True)}


def what_differs(told: Known, stands: Known) -> str:
    """What was told and the record does not say, one line for each."""
    lines = [
        ("Name", f"{told.given_names} {told.family_name}", _name(stands)),
        ("Known as", told.known_as, stands.known_as),
        ("Other names", told.other_names, stands.other_names),
        ("Born", _day(told.born_on), _day(stands.born_on)),
    ]
    found = [f"{what}: {said}" for what, said, stood in lines if said and said != stood]
    found += [
        f"Telephone: {one}. {NOT_CHECKED}" for one in told.numbers if one not in stands.numbers
    ]
    found += [f"Child: {_child(one)}" for one in told.children if one not in stands.children]
    return "\n".join(found)


def _name(known: Known) -> str:
    return f"{known.given_names} {known.family_name}"


def _child(child: KnownChild) -> str:
    return ", ".join(words for words in (child.names, _day(child.born_on)) if words)


def _day(day: date | None) -> str:
    return day_and_year(day) if day else ""


# --- Deciding -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ToDecide:
    """A referral to a team of the reader's, with what is left to do."""

    referral: Referral
    episode: Episode | None
    has_worker: bool
    stages: tuple[tuple[str, str], ...]
    workers: tuple[Worker, ...]
    told: tuple[str, ...]
    reach: HowToReach | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.referral.decision in ("", Decision.PENDING)

    @property
    def is_to_begin(self) -> bool:
        """Whether it was accepted and nothing has begun."""
        return self.referral.decision == Decision.ACCEPTED and self.episode is None

    @property
    def lacks_worker(self) -> bool:
        """Whether it was begun and nobody works with the parent."""
        return bool(self.episode and self.episode.is_open and not self.has_worker)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.is_open or self.is_to_begin or self.lacks_worker)


def to_decide(referral: Referral) -> ToDecide | None:
    """What is left to do with a referral; None where another team decides it."""
    parent = referral.parent
    if referral.programme_id not in written_in(parent.pk)[Part.INTAKE]:
        return None
    episode = Episode.objects.filter(referral=referral).first()
    now = Q(to_date=None) | Q(to_date__gte=today())
    held = Allocation.objects.filter(now, episode=episode) if episode else Allocation.objects.none()
    reads_core = read_in(parent.pk)[Part.CORE]
    return ToDecide(
        referral=referral,
        episode=episode,
        has_worker=held.exists(),
        stages=_stages(referral.programme),
        workers=_workers(referral.programme),
        told=_told(referral),
        reach=how_to_reach(parent) if reads_core else None,
    )


def _stages(programme: Programme) -> tuple[tuple[str, str], ...]:
    rows = StageDefinition.objects.filter(pathway=programme.pathway_id).exclude(code="identified")
    return tuple((row.code, row.label) for row in rows.order_by("position"))


def _workers(programme: Programme) -> tuple[Worker, ...]:
    found = Worker.objects.filter(Q(user=None) | Q(user__is_active=True), programme=programme)
    return tuple(found.order_by("name"))


def _told(referral: Referral) -> tuple[str, ...]:
    rows = Told.objects.filter(referral=referral).order_by("stored_at")
    return tuple(line for row in rows for line in row.words.splitlines())
