"""What no timescale asks for, and still is worth a word with whoever works with a parent."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from programme.access.held import opens_the_child
from programme.consents.models import Consent
from programme.consents.querysets import newest_of
from programme.core.choices import (
    Born,
    ConsentDecision,
    ConsentPurpose,
    ParentRole,
    RelationToChild,
)
from programme.core.dates import add_months, days_ago, days_from
from programme.core.together import Questions, ask_together
from programme.episodes.models import Episode
from programme.measures.models import Measure
from programme.people.models import Child, ParentChild
from programme.pregnancies.models import Pregnancy
from programme.referrals.models import Referral
from programme.support.models import NeedRating

GROWN_UP = 18 * 12
NO_FATHER = "The father of the baby is not recorded, nor why"
NO_FATHER_OF_BORN = "The father of a child born in this work is not recorded, nor why"
# Who expected a baby with her is its other parent once it is born.
PARENTS_OF = (RelationToChild.BIRTH, RelationToChild.EXPECTED)


@dataclass(frozen=True)
class Missing:
    """What is not there, by parent or by episode, as far as the reader may see."""

    no_baseline: Collection[UUID] = ()
    permissions: dict[UUID, list[str]] = field(default_factory=dict)
    expecting: Collection[UUID] = ()
    born: Collection[UUID] = ()
    children: dict[UUID, set[UUID]] = field(default_factory=dict)

    def said_of(self, one: Episode) -> Iterable[str]:
        """Each thing that is missing in one episode, in words."""
        if one.pk in self.no_baseline:
            yield "No baseline yet: no needs rated, no questionnaire recorded"
        if one.parent_id in self.expecting:
            yield NO_FATHER
        if one.pk in self.born:
            yield NO_FATHER_OF_BORN
        yield from self.permissions.get(one.parent_id, ())


@dataclass(frozen=True)
class _Questions(Questions):
    """What is read of them together: for ``expecting`` no father is recorded, nor why."""

    links: QuerySet[ParentChild]
    unrated: "QuerySet[Episode, UUID]"
    given: QuerySet[Consent]
    expecting: QuerySet[Pregnancy]
    about: "QuerySet[Referral, tuple[UUID, UUID | None]]"


def missing_of(episodes: Collection[Episode], on: date) -> Missing:
    """What is missing in these episodes (three queries)."""
    asked = _questions(episodes, on)
    ask_together(asked)
    young = [row for row in asked.links if _is_young(row.child, on)]
    children: dict[UUID, set[UUID]] = defaultdict(set)
    for row in young:
        children[row.parent_id].add(row.child_id)
    return Missing(
        no_baseline=set(asked.unrated),
        permissions=_ending(asked.given, on),
        expecting={one.mother_id for one in asked.expecting if not one.is_past_its_time},
        born=_born_alone(episodes, young, dict(asked.about)),
        children=children,
    )


def _is_young(child: Child, on: date) -> bool:
    born = child.date_of_birth
    return child.died_on is None and (born is None or add_months(born, GROWN_UP) > on)


def _questions(episodes: Collection[Episode], on: date) -> _Questions:
    parent_ids = {one.parent_id for one in episodes}
    links = ParentChild.objects.filter(opens_the_child(), parent__in=parent_ids)
    given = Consent.objects.filter(parent__in=parent_ids)
    expecting = Pregnancy.objects.filter(mother__in=parent_ids, outcome__in=["", "ongoing"])
    about = Referral.objects.filter(episodes__in=[one.pk for one in episodes])
    return _Questions(
        links=links.select_related("child"),
        unrated=_without_baseline(episodes, on),
        given=given.exclude(purpose=ConsentPurpose.RECORD_CONTRACEPTION),
        expecting=expecting.filter(father=None, father_not_named_reason=""),
        about=about.values_list("episodes", "pregnancy"),
    )


def _without_baseline(episodes: Collection[Episode], on: date) -> "QuerySet[Episode, UUID]":
    """Begun a while ago, and neither needs were rated nor any questionnaire recorded."""
    rated = NeedRating.objects.filter(episode=OuterRef("pk"))
    asked = Measure.objects.filter(episode=OuterRef("pk"))
    begun = on - timedelta(days=settings.DAYS_TO_FIRST_RATING)
    keys = [one.pk for one in episodes]
    rows = Episode.objects.filter(~Exists(rated), ~Exists(asked), pk__in=keys, opened_on__lt=begun)
    return rows.values_list("pk", flat=True)


def _ending(decided: Iterable[Consent], on: date) -> dict[UUID, list[str]]:
    """Permissions that end soon, or ended and were not answered since: given, refused, withdrawn.

    That about contraception is left out: whether she agrees to notes is nobody's to chase.
    """
    given: dict[UUID, list[Consent]] = defaultdict(list)
    for row in decided:
        given[row.parent_id].append(row)
    last = on + timedelta(days=settings.DAYS_BEFORE_PERMISSION_ENDS)
    found: dict[UUID, list[str]] = defaultdict(list)
    for parent_id, decisions in given.items():
        for row in sorted(newest_of(decisions).values(), key=lambda one: one.purpose):
            if row.decision == ConsentDecision.GIVEN and row.expires_on and row.expires_on <= last:
                found[parent_id].append(_said(row.get_purpose_display(), row.expires_on, on))
    return found


def _said(purpose: str, ends: date, on: date) -> str:
    """It holds on its last day."""
    if ends >= on:
        return f"Permission for “{purpose}” ends {days_from(ends, on)}"
    return f"Permission for “{purpose}” ended {days_ago(ends, on)}. Nobody asked again yet"


def _born_alone(
    episodes: Collection[Episode], young: list[ParentChild], about: Mapping[UUID, UUID | None]
) -> set[UUID]:
    """Episodes about a living child of the mother's for whom no other parent is recorded.

    About: born since the work began, or of the pregnancy it was referred for. A father whose
    record the reader may not see counts as not recorded: to know better would tell of him.
    """
    hers = _by_mother(young)
    found = {
        (one.pk, child.pk)
        for one in episodes
        if one.parent.parent_role == ParentRole.MOTHER
        for child in hers.get(one.parent_id, ())
        if (child.date_of_birth and child.date_of_birth >= one.opened_on)
        or (child.pregnancy_id and child.pregnancy_id == about.get(one.pk))
    }
    answered = _answered({child for _, child in found})
    return {key for key, child in found if child not in answered}


def _by_mother(young: list[ParentChild]) -> dict[UUID, list[Child]]:
    found: dict[UUID, list[Child]] = defaultdict(list)
    for row in young:
        if row.relation == RelationToChild.BIRTH and row.child.born != Born.STILLBORN:
            found[row.parent_id].append(row.child)
    return found


def _answered(child_ids: Collection[UUID]) -> set[UUID]:
    """Of whom a parent other than the mother is recorded, or why he is not."""
    links = ParentChild.objects.filter(child__in=child_ids, relation__in=PARENTS_OF)
    parents: dict[UUID, set[UUID]] = defaultdict(set)
    for child_id, parent_id in links.values_list("child", "parent"):
        parents[child_id].add(parent_id)
    unanswered = Pregnancy.objects.filter(
        children=OuterRef("pk"), father=None, father_not_named_reason=""
    )
    single = [key for key in child_ids if len(parents[key]) < 2]
    alone = Child.objects.filter(Q(pregnancy=None) | Exists(unanswered), pk__in=single)
    return set(child_ids) - set(alone.values_list("pk", flat=True))
