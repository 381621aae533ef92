"""Who may have been there too, when one visit was with several people."""

from collections.abc import Iterable
from dataclasses import dataclass

from programme.access.parts import Part
from programme.access.walls import OfProgramme
from programme.contacts.reads.places import Place
from programme.episodes.models import Episode
from programme.people.models import Parent, SafeContact
from programme.people.reads import names_of, others_around


@dataclass(frozen=True)
class There:
    """Somebody who was or may have been there, and where a contact with this person belongs."""

    parent: Parent
    name: str
    places: tuple[Place, ...]
    tells_of_risk: bool = False

    @property
    def key(self) -> str:
        """For a form to carry."""
        return str(self.parent.pk)

    def place_beside(self, place: Place) -> Place:
        """The work in the same programme as the other's, else the latest."""
        same = (one for one in self.places if one.programme == place.programme)
        return next(same, self.places[0])


def others_there(parent: Parent) -> list[There]:
    """Partners and other parents of the children with whom the acting user works too, by name.

    Six queries at most. Whoever is linked only as the other's record tells is left out (decision
    13), and so is one whose notes the acting user may not write.
    """
    may_write = OfProgramme(Part.NOTES).writable()
    episodes = (
        Episode.objects.filter(may_write, parent__in=others_around(parent), closed_on=None)
        .select_related("parent", "programme")
        .order_by("-opened_on", "-stored_at")
    )
    found: dict[Parent, list[Place]] = {}
    for episode in episodes:
        found.setdefault(episode.parent, []).append(Place(episode.programme, episode=episode))
    names = names_of(one.pk for one in found)
    risky = tell_of_risk(found)
    there = [
        There(one, names[one.pk], tuple(places), one in risky)
        for one, places in found.items()
        if one.pk in names
    ]
    return sorted(there, key=lambda one: one.name)


def tell_of_risk(parents: Iterable[Parent]) -> set[Parent]:
    """Whose rules on safe contact tell of a risk (one query)."""
    people = list(parents)
    rules = SafeContact.objects.filter(parent__in=people, ended_on=None).exclude(known_risk="")
    risky = set(rules.values_list("parent_id", flat=True))
    return {one for one in people if one.pk in risky}
