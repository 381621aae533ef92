"""What the pages about a pregnancy ask: who may be the father, how far on it is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from programme.core.choices import ParentRole
from programme.core.dates import today
from programme.core.gestation import due_date_in_force, gestation
from programme.people.models import Parent, ParentChild, Partnership
from programme.people.reads import names_of
from programme.pregnancies.models import DueDate, Pregnancy
from recurrent.design.words import day_and_year

# A pregnancy known for longer than this has ended, whatever nobody wrote down.
LONGEST_KNOWN_DAYS = 310


@dataclass(frozen=True)
class KnownPregnancy:
    """A pregnancy that nothing says has ended, in words."""

    pregnancy: Pregnancy
    words: str


def possible_fathers(mother: Parent) -> dict[UUID, str]:
    """Fathers of her children and her partners whom the reader sees, by name (four queries)."""
    children = ParentChild.objects.filter(parent=mother).values_list("child_id", flat=True)
    beside = ParentChild.objects.filter(child__in=list(children)).values_list("parent_id")
    pairs = Partnership.objects.filter(Q(parent=mother) | Q(other_parent=mother))
    together = {key for pair in pairs.values_list("parent_id", "other_parent_id") for key in pair}
    keys = {key for (key,) in beside} | together
    men = Parent.objects.filter(pk__in=keys - {mother.pk}).exclude(parent_role=ParentRole.MOTHER)
    names = names_of(men.values_list("pk", flat=True))
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def known_pregnancies(mother: Parent) -> list[KnownPregnancy]:
    """Her pregnancies that may still go on, newest first (two queries)."""
    ongoing = Pregnancy.objects.filter(mother=mother, outcome__in=["", "ongoing"])
    rows = ongoing.prefetch_related("due_dates").order_by("-known_on", "-stored_at")
    recent = [one for one in rows if (today() - one.known_on).days <= LONGEST_KNOWN_DAYS]
    return [KnownPregnancy(one, _in_words(one)) for one in recent]


def estimates_of(pregnancy: Pregnancy) -> list[DueDate]:
    """Every estimate of its due date, the newest first."""
    return list(pregnancy.due_dates.order_by("-recorded_on", "-stored_at"))


def how_far(pregnancy: Pregnancy, said: date | None = None) -> str:
    """'12 weeks and 3 days pregnant, due 4 March 2027', by the due date in force.

    ``said`` is gone by where the reader may add to the record without seeing it.
    """
    estimate = due_date_in_force(pregnancy.due_dates.all(), today())
    due_on = estimate.estimated_due_date if estimate else said
    if due_on is None:
        return "No due date yet, so the week of pregnancy cannot be said"
    words = gestation(due_on, today()).in_words
    return f"{words} pregnant, due {day_and_year(due_on)}"


def _in_words(pregnancy: Pregnancy) -> str:
    return f"Known since {day_and_year(pregnancy.known_on)}. {how_far(pregnancy)}."
