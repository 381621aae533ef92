"""Two who come back under another name: one the team may recognise, one only her keepers may."""

from datetime import timedelta

from programme.access.models import User
from programme.core.dates import today
from programme.demo import families
from programme.demo.dice import Dice
from programme.demo.families import Family
from programme.demo.staff import Team
from programme.joining.actions import ask_keepers
from programme.people.models import Child, ParentChild
from programme.referrals.actions import receive_referral


def come_back(
    dice: Dice, team: Team, by: User, number: int, known: Family, days_ago: int
) -> Family:
    """Somebody referred from outside, waiting to be decided, who may be ``known``."""
    newcomer = families.make_parent(dice, number, "mother", team.programme.area)
    identity = newcomer.identity
    identity.given_names = known.identity.given_names
    identity.date_of_birth = known.identity.date_of_birth
    identity.family_name = f"{known.identity.family_name}e"
    identity.save()
    receive_referral(
        key=dice.key(),
        parent=newcomer.parent,
        programme=team.programme,
        received_on=today() - timedelta(days=days_ago),
        source="midwife",
        reason="The midwife rang: pregnant, and an older child does not live with the parent.",
        by=by,
    )
    return newcomer


def with_the_same_child(dice: Dice, newcomer: Family, known: Family) -> None:
    """A child told in the same words, under a married name."""
    newcomer.identity.family_name = "Demo-Newly-Wed"
    newcomer.identity.save()
    older = known.children[0]
    child = dice.put(Child, given_names=older.given_names, date_of_birth=older.date_of_birth)
    dice.put(ParentChild, parent=newcomer.parent, child=child, relation="birth")


def make_pairs(dice: Dice, teams: dict[str, Team], by: User, mothers: list[Family]) -> None:
    """One the pause team knows already, and one whom only the other area knows."""
    own, others = ([mother for mother in mothers[start::3] if mother.children] for start in (2, 1))
    married = come_back(dice, teams["pause"], by, 73, own[-3], days_ago=2)
    with_the_same_child(dice, married, own[-3])
    moved = come_back(dice, teams["pause"], by, 74, others[-3], days_ago=1)
    for newcomer in (married, moved):
        ask_keepers(parent=newcomer.parent, programme=teams["pause"].programme, by=by)
