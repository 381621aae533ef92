"""Two parents of one child, each with a programme, a worker and a caseload of their own."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from programme.access.models import User
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.pathways.models import Programme
from programme.people.models import Child, Parent, ParentChild
from programme.pregnancies.models import Pregnancy
from tests import builders as make


@dataclass(frozen=True)
class Side:
    """One parent with a worker who holds the record, in a programme of its own."""

    parent: Parent
    user: User
    programme: Programme
    episode: Episode


@dataclass(frozen=True)
class Couple:
    """Mira and Owen, the parents of Robin; nobody works with both."""

    mira: Side
    owen: Side
    robin: Child


def make_side(role: str, **identity: Any) -> Side:
    """A parent on the caseload of a practitioner of a new programme."""
    programme = make.make_programme()
    user = make.make_practitioner(programme)
    parent = make.make_parent(role, **identity)
    episode = make.make_episode(parent, programme, user.workers.get())
    make.enter_stage(episode, "engagement", episode.opened_on)
    return Side(parent, user, programme, episode)


def make_couple() -> Couple:
    """Two records with one child on both."""
    with make.as_seeder():
        mira = make_side("mother", given_names="Mira", family_name="Vale")
        owen = make_side("father", given_names="Owen", family_name="Marsh")
        robin = make_child(mira.parent, "Robin", date(2019, 12, 3))
        link(owen.parent, robin)
        return Couple(mira, owen, robin)


def make_child(
    parent: Parent, name: str, born_on: date | None = None, relation: str = "birth", **values: Any
) -> Child:
    """A child on one record."""
    child: Child = make.stored(Child, given_names=name, date_of_birth=born_on, **values)
    link(parent, child, relation)
    return child


def link(parent: Parent, child: Child, relation: str = "birth") -> ParentChild:
    """A child on one more record."""
    row: ParentChild = make.stored(ParentChild, parent=parent, child=child, relation=relation)
    return row


def make_expected(couple: Couple, **values: Any) -> Pregnancy:
    """Mira's pregnancy of which Owen is named as the father."""
    due_on = today() + timedelta(days=150)
    pregnancy: Pregnancy = make.make_pregnancy(
        couple.mira.parent, due_on, father=couple.owen.parent, **values
    )
    return pregnancy


def url_of(page: str, parent: Parent, *keys: Any) -> str:
    """The address of a page about a family."""
    return reverse(f"families:{page}", args=[parent.pk, *keys])


def boxes(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {
        f"{name}_day": f"{day.day}",
        f"{name}_month": f"{day.month}",
        f"{name}_year": f"{day.year}",
    }
