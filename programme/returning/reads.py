"""What re-referral offers for confirmation, where she may be referred, requests for records."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from programme.access.holdings import written_in
from programme.access.models import TimedGrant, User
from programme.access.parts import Part
from programme.access.walls import visible
from programme.consents.models import Consent
from programme.consents.querysets import in_force
from programme.core.choices import ConsentCovers, ConsentPurpose
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.pathways.models import Programme, Worker
from programme.people.models import Parent, SafeContact
from programme.people.reads import names_of, rules_of
from programme.pregnancies.reads import KnownPregnancy, known_pregnancies
from programme.returning.models import RecordRequest
from programme.support.models import Goal
from recurrent.design.words import day_and_year, moment


@dataclass(frozen=True)
class Line:
    """One thing agreed or known last time: its row as it was read, and the row in words."""

    row: Any
    title: str
    words: str = ""

    @property
    def name(self) -> str:
        """Names the row and the version that was shown, for a form to carry."""
        return f"line_{self.row.pk.hex}_{self.row.version}"


@dataclass(frozen=True)
class LastTime:
    """What was agreed and known, as far as the reader sees it."""

    episode: Episode | None = None
    goals: tuple[Line, ...] = ()
    permissions: tuple[Line, ...] = ()
    rules: tuple[Line, ...] = ()
    team: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Offer:
    """Everything the page needs to know before anything is typed."""

    parent: Parent
    last: LastTime
    own: dict[UUID, Programme]
    others: dict[UUID, Programme]
    workers: tuple[Worker, ...]
    pregnancies: list[KnownPregnancy] = field(default_factory=list)


def offer_for(parent: Parent) -> Offer:
    """What re-referring this parent starts from (a fixed number of queries)."""
    own = _own_programmes(parent)
    episodes = list(_episodes(parent))
    open_in = {one.programme_id for one in episodes if one.is_open}
    every = {one.pk: one for one in Programme.objects.order_by("name")}
    return Offer(
        parent=parent,
        last=_last_time(parent, episodes[0] if episodes else None),
        own={key: one for key, one in every.items() if key in own - open_in},
        others={key: one for key, one in every.items() if key not in own | open_in},
        workers=tuple(_workers(own - open_in)),
        pregnancies=known_pregnancies(parent),
    )


def _own_programmes(parent: Parent) -> set[UUID]:
    """The programmes in whose name the acting user may refer this parent and take her on."""
    return written_in(parent.pk)[Part.INTAKE]


def _episodes(parent: Parent) -> QuerySet[Episode]:
    return Episode.objects.filter(parent=parent).order_by("-opened_on", "-stored_at")


def _workers(programmes: Iterable[UUID]) -> QuerySet[Worker]:
    found = Worker.objects.filter(Q(user=None) | Q(user__is_active=True), programme__in=programmes)
    return found.select_related("programme").order_by("name")


def _last_time(parent: Parent, episode: Episode | None) -> LastTime:
    newest = in_force(list(Consent.objects.filter(parent=parent)), today())
    return LastTime(
        episode=episode,
        goals=tuple(_goal(one) for one in Goal.objects.filter(episode=episode, ended_on=None)),
        permissions=tuple(_permission(newest[key]) for key in sorted(newest)),
        rules=tuple(_rule(one) for one in rules_of(parent)),
        team=_team(episode),
    )


def _goal(goal: Goal) -> Line:
    return Line(goal, f"“{goal.wording}”", f"Goal agreed {day_and_year(goal.agreed_on)}")


def _permission(consent: Consent) -> Line:
    said = f"{consent.get_purpose_display()}: {consent.get_decision_display().lower()}"
    covers = ", ".join(ConsentCovers(one).label.lower() for one in sorted(covered(consent)))
    words = f"{moment(consent.decided_at)}{f'. May see it: {covers}' if covers else ''}"
    return Line(consent, said, words)


def covered(consent: Consent) -> frozenset[str]:
    """Whom a consent to record contraception lets see."""
    said = {
        ConsentCovers.OWN_WORKER: consent.covers_own_worker,
        ConsentCovers.STAND_IN: consent.covers_stand_in,
        ConsentCovers.CLINICIAN: consent.covers_clinician,
    }
    return frozenset(who.value for who, is_named in said.items() if is_named)


def records_contraception(consent: Consent) -> bool:
    """Whether this purpose also asks whom it lets see."""
    return consent.purpose == ConsentPurpose.RECORD_CONTRACEPTION


RULE_WORDS = {
    "number": "Number",
    "times": "When",
    "who_may_answer": "Who may answer",
    "agreed_phrase": "Say",
    "words_to_avoid": "Do not say",
    "known_risk": "Risk in the home",
    "do_not_meet_at": "Do not meet at",
}


def _rule(rule: SafeContact) -> Line:
    said = [
        f"{label}: {getattr(rule, name)}"
        for name, label in RULE_WORDS.items()
        if name != "number" and getattr(rule, name)
    ]
    said.append(f"Leave a message: {_yes_no(rule.may_leave_message)}")
    said.append(f"Text: {_yes_no(rule.may_text)}")
    return Line(rule, rule.number or "No number recorded", ". ".join(said))


def _yes_no(may: bool | None) -> str:
    return {True: "yes", False: "no", None: "nobody has asked"}[may]


def _team(episode: Episode | None) -> tuple[Line, ...]:
    spells = Allocation.objects.filter(episode=episode).exclude(lead=False)
    last = spells.select_related("worker__programme").order_by("from_date", "stored_at").last()
    if last is None:
        return ()
    until = f" until {day_and_year(last.to_date)}" if last.to_date else ""
    worked = f"Worked together from {day_and_year(last.from_date)}{until}"
    return (Line(last, f"{last.worker.name}, {last.worker.programme.name}", worked),)


# --- Requests for an earlier record ------------------------------------------------------------


@dataclass(frozen=True)
class RequestLine:
    """A request that waits for an answer, with the parent's name where the reader knows it."""

    asked: RecordRequest
    name: str


