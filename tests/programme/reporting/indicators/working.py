"""Working out one indicator of rows that a test has stored, and short ways to store them."""

from datetime import date, datetime, timedelta
from typing import Any

from programme.access import actors
from programme.access.scope import acting_as
from programme.contacts.models import Contact
from programme.core.dates import LONDON
from programme.episodes.models import Episode
from programme.pathways.models import Programme
from programme.people.models import Child, Identity, Parent, ParentChild
from programme.pregnancies.models import DueDate, Pregnancy
from programme.proceedings.models import ChildCircumstance, Separation
from programme.referrals.models import Referral
from programme.reporting.figures import Category, Figure
from programme.reporting.indicators import work_out
from programme.reporting.periods import Period
from tests.builders import make_contact, make_episode, make_parent, make_referral, stored

# The year that most of these tests report on.
FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)
YEAR = Period(FIRST, LAST)
ONE_DAY = timedelta(days=1)


def d(text: str) -> date:
    """A day of a hand-worked case: `d("2024-04-01")`."""
    return date.fromisoformat(text)


def figure_of(
    indicator: str, programme: Programme | None = None, period: Period = YEAR, **options: Any
) -> Figure:
    """One indicator as the declared reader works it out."""
    key = programme.pk if programme else None
    with acting_as(actors.FIGURES):
        [figure] = work_out(period, key, ids=[indicator], **options)
    return figure


def pair(figure: Figure) -> tuple[Any, Any]:
    """Numerator and denominator."""
    return figure.numerator, figure.denominator


def counts(figure: Figure) -> dict[Category, int | None]:
    """The rows that are not empty."""
    return {row.category: row.count for row in figure.rows if row.count}


def part_of(figure: Figure, split: str, category: str) -> Figure:
    """The part of a split with this category."""
    [part] = [part for part in figure.by[split] if part.category == category]
    return part


def refer(
    programme: Programme, received: str, parent: Parent | None = None, **values: Any
) -> Referral:
    """A referral received on a day, accepted a week later unless said otherwise."""
    return make_referral(
        parent or make_parent(), programme, received_on=d(received), **_dated(values)
    )


def open_episode(
    programme: Programme, opened: str, parent: Parent | None = None, **values: Any
) -> Episode:
    """An episode opened on a day, of a referral received that day; `engaged`, `closed` are days."""
    values = _dated(values)
    renamed = {"engaged": "engagement_started_on", "closed": "closed_on"}
    values = {renamed.get(name, name): value for name, value in values.items()}
    mother = parent or make_parent()
    pregnancy = values.pop("pregnancy", None)
    worker = values.pop("worker", None)
    referral = values.pop("referral", None) or make_referral(
        mother, programme, received_on=d(opened), decided_on=d(opened), pregnancy=pregnancy
    )
    return make_episode(mother, programme, worker, referral=referral, opened_on=d(opened), **values)


def expect(mother: Parent, *, known: str, due: str | None = None, **values: Any) -> Pregnancy:
    """A pregnancy known on a day; `due` is one estimate from a dating scan of that day."""
    pregnancy: Pregnancy = stored(Pregnancy, mother=mother, known_on=d(known), **_dated(values))
    if due:
        estimate(pregnancy, due, recorded=known)
    return pregnancy


def conceive(mother: Parent, conceived: str, **values: Any) -> Pregnancy:
    """A pregnancy conceived on a day, known a month later."""
    known = d(conceived) + timedelta(days=30)
    due = d(conceived) + timedelta(days=266)
    return expect(mother, known=known.isoformat(), due=due.isoformat(), **values)


def estimate(pregnancy: Pregnancy, due: str, *, recorded: str, basis: str = "dating_scan") -> None:
    """An estimate of a due date."""
    stored(
        DueDate,
        pregnancy=pregnancy,
        estimated_due_date=d(due),
        basis=basis,
        recorded_on=d(recorded),
    )


def give_birth(
    mother: Parent, born_on: str | None, pregnancy: Pregnancy | None = None, **values: Any
) -> Child:
    """A child of the mother, born on a day or not yet."""
    relation = "birth" if born_on else "expected"
    child: Child = stored(
        Child, date_of_birth=d(born_on) if born_on else None, pregnancy=pregnancy, **_dated(values)
    )
    stored(ParentChild, parent=mother, child=child, relation=relation)
    return child


def lives(child: Child, since: str, where: str, plan: str = "", **values: Any) -> None:
    """Where a child lives from a day, under which plan."""
    stored(
        ChildCircumstance,
        child=child,
        from_date=d(since),
        living_with=where,
        plan=plan,
        **_dated(values),
    )


def changed(row: Any, **values: Any) -> None:
    """Changes a stored row, as the seeder."""
    with acting_as(actors.SEEDER):
        fresh = type(row).objects.get(pk=row.pk)
        for name, value in _dated(values).items():
            setattr(fresh, name, value)
        fresh.save()


def leave(parent: Parent, **days: str) -> None:
    """When a parent moved out of the area (`moved_out_on`) or died (`died_on`)."""
    with acting_as(actors.SEEDER):
        identity = Identity.objects.get(parent=parent)
    changed(identity, **days)


def separate(child: Child, on: str, **values: Any) -> Separation:
    """A separation."""
    return stored(Separation, child=child, separated_on=d(on), **values)


def contact_on(episode: Episode, moment: str, **values: Any) -> Contact:
    """A contact at a local time such as "2024-04-01T10:30"."""
    happened_at = local_moment(moment)
    return make_contact(episode.parent, episode, happened_at=happened_at, **_dated(values))


def local_moment(text: str) -> datetime:
    """A moment in London."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    """Texts that are days become days."""
    return {name: _day_or_same(value) for name, value in values.items()}


def _day_or_same(value: Any) -> Any:
    is_day = isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"
    return d(value) if is_day else value
