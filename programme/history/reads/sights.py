"""Who has seen a record, in words that a parent can be given.

Left out, on purpose:
- people who tried and were refused: a name there would tell a parent, or whoever reads the paper
  in the parent's home, that somebody was kept away (quality.md S10);
- what was done to protect the record, for the same reason; an emergency is told of;
- which page was opened: "contraception" or "therapy" on a paper at home can do harm;
- the names of people who do not work with the parent: they are told by their role and team;
- the field of health staff: "a health worker", whatever they were there for;
- the team of a reader whose record is restricted: where named people work is not for a paper;
- people of other services that know the parent: each service answers for its own.
The data protection officer can read all of it in the log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from programme.access.holdings import read_in
from programme.access.models import RoleGrant, User
from programme.access.parts import Part, Role
from programme.access.sights import Seen, sights_of
from programme.audit.models import Sight
from programme.episodes.models import Allocation
from programme.pathways.models import Programme
from programme.people.models import Parent
from recurrent.design.words import day, local_day

DID = {
    Sight.Outcome.OPENED: "opened the record",
    Sight.Outcome.LISTED: "saw the name in a list or a search",
    Sight.Outcome.CHANGED: "wrote in the record",
    Sight.Outcome.TAKEN_OUT: "made a copy, printed or saved",
    Sight.Outcome.BROKEN_GLASS: "opened the record in an emergency",
}
# As a parent would call them; roles that are not here are "a member of staff".
CALLED = {
    Role.PRACTITIONER: "A practitioner",
    Role.SENIOR: "A senior practitioner",
    Role.COORDINATOR: "A coordinator",
    Role.MANAGER: "A manager",
    Role.DATA_OFFICER: "A data officer",
    Role.CLINICIAN: "A health worker",
    Role.THERAPIST: "A health worker",
    Role.PROTECTION_OFFICER: "The data protection officer",
}
STAFF = "A member of staff"
LET_IN = "Someone in another service that this record was shared with"
BY_MACHINE = "The service’s own computer"
MOST_KNOWING = list(CALLED)


@dataclass(frozen=True)
class Line:
    """What one person did on one day."""

    who: str
    did: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """One day, and who saw the record then."""

    on: date
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """``Tue 4 March``."""
        return day(self.on)


@dataclass(frozen=True)
class Account:
    """Who has seen a record, day by day, newest first, and of which services this tells."""

    days: tuple[Day, ...]
    services: tuple[str, ...]


@dataclass(frozen=True)
class Teams:
    """The services this account tells of, and whether their names may stand in it."""

    names: dict[UUID, str]
    are_hidden: bool

    def knows(self, grant: RoleGrant) -> bool:
        """Whether a role is held in one of them, or in the whole organisation."""
        return grant.programme_id is None or grant.programme_id in self.names

    def said(self, called: str, grant: RoleGrant) -> str:
        """A role with its team, where that may be said."""
        if self.are_hidden or grant.programme_id is None:
            return called
        return f"{called} at {self.names[grant.programme_id]}"


def who_has_seen(parent: Parent) -> Account:
    """The account of one parent's record (a fixed number of queries)."""
    seen = sights_of(parent.pk)
    services = read_in(parent.pk)[Part.CORE]
    names = dict(Programme.objects.filter(pk__in=services).values_list("pk", "name"))
    told = Teams(names, any(one.is_restricted for one in seen))
    people = _people(parent, {one.user_id for one in seen}, told)
    return Account(_by_day(seen, people), tuple(sorted(names.values())))


def _by_day(seen: Iterable[Seen], people: dict[UUID, str]) -> tuple[Day, ...]:
    days: dict[date, dict[str, set[str]]] = {}
    for one in seen:
        who = people.get(one.user_id, STAFF)
        days.setdefault(local_day(one.at), {}).setdefault(who, set()).add(one.outcome)
    return tuple(
        Day(on, tuple(Line(who, _did(outcomes)) for who, outcomes in sorted(lines.items())))
        for on, lines in days.items()
    )


def _did(outcomes: set[str]) -> tuple[str, ...]:
    """In the order of ``DID``; who wrote in it also opened it."""
    said = outcomes - ({"opened"} if "changed" in outcomes else set())
    return tuple(words for outcome, words in DID.items() if outcome in said)


def _people(parent: Parent, user_ids: set[UUID], teams: Teams) -> dict[UUID, str]:
    """How each person is told: her own worker by first name, others by role and team."""
    own = Allocation.objects.filter(episode__parent=parent, worker__user__in=user_ids)
    workers = dict(own.values_list("worker__user_id", "worker__name"))
    grants: dict[UUID, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.filter(user__in=user_ids):
        grants.setdefault(grant.user_id, []).append(grant)
    called = {key: _called(grants.get(key, []), teams) for key in user_ids}
    called |= {key: f"Your worker, {name.split()[0]}" for key, name in workers.items()}
    machines = User.objects.filter(pk__in=user_ids, is_system=True).values_list("pk", flat=True)
    return called | dict.fromkeys(machines, BY_MACHINE)


def _called(grants: list[RoleGrant], teams: Teams) -> str:
    known = [one for one in grants if teams.knows(one)]
    if not known:
        return LET_IN
    first = min(known, key=lambda one: _rank(one.role))
    return teams.said(CALLED.get(Role(first.role), STAFF), first)


def _rank(role: str) -> int:
    return MOST_KNOWING.index(Role(role)) if role in MOST_KNOWING else len(MOST_KNOWING)
