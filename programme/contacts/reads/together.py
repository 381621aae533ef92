"""Who may have been there too, when one visit was with several people."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from programme.access.parts import Part
from programme.access.protected import names_protected
from programme.access.walls import OfProgramme
from programme.contacts.reads.asked import Asked, asked_about_many
from programme.contacts.reads.places import Place
from programme.core.choices import Need
from programme.episodes.models import Episode
from programme.people.models import Identity, Parent, SafeContact
from programme.people.reads import identities_of, need_of, others_around, siblings_of
from programme.support.models import NeedRating


@dataclass(frozen=True)
class There:
    """Somebody who was or may have been there, and where a contact with this person belongs.

    ``tells_of_risk``: the reader may read of a risk on this record. ``is_protected``: the record
    is restricted or denied to somebody; why, and to whom, is not the reader's to know.
    """

    parent: Parent
    name: str
    places: tuple[Place, ...] = ()
    asked: Asked = field(default_factory=Asked)
    plans: frozenset[UUID] = frozenset()
    tells_of_risk: bool = False
    is_protected: bool = False

    @property
    def key(self) -> str:
        """For a form to carry."""
        return str(self.parent.pk)

    @property
    def is_apart(self) -> bool:
        """Whether separate entries are needed where this person was there."""
        return self.tells_of_risk or self.is_protected

    def place_beside(self, place: Place) -> Place:
        """The work in the same programme as the other's, else the latest."""
        same = (one for one in self.places if one.programme == place.programme)
        return next(same, self.places[0])

    def may_plan(self, place: Place) -> bool:
        """Whether a next step can be agreed there."""
        return place.episode is not None and place.episode.pk in self.plans


def people_there(parent: Parent, identity: Identity | None) -> list[There]:
    """The parent of this record, then by name whoever of the family may have been there too.

    Partners, other parents of the children, brothers and sisters, with whom the acting user works
    too; ten queries at most. Whoever is linked only as the other's record tells is left out
    (decision 13), and so is one whose notes the acting user may not write.
    """
    places = _places_of({*others_around(parent), *siblings_of(parent)})
    known = {one.parent_id: one for one in identities_of(one.pk for one in places)}
    if identity:
        known[parent.pk] = identity
    others = sorted((one for one in places if one.pk in known), key=lambda one: known[one.pk].name)
    people = [parent, *others]
    keys = [one.pk for one in people]
    asked = asked_about_many({key: need_of(known.get(key)) for key in keys})
    risky, protected, plans = tell_of_risk(keys), _protected(keys), _plans(keys)
    return [
        There(
            one,
            known[one.pk].name if one.pk in known else one.reference,
            tuple(places.get(one, ())),
            asked[one.pk],
            plans,
            one.pk in risky,
            one.pk in protected,
        )
        for one in people
    ]


def tell_of_risk(parent_ids: Iterable[UUID]) -> set[UUID]:
    """Whose record tells the reader of a risk: a rule on safe contact, or abuse at home.

    Two queries. Of how a need stands, the last time anybody said counts.
    """
    people = list(parent_ids)
    rules = SafeContact.objects.filter(parent__in=people, ended_on=None).exclude(known_risk="")
    rated = NeedRating.objects.filter(episode__parent__in=people, need=Need.DOMESTIC_ABUSE)
    last = dict(rated.order_by("rated_on", "stored_at").values_list("episode__parent_id", "level"))
    return {*rules.values_list("parent_id", flat=True), *(key for key in last if last[key])}


def _places_of(parent_ids: set[UUID]) -> dict[Parent, list[Place]]:
    """The open work with these people whose notes the acting user may write (one query)."""
    may_write = OfProgramme(Part.NOTES).writable()
    episodes = (
        Episode.objects.filter(may_write, parent__in=parent_ids, closed_on=None)
        .select_related("parent", "programme")
        .order_by("-opened_on", "-stored_at")
    )
    found: dict[Parent, list[Place]] = {}
    for episode in episodes:
        found.setdefault(episode.parent, []).append(Place(episode.programme, episode=episode))
    return found


def _plans(parent_ids: list[UUID]) -> frozenset[UUID]:
    """The open episodes in which the acting user may agree a next step (one query)."""
    may_write = OfProgramme(Part.CORE).writable()
    episodes = Episode.objects.filter(may_write, parent__in=parent_ids, closed_on=None)
    return frozenset(episodes.values_list("pk", flat=True))


def _protected(parent_ids: list[UUID]) -> set[UUID]:
    """Which of these records are restricted or denied to somebody today (one query)."""
    named = names_protected(("id",))
    return set(Parent.objects.filter(named, pk__in=parent_ids).values_list("pk", flat=True))
