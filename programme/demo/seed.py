"""Loading the demonstration, all or nothing, in the name of the declared actor "seeder"."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from programme.access.actors import SEEDER
from programme.access.checks import DEMO_ADDRESS
from programme.access.models import User
from programme.access.scope import acting_as
from programme.access.statistics import count_rows_anew
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.demo import (
    alike,
    births,
    court,
    days,
    families,
    history,
    kinship,
    permissions,
    significant,
)
from programme.demo.dice import Dice
from programme.demo.staff import Team, make_staff
from programme.referrals.models import Identification
from programme.reporting.models import Cost, Population

MOTHERS, FATHERS = 60, 25
LARGE_FAMILY = 54
TEAM_OF = ("pause", "pre_birth", "offer")
YEARS = 3
Say = Callable[[str], None]


def is_loaded() -> bool:
    """Whether the demonstration is there."""
    return User.objects.filter(email__endswith=DEMO_ADDRESS).exists()


@transaction.atomic
def load(say: Say) -> None:
    """Loads everything; refused when settings say service."""
    if settings.RUN_MODE == "service":
        raise RuleBroken("The demonstration is not for service.")
    dice = Dice("recurrent")
    with acting_as(SEEDER):
        teams, people = make_staff(dice)
        mothers = [_mother(dice, number, teams, people, say) for number in range(1, MOTHERS + 1)]
        for number in range(1, FATHERS + 1):
            _father(dice, number, teams, people, mothers[number * 2])
        _identified(dice, teams)
        _outside_figures(dice, teams)
        alike.make_pairs(dice, teams, people["Ben Example"], mothers)
        count_rows_anew()
        # In the names of workers: what they may see is worked out, and needs the count.
        days.hold_groups(Dice("groups"), teams)
        days.cover(Dice("cover"), teams["offer"], people["Gwen Example"])
    say(f"    {MOTHERS} mothers and {FATHERS} fathers, all invented")


def _mother(
    dice: Dice, number: int, teams: dict[str, Team], people: dict[str, User], say: Say
) -> families.Family:
    code = TEAM_OF[number % 3]
    team = teams[code]
    family = families.make_parent(dice, number, "mother", team.programme.area)
    received_on = _spread(number)
    families.make_earlier_children(dice, family, received_on)
    pregnancy = None
    if code == "pre_birth" or (code == "offer" and dice.happens(30)):
        worker = team.practitioners[0].user
        pregnancy = births.expect(dice, family, received_on - timedelta(days=5), worker)
    story = history.refer(dice, family, team, received_on, pregnancy)
    if story.episode:
        permissions.ask(dice, story, people["Lowri Example"])
        if pregnancy:
            births.after(dice, story, pregnancy)
        history.live(dice, story)
        significant.mark(story)
        _pregnant_again(dice, story)
        # Chance of its own: other stories stay as they are.
        court.tell(Dice(f"court {number}"), story)
        if story.episode.is_open:
            days.plan(Dice(f"planned {number}"), story)
        kinship.keep_in_touch(dice, story)
        if number == LARGE_FAMILY:
            kinship.make_large_family(dice, story)
    if number % 20 == 0:
        say(f"    {number} of {MOTHERS} mothers")
    return family


def _spread(number: int) -> date:
    """Referrals over three years, the last ones this week."""
    first = today() - timedelta(days=YEARS * 365)
    return first + timedelta(days=int(number * (YEARS * 365 - 3) / MOTHERS))


def _pregnant_again(dice: Dice, story: history.Story) -> None:
    """A few who ended are pregnant again: whom a practitioner re-refers."""
    episode = story.episode
    assert episode is not None
    long_ago = episode.closed_on and (today() - episode.closed_on).days > 120
    if story.team.programme.pathway_id == "pause" and long_ago and dice.happens(35):
        births.expect(dice, story.family, today() - timedelta(days=dice.between(2, 25)), story.by)


def _father(
    dice: Dice,
    number: int,
    teams: dict[str, Team],
    people: dict[str, User],
    mother: families.Family,
) -> None:
    """A father of one mother's children, with a record, worker and plan of his own."""
    team = teams["offer"] if number % 2 else teams["pre_birth"]
    father = families.make_parent(dice, number, "father", team.programme.area)
    received_on = today() - timedelta(days=dice.between(20, YEARS * 365))
    families.make_partner(dice, mother, father, received_on - timedelta(days=900))
    # Chance of its own: other stories stay as they are.
    chance = Dice(f"told {number}")
    may_be_told = number % 4 < 2
    kinship.say_who_may_be_told(chance, mother, father.parent, may_be_told=may_be_told)
    story = history.refer(dice, father, team, received_on, None)
    if story.episode:
        permissions.ask(dice, story, people["Lowri Example"])
        history.live(dice, story)
        kinship.keep_in_touch(dice, story)
        significant.mark(story)


def _identified(dice: Dice, teams: dict[str, Team]) -> None:
    """Two whom outreach knows of and nobody has referred yet."""
    for number, code in ((71, "pause"), (72, "offer")):
        family = families.make_parent(dice, number, "mother", teams[code].programme.area)
        dice.put(
            Identification,
            parent=family.parent,
            programme=teams[code].programme,
            identified_on=today() - timedelta(days=dice.between(3, 20)),
        )


def _outside_figures(dice: Dice, teams: dict[str, Team]) -> None:
    year = today().year
    for area, live_births in (("Northmoor", 2140), ("Southvale", 1610)):
        for back in range(YEARS + 1):
            dice.put(
                Population,
                area=area,
                year_start=date(year - back, 1, 1),
                year_end=date(year - back, 12, 31),
                figure="live_births",
                value=live_births - 13 * back,
                source="invented for the demonstration",
            )
    for team in teams.values():
        for back in range(YEARS + 1):
            dice.put(
                Cost,
                programme=team.programme,
                from_date=date(year - back, 4, 1),
                to_date=date(year - back + 1, 3, 31),
                amount=Decimal(dice.between(180, 260) * 1000),
                kind="running",
            )
