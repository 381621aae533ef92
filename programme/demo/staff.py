"""The demonstration's programmes, workers and people who sign in."""

from dataclasses import dataclass, field
from datetime import timedelta

from programme.access import actors
from programme.access.checks import DEMO_ADDRESS
from programme.access.models import RoleGrant, User
from programme.access.parts import Role
from programme.core.dates import today
from programme.demo.dice import Dice
from programme.pathways.models import Programme, Worker

PROGRAMMES = (
    ("pause", "Pause Northmoor", "Northmoor", "pause", 20),
    ("pre_birth", "Northmoor Pre-birth Team", "Northmoor", "pre_birth", None),
    ("offer", "Southvale Recurrent Care", "Southvale", "recurrent_offer", 18),
)
# Who holds which role where; the first line of the care team signs in most.
STAFF: tuple[tuple[str, tuple[tuple[Role, str], ...]], ...] = (
    ("Asha Example", ((Role.PRACTITIONER, "pause"), (Role.PRACTITIONER, "pre_birth"))),
    ("Ben Example", ((Role.PRACTITIONER, "pause"),)),
    ("Carys Example", ((Role.PRACTITIONER, "pre_birth"), (Role.COORDINATOR, "pause"))),
    ("Dev Example", ((Role.PRACTITIONER, "offer"),)),
    ("Efa Example", ((Role.PRACTITIONER, "offer"),)),
    ("Farah Example", ((Role.SENIOR, "pause"), (Role.SENIOR, "pre_birth"))),
    ("Gwen Example", ((Role.SENIOR, "offer"),)),
    ("Hal Example", ((Role.COORDINATOR, "pre_birth"),)),
    ("Ines Example", ((Role.MANAGER, "pause"), (Role.MANAGER, "pre_birth"))),
    ("Jo Example", ((Role.MANAGER, "offer"),)),
    (
        "Kit Example",
        (
            (Role.DATA_OFFICER, "pause"),
            (Role.DATA_OFFICER, "pre_birth"),
            (Role.DATA_OFFICER, "offer"),
        ),
    ),
    ("Lowri Example", ((Role.CLINICIAN, "pause"), (Role.CLINICIAN, "offer"))),
    ("Mo Example", ((Role.THERAPIST, "pause"),)),
    ("Nia Example", ((Role.COMMISSIONER, "pause"), (Role.COMMISSIONER, "pre_birth"))),
    ("Oli Example", ((Role.COMMISSIONER, "offer"),)),
    ("Pat Example", ((Role.EDITOR, ""),)),
    ("Quinn Example", ((Role.ADMINISTRATOR, ""),)),
    ("Ravi Example", ((Role.PROTECTION_OFFICER, ""),)),
)
WORKER_ROLES = {
    Role.PRACTITIONER: "practitioner",
    Role.SENIOR: "consultant",
    Role.COORDINATOR: "coordinator",
}


@dataclass
class Team:
    """A programme with those who hold cases in it."""

    programme: Programme
    workers: list[Worker] = field(default_factory=list)

    @property
    def practitioners(self) -> list[Worker]:
        """Those who hold most cases."""
        return [worker for worker in self.workers if worker.role == "practitioner"]


def make_staff(dice: Dice) -> tuple[dict[str, Team], dict[str, User]]:
    """The teams by code and the people by name, each role approved by somebody else."""
    teams = {
        code: Team(
            dice.put(
                Programme,
                name=name,
                area=area,
                pathway_id=pathway,
                commissioned_places=places,
                started_on=today() - timedelta(days=3 * 365 + 60),
            )
        )
        for code, name, area, pathway, places in PROGRAMMES
    }
    people = {name: _make_person(dice, name, roles, teams) for name, roles in STAFF}
    return teams, people


def _make_person(
    dice: Dice, name: str, roles: tuple[tuple[Role, str], ...], teams: dict[str, Team]
) -> User:
    first = name.split(maxsplit=1)[0].lower()
    user = User(id=dice.key(), name=name, email=f"{first}{DEMO_ADDRESS}")
    user.set_unusable_password()
    user.save()
    for role, code in roles:
        team = teams.get(code)
        RoleGrant.objects.create(
            id=dice.key(),
            user=user,
            programme=team.programme if team else None,
            role=role,
            starts_on=today() - timedelta(days=3 * 365),
            approved_by_id=actors.SEEDER,
        )
        if team and role in WORKER_ROLES:
            team.workers.append(_make_worker(dice, user, role, team))
    return user


def _make_worker(dice: Dice, user: User, role: Role, team: Team) -> Worker:
    holds_cases = role == Role.PRACTITIONER
    return dice.put(
        Worker,
        name=user.name,
        programme=team.programme,
        role=WORKER_ROLES[role],
        whole_time_equivalent=1,
        caseload_unit="parents" if holds_cases else "",
        caseload_min=6 if holds_cases else None,
        caseload_max=8 if holds_cases else None,
        user=user,
    )