def programmes_that_ask(parent: Parent, user: User) -> list[Programme]:
    """The programmes in whose name the acting user may ask for an earlier record."""
    own = Programme.objects.filter(pk__in=_own_programmes(parent))
    return list(own.order_by("name"))


def requests_by(parent: Parent, user: User) -> list[RecordRequest]:
    """What the user asked about this parent, newest first; never how it was answered."""
    return list(RecordRequest.objects.filter(parent=parent, asked_by=user).order_by("-asked_at"))


def custodians(parent_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """For each parent, the programmes whose record of her the acting user may release."""
    rows = visible(Part.CUSTODY, writing=True).filter(parent_id__in=list(parent_ids))
    found: dict[UUID, set[UUID]] = {}
    for parent_id, programme_id in rows.values_list("parent_id", "programme_id"):
        found.setdefault(parent_id, set()).add(programme_id)
    return found


def waiting_requests(user: User) -> list[RequestLine]:
    """Requests of other programmes about parents the user's programme knew, oldest first."""
    waiting = RecordRequest.objects.filter(answer="").exclude(asked_by=user)
    rows = list(waiting.select_related("parent", "programme", "asked_by").order_by("asked_at"))
    keepers = custodians({one.parent_id for one in rows})
    hers = [one for one in rows if keepers.get(one.parent_id, set()) - {one.programme_id}]
    names = names_of({one.parent_id for one in hers})
    return [RequestLine(one, names.get(one.parent_id, one.parent.reference)) for one in hers]


def releasing_programmes(asked: RecordRequest) -> list[Programme]:
    """The programmes whose record the acting user may release in answer to this request."""
    kept = custodians([asked.parent_id]).get(asked.parent_id, set()) - {asked.programme_id}
    return list(Programme.objects.filter(pk__in=kept).order_by("name"))


def released_until(parent: Parent, user: User) -> list[TimedGrant]:
    """Earlier records released to the user that she may read now."""
    grants = TimedGrant.objects.filter(
        parent=parent, user=user, kind=TimedGrant.Kind.RELEASED, ends_at__gt=timezone.now()
    )
    return list(grants.select_related("programme").order_by("ends_at"))
