"""Whose names a reader may know, and what each person is to the parent."""

from collections.abc import Iterable
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from programme.access.likely import named_so
from programme.contacts.models import ContactPerson
from programme.episodes.models import Allocation
from programme.papers.third_parties.finder import SOMEBODY, WORD, WORKER, Known, folded
from programme.pathways.models import Programme, Worker
from programme.people.models import Identity, Parent, ParentChild, Partnership
from programme.people.names import words_of
from programme.pregnancies.models import Pregnancy

CHILD, OTHER_PARENT, PARTNER = "a child", "the other parent", "a partner"
# Words of a name that are no name by themselves.
SHORTEST = 2


def known_to(parent: Parent, texts: Iterable[str]) -> Known:
    """The names that may stand in texts about a parent (a fixed number of queries)."""
    identity = Identity.objects.filter(parent=parent).first()
    allocated = Allocation.objects.filter(episode__parent=parent)
    hers = _names_of(Worker.objects.filter(pk__in=allocated.values("worker_id")))
    programmes_of_hers = allocated.values("worker__programme_id")
    workers = _names_of(Worker.objects.filter(programme_id__in=programmes_of_hers))
    near = {
        **dict.fromkeys(chain(*workers), SOMEBODY),
        **dict.fromkeys(chain(*hers), WORKER),
        **_others_near(parent),
        **_children(parent),
    }
    own = _words(identity)
    known = {word: role for word, role in near.items() if word not in own}
    programmes = tuple(Programme.objects.values_list("name", flat=True))
    others = _anybody(texts, {*own, *known})
    return Known(own, known, others, workers, programmes)


def _words(identity: Identity | None) -> frozenset[str]:
    if identity is None:
        return frozenset()
    names = (identity.given_names, identity.family_name, identity.known_as, identity.other_names)
    return frozenset(_split(*names))


def _split(*names: str) -> set[str]:
    """The words of names, as they are found in a text."""
    found = {folded(match.group()) for name in names for match in WORD.finditer(name or "")}
    return {word for word in found if len(word) >= SHORTEST}


def _children(parent: Parent) -> dict[str, str]:
    links = ParentChild.objects.filter(parent=parent).select_related("child")
    names = [(link.child.given_names, link.child.family_name) for link in links]
    return dict.fromkeys((word for pair in names for word in _split(*pair)), CHILD)


def _others_near(parent: Parent) -> dict[str, str]:
    """Other parents of her children and pregnancies, partners, and who shared a contact."""
    roles = {
        **dict.fromkeys(_shared_with(parent), SOMEBODY),
        **dict.fromkeys(_partners(parent), PARTNER),
        **dict.fromkeys(_other_parents(parent), OTHER_PARENT),
    }
    found: dict[str, str] = {}
    for one in Identity.objects.filter(parent_id__in=roles):
        found.update(dict.fromkeys(_words(one), roles[one.parent_id]))
    return found


def _other_parents(parent: Parent) -> set[UUID]:
    children = ParentChild.objects.filter(parent=parent).values("child_id")
    links: Any = ParentChild.objects.filter(child_id__in=children)
    both = Pregnancy.objects.filter(Q(mother=parent) | Q(father=parent))
    keys = set(links.values_list("parent_id", flat=True))
    for pair in both.values_list("mother_id", "father_id"):
        keys |= {key for key in pair if key}
    return keys - {parent.pk}


def _partners(parent: Parent) -> set[UUID]:
    rows = Partnership.objects.filter(Q(parent=parent) | Q(other_parent=parent))
    keys = {key for pair in rows.values_list("parent_id", "other_parent_id") for key in pair}
    return keys - {parent.pk}


def _shared_with(parent: Parent) -> set[UUID]:
    rows = ContactPerson.objects.filter(contact__parent=parent)
    return set(rows.values_list("parent_id", flat=True)) - {parent.pk}


def _names_of(workers: QuerySet[Worker]) -> tuple[frozenset[str], ...]:
    """The words of each worker's name."""
    return tuple(frozenset(_split(name)) for name in workers.values_list("name", flat=True))


def _anybody(texts: Iterable[str], already: set[str]) -> dict[str, str]:
    """Whoever else the reader knows by a name that stands in the texts with a capital letter."""
    spoken = {match.group() for text in texts for match in WORD.finditer(text)}
    words = {folded(word) for word in spoken if word[0].isupper()} - already
    keys = {key for word in words for key in words_of(word)}
    names = {word for one in named_so(keys) for word in _words(one)}
    return dict.fromkeys(names & words, SOMEBODY)
