"""Who may be meant by words or a number: looked for in an index, shown only behind the wall."""

from collections.abc import Sequence, Set
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Case, Q, Value, When

from programme.access.held import opens_the_child


class Key(NamedTuple):
    """One way in which a word may stand in a row's keys: which word, the key, what it counts."""

    word: int
    key: str
    points: int


def likely_by_name(keys: Sequence[Key], most: int) -> list[UUID]:
    """Parents whose own names have the keys, most points first; only whose core part is seen."""
    return [parent for parent, _ in _likely("identity", keys, most)]


def likely_by_child(keys: Sequence[Key], most: int) -> list[tuple[UUID, UUID]]:
    """Parents of children whose names have the keys, each with the child, most points first."""
    return _likely("child", keys, most)


def _likely(whose: str, keys: Sequence[Key], most: int) -> list[tuple[UUID, UUID]]:
    if not keys:
        return []
    if connection.vendor != "postgresql":
        return _likely_by_like(whose, keys, most)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent_id, named_id FROM access_likely(%s, %s, %s, %s, %s)",
            [whose, *(list(column) for column in zip(*keys, strict=True)), most],
        )
        return list(cursor.fetchall())


def _likely_by_like(whose: str, keys: Sequence[Key], most: int) -> list[tuple[UUID, UUID]]:
    """The same by the managers: every row is looked at."""
    model: Any = apps.get_model("programme", "Identity" if whose == "identity" else "ParentChild")
    path = "search_keys" if whose == "identity" else "child__search_keys"
    named = "pk" if whose == "identity" else "child_id"
    found = [(Q(**{f"{path}__contains": f" {key.key} "}), key.points) for key in keys]
    weight = sum((Case(When(way, then=points), default=0) for way, points in found), Value(0))
    fewest = len({key.word for key in keys})
    rows = model.objects.annotate(weight=weight).filter(weight__gte=fewest)
    if whose == "child":
        rows = rows.filter(opens_the_child())
    rows = rows.order_by("-weight", "parent_id", named)
    return list(rows.values_list("parent_id", named)[:most])


def named_so(words: Set[str]) -> Any:
    """Who is named by one of these words, as rows of ``Identity``; only whose core part is seen."""
    identities: Any = apps.get_model("programme", "Identity").objects
    if not words:
        return identities.none()
    if connection.vendor != "postgresql":
        keys = identities.values_list("pk", "search_keys")
        return identities.filter(
            pk__in=[pk for pk, own in keys if not words.isdisjoint(own.split())]
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_named(%s)", [list(words)])
        return identities.filter(parent_id__in=[key for (key,) in cursor.fetchall()])


def known_by_number(reference: str, number: str, digits: str, most: int) -> dict[UUID, str]:
    """Parents with this reference, number of another service, or digits in a telephone number.

    Each with the way it was found: "reference", "number" or "telephone". Blank digits find nobody.
    """
    if connection.vendor != "postgresql":
        return _known_by_managers(reference, number, digits, most)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parent_id, way FROM access_numbered(%s, %s, %s, %s)",
            [reference, number, digits, most],
        )
        return dict(cursor.fetchall())


def _known_by_managers(reference: str, number: str, digits: str, most: int) -> dict[UUID, str]:
    parent, identity, safe_contact = (
        apps.get_model("programme", name) for name in ("Parent", "Identity", "SafeContact")
    )
    telephones = safe_contact.objects.filter(digits__contains=digits) if digits else []
    by_number = identity.objects.filter(
        Q(local_reference__iexact=number, local_reference__gt="")
        | Q(nhs_number=number, nhs_number__gt="")
    )
    return {
        **{row.parent_id: "telephone" for row in telephones[:most]},
        **{row.parent_id: "number" for row in by_number[:most]},
        **{row.pk: "reference" for row in parent.objects.filter(reference=reference)},
    }
