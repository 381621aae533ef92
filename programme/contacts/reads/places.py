"""Where a contact belongs, who made it, and how it was made last time."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from programme.access.holdings import Rights, rights_of
from programme.access.models import User
from programme.access.parts import Part
from programme.contacts.models import Contact, NextStep, PlannedContact
from programme.core.choices import Decision
from programme.core.together import Questions
from programme.episodes.models import Episode
from programme.pathways.models import Programme, Worker
from programme.people.models import Parent
from programme.referrals.models import Identification, Referral
from recurrent.design.words import day_and_year

UNDECIDED = ("", Decision.PENDING)


@dataclass(frozen=True)
class Place:
    """What a contact belongs to: an episode (open or closed), a referral, or only a programme."""

    programme: Programme
    episode: Episode | None = None
    referral: Referral | None = None

    @property
    def key(self) -> str:
        """The same for the same place, for a form to carry."""
        if self.episode:
            return f"episode-{self.episode.pk}"
        return f"referral-{self.referral.pk}" if self.referral else f"known-{self.programme.pk}"


@dataclass(frozen=True)
class PlaceOption:
    """A place in words, and whether a next step can be agreed there."""

    place: Place
    words: str
    may_plan: bool = False


@dataclass(frozen=True)
class LogQuestions(Questions):
    """What a page that logs a contact with one parent reads of where and how."""

    episodes: QuerySet[Episode]
    referrals: QuerySet[Referral]
    modes: "QuerySet[Contact, str]"

    @classmethod
    def of(cls, parent: Parent, user: User, outcome: str) -> "LogQuestions":
        """What to ask of one about to log a contact of this outcome."""
        return cls(_episodes(parent), _referrals(parent), last_modes(parent, user, outcome))


def places_of(
    parent: Parent, rights: Rights | None = None, asked: LogQuestions | None = None
) -> list[PlaceOption]:
    """Where the acting user may log a contact with a parent, the usual first.

    Open episodes and referrals not yet decided; without these the last of what there was in each
    programme: an episode that ended, a referral not taken on, only that she is known. A page has
    read what the user may do already, and hands on her ``rights``, and what it ``asked`` together.
    """
    written = (rights or rights_of(parent.pk)).written
    logs, plans = written[Part.NOTES] | written[Part.CONTACT_LOG], written[Part.CORE]
    held = asked.episodes if asked else _episodes(parent)
    came = asked.referrals if asked else _referrals(parent)
    episodes = [
        _of_episode(one, one.programme_id in plans) for one in held if one.programme_id in logs
    ]
    referrals = [one for one in came if one.programme_id in logs]
    live = [
        *(one for one in episodes if one.place.episode and one.place.episode.is_open),
        *(_of_referral(one) for one in referrals if one.decision in UNDECIDED),
    ]
    return live or _past(parent, logs, [*episodes, *(_of_referral(one) for one in referrals)])


def _past(parent: Parent, programmes: set[UUID], ended: list[PlaceOption]) -> list[PlaceOption]:
    """One place in each programme that knows a parent with whom none works now."""
    known = Identification.objects.filter(parent=parent, programme__in=programmes)
    options = [*ended, *(_known(one.programme) for one in known.select_related("programme"))]
    first: dict[UUID, PlaceOption] = {}
    for option in options:
        first.setdefault(option.place.programme.pk, option)
    return list(first.values())


def place_of(contact: Contact) -> PlaceOption | None:
    """Where a contact belongs now; None for one whose programme nobody recorded."""
    if contact.episode:
        return _of_episode(contact.episode, may_plan=False)
    if contact.referral:
        return _of_referral(contact.referral)
    return _known(contact.programme) if contact.programme else None


def places_for(contact: Contact) -> list[PlaceOption]:
    """Where a contact may be moved to when it is corrected; where it is now comes first."""
    present, others = place_of(contact), places_of(contact.parent)
    if present is None:
        return others
    return [present, *(one for one in others if one.place.key != present.place.key)]


def worker_of(user: User, programme: Programme) -> Worker | None:
    """The user as a worker of the programme; a coordinator may be none."""
    return Worker.objects.filter(user=user, programme=programme).first()


def last_modes(parent: Parent, user: User, outcome: str) -> "QuerySet[Contact, str]":
    """How the user was last in touch with a parent with this outcome: one, or none when never."""
    mine = Q(worker__user=user) | Q(written_by=user)
    contacts = Contact.objects.filter(mine, parent=parent, outcome=outcome)
    return contacts.order_by("-happened_at").values_list("mode", flat=True)[:1]


def last_mode(parent: Parent, user: User, outcome: str) -> str:
    """The same, "" when never (one query)."""
    return next(iter(last_modes(parent, user, outcome)), "")


def may_change(row: Contact | NextStep | PlannedContact) -> bool:
    """Whether the acting user may change this row, not only read it."""
    return type(row).objects.filter(row.wall.writable(), pk=row.pk).exists()


def _episodes(parent: Parent) -> QuerySet[Episode]:
    rows = Episode.objects.filter(parent=parent).select_related("programme")
    return rows.order_by("-opened_on", "-stored_at")


def _referrals(parent: Parent) -> QuerySet[Referral]:
    """Referrals that led to no episode."""
    rows = Referral.objects.filter(parent=parent, episodes=None).select_related("programme")
    return rows.order_by("-received_on", "-stored_at")


def _of_episode(episode: Episode, may_plan: bool) -> PlaceOption:
    if episode.closed_on:
        words = f"worked together until {day_and_year(episode.closed_on)}"
    else:
        words = f"working together since {day_and_year(episode.opened_on)}"
    place = Place(episode.programme, episode=episode)
    return PlaceOption(place, f"{episode.programme}: {words}", may_plan and episode.is_open)


def _of_referral(referral: Referral) -> PlaceOption:
    decided = "" if referral.decision in UNDECIDED else ", not taken on"
    words = f"referred on {day_and_year(referral.received_on)}{decided}"
    return PlaceOption(
        Place(referral.programme, referral=referral), f"{referral.programme}: {words}"
    )


def _known(programme: Programme) -> PlaceOption:
    return PlaceOption(Place(programme), f"{programme}: known, not referred")
