"""What the pages about a pregnancy ask: who may be the father, how far on it is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from programme.access.models import InTheKnow
from programme.core.choices import ParentRole, PregnancyOutcome
from programme.core.dates import today
from programme.core.gestation import due_date_in_force, gestation
from programme.people.models import Parent
from programme.people.reads import names_of, others_around
from programme.pregnancies.models import DueDate, Pregnancy, PregnancyTold
from recurrent.design.words import day_and_year

ENDING_NOT_RECORDED = "How it ended is not recorded"


@dataclass(frozen=True)
class KnownPregnancy:
    """A pregnancy that nothing says has ended, in words."""

    pregnancy: Pregnancy
    words: str


def possible_fathers(mother: Parent) -> dict[UUID, str]:
    """Fathers of her children and her partners whom the reader sees, by name (four queries)."""
    others = Parent.objects.filter(pk__in=others_around(mother))
    men = others.exclude(parent_role=ParentRole.MOTHER)
    names = names_of(men.values_list("pk", flat=True))
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def known_pregnancies(mother: Parent) -> list[KnownPregnancy]:
    """Her pregnancies that may still go on, newest first (two queries)."""
    ongoing = Pregnancy.objects.filter(mother=mother, outcome__in=["", "ongoing"])
    rows = ongoing.prefetch_related("due_dates").order_by("-known_on", "-stored_at")
    return [KnownPregnancy(one, _in_words(one)) for one in rows if not one.is_past_its_time]


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


# --- Who may be told --------------------------------------------------------------------------

# How an ending is told to another parent. A termination, or babies with different endings, is not.
ENDINGS = (PregnancyOutcome.LIVE_BIRTH, PregnancyOutcome.STILLBIRTH, PregnancyOutcome.MISCARRIAGE)
THE_FATHER_NAMED = "The father named on this pregnancy"


@dataclass(frozen=True)
class TellingAnswer:
    """One answer: who, whether, when, in whose words, and whether it is the one that counts."""

    answer: PregnancyTold
    name: str
    counts: bool


@dataclass(frozen=True)
class ToldPregnancy:
    """A pregnancy of another parent, as far as this parent may be told of it."""

    is_ongoing: bool
    due_on: date | None
    ended_on: date | None
    ending: str

    @property
    def in_words(self) -> str:
        """``A baby is expected``, or how it ended."""
        return "A baby is expected" if self.is_ongoing else self.ending

    @property
    def in_years(self) -> str:
        """The year of an ending that is told, short enough for a drawing."""
        return str(self.ended_on.year) if self.ended_on else ""


def is_told_to_nobody(pregnancy: Pregnancy) -> bool:
    """Whether the question is not asked at all."""
    return pregnancy.outcome == PregnancyOutcome.TERMINATION


def may_be_asked_about(pregnancy: Pregnancy) -> dict[UUID, str]:
    """Whom the question is asked about: the father named, and other parents the reader sees."""
    names = possible_fathers(pregnancy.mother)
    if pregnancy.father_id and pregnancy.father_id not in names:
        known = names_of([pregnancy.father_id])
        names[pregnancy.father_id] = known.get(pregnancy.father_id, THE_FATHER_NAMED)
    return names


def answers_about(pregnancy: Pregnancy) -> list[TellingAnswer]:
    """Every answer, the newest first; of each other parent the newest counts (two queries)."""
    rows = PregnancyTold.objects.filter(pregnancy=pregnancy).select_related("asked_by")
    newest_first = list(rows.order_by("-decided_on", "-position"))
    names = names_of({one.other_parent_id for one in newest_first})
    seen: set[UUID] = set()
    found = []
    for one in newest_first:
        name = names.get(one.other_parent_id, THE_FATHER_NAMED)
        found.append(TellingAnswer(one, name, one.other_parent_id not in seen))
        seen.add(one.other_parent_id)
    return found


def may_be_told(pregnancy_id: UUID, parent_id: UUID) -> bool:
    """Whether the newest answer lets this parent know of this pregnancy (one query)."""
    return InTheKnow.objects.filter(pregnancy_id=pregnancy_id, other_parent_id=parent_id).exists()


def told_to(parent: Parent) -> list[ToldPregnancy]:
    """Pregnancies of others that this parent may be told of, newest first (two queries)."""
    known = InTheKnow.objects.filter(other_parent_id=parent.pk).values("pregnancy_id")
    rows = Pregnancy.objects.filter(pk__in=known).exclude(mother=parent)
    return [_as_told(one) for one in rows.prefetch_related("due_dates").order_by("-known_on")]


def _as_told(pregnancy: Pregnancy) -> ToldPregnancy:
    estimate = due_date_in_force(pregnancy.due_dates.all(), today())
    return ToldPregnancy(
        is_ongoing=pregnancy.is_ongoing and not pregnancy.is_past_its_time,
        due_on=estimate.estimated_due_date if estimate else None,
        ended_on=pregnancy.ended_on,
        ending=_ending_as_told(pregnancy),
    )


def _ending_as_told(pregnancy: Pregnancy) -> str:
    if pregnancy.is_ongoing:
        return ENDING_NOT_RECORDED
    told = pregnancy.outcome in ENDINGS
    return str(pregnancy.get_outcome_display()) if told else "The pregnancy has ended"
