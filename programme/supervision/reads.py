"""Who works in an episode, what goes over, and what waits to be read over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from programme.access.models import User
from programme.contacts.models import Contact, NextStep
from programme.core.dates import today
from programme.core.together import ask_together
from programme.episodes.models import Allocation, Episode, Supervision
from programme.pathways.models import Worker
from programme.people.models import Parent
from programme.people.reads import names_of
from programme.supervision.models import Handover, SignOff, SupervisionAction


def _not_ended() -> Q:
    return Q(to_date=None) | Q(to_date__gte=today())


def leads_of(episode: Episode) -> list[Allocation]:
    """Who leads an episode, or is to; the last is the newest. Usually one."""
    rows = Allocation.objects.filter(_not_ended(), episode=episode).exclude(lead=False)
    return list(rows.select_related("worker").order_by("from_date", "stored_at"))


def lead_of(episode: Episode) -> Allocation | None:
    """Who leads an episode, or is to next."""
    leads = leads_of(episode)
    return leads[-1] if leads else None


def working_in(episode: Episode) -> list[Worker]:
    """Everybody who works in an episode, or is to, by name."""
    rows = Allocation.objects.filter(_not_ended(), episode=episode).values("worker")
    return list(Worker.objects.filter(pk__in=rows).order_by("name", "pk"))


def workers_of(programme_id: UUID) -> list[Worker]:
    """Who may take an episode on, by name."""
    return list(Worker.objects.filter(programme=programme_id).order_by("name", "pk"))


def going_over(episode: Episode) -> list[NextStep]:
    """The open next steps of an episode, the earliest first."""
    return list(
        NextStep.objects.filter(NextStep.OPEN, episode=episode).order_by("due_on", "stored_at")
    )


@dataclass(frozen=True)
class Held:
    """A supervision and the actions it led to."""

    row: Supervision
    actions: tuple[SupervisionAction, ...]


def supervision_questions(
    episodes: Collection[UUID] | QuerySet[Episode],
) -> tuple[QuerySet[Supervision], QuerySet[SupervisionAction]]:
    """What to ask for the supervisions of some episodes: the newest first, and their actions."""
    rows = Supervision.objects.filter(episode__in=episodes)
    actions = SupervisionAction.objects.filter(supervision__episode__in=episodes)
    return (
        rows.select_related("worker").order_by("-held_on", "-stored_at"),
        actions.select_related("step", "worker").order_by("step__due_on", "stored_at"),
    )


def supervisions_from(
    rows: Iterable[Supervision], actions: Iterable[SupervisionAction]
) -> list[Held]:
    """Each supervision with its actions, from questions that were asked."""
    found: dict[UUID, list[SupervisionAction]] = {row.pk: [] for row in rows}
    for one in actions:
        if one.supervision_id in found:
            found[one.supervision_id].append(one)
    return [Held(row, tuple(found[row.pk])) for row in rows]


def supervisions_of(episode_ids: Collection[UUID]) -> list[Held]:
    """The supervisions of some episodes, the newest first (one query)."""
    rows, actions = supervision_questions(episode_ids)
    ask_together(rows, actions)
    return supervisions_from(rows, actions)


def handovers_of(parent: Parent) -> QuerySet[Handover]:
    """What was written at each handover of a parent's episodes."""
    rows = Handover.objects.filter(episode__parent=parent)
    return rows.select_related("allocation__worker")


def handovers_to(user: User, since: date) -> QuerySet[Handover]:
    """What was written for somebody who works in an episode now, the newest first."""
    rows = Handover.objects.filter(
        Q(allocation__to_date=None) | Q(allocation__to_date__gte=today()),
        allocation__worker__user=user,
        allocation__from_date__range=(since, today()),
        episode__closed_on=None,
    )
    rows = rows.select_related("allocation", "episode")
    return rows.order_by("-allocation__from_date", "-stored_at")


# --- Reading over what was written ----------------------------------------------------------


def newest_step(contact: Contact) -> SignOff | None:
    """Where reading over stands."""
    return SignOff.objects.filter(contact=contact).order_by("-stored_at").first()


def why_not_read_over(contact: Contact, user: User) -> str:
    """Why this person has nothing to say about a contact as it stands; "" when she may."""
    if contact.written_by_id == user.pk:
        return "You wrote this yourself. Somebody else signs it off."
    if contact.programme is None or contact.programme.signs_off_since is None:
        return "This programme does not ask for signing off."
    last = newest_step(contact)
    if last and last.step == SignOff.Step.RETURNED:
        return "This contact was returned and is not answered yet."
    if last and last.step == SignOff.Step.SIGNED and last.contact_version == contact.version:
        return "This contact is signed off already."
    return ""


def steps_of(contact: Contact) -> list[SignOff]:
    """Every step of reading over a contact, the earliest first."""
    return list(SignOff.objects.filter(contact=contact).select_related("by"))


def returned_to(parent_ids: Collection[UUID]) -> QuerySet[SignOff]:
    """Returned contacts of these parents that are not answered yet."""
    later = SignOff.objects.filter(contact=OuterRef("contact"), stored_at__gt=OuterRef("stored_at"))
    rows = SignOff.objects.filter(
        ~Exists(later), contact__parent__in=parent_ids, step=SignOff.Step.RETURNED
    )
    return rows.select_related("contact", "by")


@dataclass(frozen=True)
class Waiting:
    """A contact that waits to be read over, and whose record it stands on."""

    contact: Contact
    name: str
    is_answered: bool


def waiting_for(user: User, programmes: Collection[UUID]) -> list[Waiting]:
    """What somebody else wrote in these programmes and nobody signed off, the oldest first.

    Only what was written since the programme asks for it. Four queries at most.
    """
    return _named(_unsigned(programmes).exclude(written_by=user))


def waiting_of(writer: User, programmes: Collection[UUID]) -> list[Waiting]:
    """What one person wrote, of the same list as her seniors read it."""
    return _named(_unsigned(programmes).filter(written_by=writer))


def _named(asked: QuerySet[Contact]) -> list[Waiting]:
    rows = list(asked)
    names = names_of({one.parent_id for one in rows})
    return [
        Waiting(
            one,
            names.get(one.parent_id, f"Record {one.parent.reference}"),
            one.last_step == SignOff.Step.ANSWERED,  # type: ignore[attr-defined]
        )
        for one in rows
    ]


def _unsigned(programmes: Collection[UUID]) -> QuerySet[Contact]:
    newest = SignOff.objects.filter(contact=OuterRef("pk")).order_by("-stored_at")
    rows = Contact.objects.filter(
        programme__in=programmes, recorded_at__date__gte=F("programme__signs_off_since")
    ).exclude(note="")
    rows = rows.annotate(
        last_step=Subquery(newest.values("step")[:1]),
        last_version=Subquery(newest.values("contact_version")[:1]),
    ).filter(
        Q(last_step=None)
        | Q(last_step=SignOff.Step.ANSWERED)
        | Q(last_step=SignOff.Step.SIGNED, version__gt=F("last_version"))
    )
    return rows.select_related("parent", "worker", "written_by").order_by("recorded_at", "pk")
