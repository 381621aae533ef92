"""The rows behind a figure, by reference: only parents the reader may know of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from programme.access.scope import reading_figures
from programme.assessments.models import Assessment, Meeting
from programme.contacts.models import Contact
from programme.episodes.models import Episode
from programme.measures.models import Feedback
from programme.people.models import Parent, ParentChild
from programme.pregnancies.models import Pregnancy
from programme.referrals.models import Referral
from programme.reporting.board.labels import in_words, label_of
from programme.reporting.figures import Figure
from programme.reporting.indicators import work_out
from programme.reporting.periods import Period

PARENT_OF: tuple[tuple[Any, str], ...] = (
    (Referral, "parent_id"),
    (Episode, "parent_id"),
    (Contact, "parent_id"),
    (Pregnancy, "mother_id"),
    (Assessment, "episode__parent_id"),
    (Meeting, "episode__parent_id"),
    (Feedback, "episode__parent_id"),
)
PLACES = {
    "numerator": "Counted",
    "denominator": "Out of",
    "open_window": "Not yet long enough ago to count",
}


@dataclass(frozen=True)
class MemberGroup:
    """The parents counted in one part of a figure."""

    label: str
    counted: int
    parents: tuple[Parent, ...]

    @property
    def not_shown(self) -> int:
        """Counted, but with no record of a parent that this reader may open."""
        return max(0, self.counted - len(self.parents))


def members_of(programme_id: UUID, period: Period, indicator: str) -> list[MemberGroup]:
    """Each part of a figure with the parents behind it, as far as the reader's parts go."""
    figure: Figure = work_out(period, programme_id, ids=[indicator])[0]
    with reading_figures():
        owners = _owners(figure)
    known = Parent.objects.filter(pk__in={key for keys in owners.values() for key in keys})
    visible = {parent.pk: parent for parent in known}
    return [
        MemberGroup(
            _label(figure.id, category),
            len(figure.members[category]),
            tuple(sorted(_shown_of(owners[category], visible), key=lambda one: one.reference)),
        )
        for category in figure.members
        if figure.members[category]
    ]


def _shown_of(keys: Iterable[UUID], visible: Mapping[UUID, Parent]) -> Iterator[Parent]:
    """The parents among the keys whose record the reader may open."""
    return (visible[key] for key in keys if key in visible)


def _label(indicator: str, category: object) -> str:
    if isinstance(category, tuple):
        return in_words(", ".join(str(part) for part in category))
    _left_out, is_left_out, reason = str(category).partition("excluded:")
    if is_left_out:
        return f"Left out, but counted: {in_words(reason).lower()}"
    return PLACES.get(str(category)) or label_of(indicator, str(category))


def _owners(figure: Figure) -> dict[object, list[UUID]]:
    """Whose record each counted row belongs to; rows that are no parent's have none."""
    ids = {UUID(key) for keys in figure.members.values() for key in keys}
    owner = _parents_of(ids)
    return {
        category: list(dict.fromkeys(owner[UUID(key)] for key in keys if UUID(key) in owner))
        for category, keys in figure.members.items()
    }


def _parents_of(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Every counted row leads to its parent; a child to one of its parents, the mother first."""
    wanted = set(ids)
    owner = {key: key for key in Parent.objects.filter(pk__in=wanted).values_list("pk", flat=True)}
    for model, path in PARENT_OF:
        owner |= dict(model.objects.filter(pk__in=wanted).values_list("pk", path))
    links = ParentChild.objects.filter(child__in=wanted).order_by("-parent__parent_role")
    return owner | dict(links.values_list("child_id", "parent_id"))
