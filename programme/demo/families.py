"""Invented parents and children, with what the courts did before they came."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from programme.core.dates import today
from programme.core.reference import rows
from programme.demo import words
from programme.demo.dice import Dice
from programme.people.models import (
    REFERENCE_SIGNS,
    Child,
    Home,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    SafeContact,
)
from programme.proceedings.models import (
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Separation,
)


@dataclass
class Family:
    """A parent with the children she had before."""

    parent: Parent
    identity: Identity
    children: list[Child] = field(default_factory=list)


def make_parent(dice: Dice, number: int, role: str, area: str) -> Family:
    """A parent with her identity, home and safe-contact rule."""
    given, family = words.MOTHERS if role == "mother" else words.FATHERS, words.FAMILIES
    # Another step each time round, so that no two have the same name.
    step = number * 7 + number // len(words.MOTHERS) * 11
    reference = "".join(dice.pick(REFERENCE_SIGNS) for _ in range(6))
    parent = dice.put(Parent, parent_role=role, reference=reference)
    codes = [row["code"] for row in rows("ethnicity")]
    identity = dice.put(
        Identity,
        parent=parent,
        given_names=given[number % len(given)],
        family_name=f"Demo-{family[step % len(family)]}",
        date_of_birth=today() - timedelta(days=dice.between(19 * 365, 38 * 365)),
        sex="female" if role == "mother" else "male",
        ethnicity="WBRI" if dice.happens(60) else dice.pick([*codes, ""]),
        care_experienced=dice.pick(["yes", "yes", "no", "not_known", "not_asked"]),
        disability=dice.pick(["yes", "no", "no", "not_recorded"]),
        deprivation_quintile=dice.pick([1, 1, 1, 2, 2, 3, 4, 5]),
        interpreter_needed=dice.happens(6),
        area=area,
    )
    dice.put(Home, parent=parent, postcode=f"ZZ{dice.between(1, 99)} {dice.between(1, 9)}ZZ")
    dice.put(
        SafeContact,
        parent=parent,
        # A range kept for stories and films: it never rings anywhere.
        number=f"07700 900{dice.between(0, 999):03d}",
        times=dice.pick(words.SAFE_TIMES),
        may_leave_message=dice.happens(30),
        may_text=dice.happens(70),
        agreed_phrase=dice.pick(words.PHRASES),
        words_to_avoid="the name of this service",
    )
    return Family(parent, identity)


def make_partner(dice: Dice, family: Family, father: Family, since: date) -> None:
    """The two as a couple, and both as parents of the children."""
    dice.put(Partnership, parent=family.parent, other_parent=father.parent, started_on=since)
    for child in family.children:
        dice.put(ParentChild, parent=father.parent, child=child, relation="birth")


def make_earlier_children(dice: Dice, family: Family, before: date) -> None:
    """One to three children and the set of proceedings in which they were separated."""
    first = before - timedelta(days=dice.between(3 * 365, 8 * 365))
    for position in range(dice.between(1, 3)):
        born_on = first + timedelta(days=position * dice.between(380, 700))
        if born_on < before - timedelta(days=250):
            _make_child(dice, family, born_on)
    if family.children:
        _separate(dice, family, before)


def new_name(dice: Dice, family: Family) -> str:
    """A name that no other child of the family has."""
    taken = {child.given_names for child in family.children}
    return dice.pick([name for name in words.CHILDREN if name not in taken])


def _make_child(dice: Dice, family: Family, born_on: date) -> None:
    child = dice.put(
        Child,
        given_names=new_name(dice, family),
        family_name=family.identity.family_name,
        date_of_birth=born_on,
        sex=dice.pick(["female", "male"]),
    )
    dice.put(ParentChild, parent=family.parent, child=child, relation="birth")
    family.children.append(child)


def _separate(dice: Dice, family: Family, before: date) -> None:
    youngest = max(child.date_of_birth for child in family.children if child.date_of_birth)
    issued_on = dice.day(youngest + timedelta(days=1), before - timedelta(days=60))
    concluded_on = issued_on + timedelta(days=dice.between(150, 260))
    proceedings = dice.put(
        Proceedings,
        issued_on=issued_on,
        first_hearing_on=issued_on + timedelta(days=dice.between(1, 16)),
        concluded_on=concluded_on if concluded_on < today() else None,
        ended_how="final_order" if concluded_on < today() else "",
        urgency_reason=dice.pick(["none", "immediate_safety", "not_recorded"]),
        source="the local authority's legal team",
    )
    dice.put(
        ProceedingsParent,
        proceedings=proceedings,
        parent=family.parent,
        represented_at_first_hearing=dice.pick(["yes", "no", "not_recorded"]),
    )
    for child in family.children:
        order = dice.pick(["placement_order", "special_guardianship", "care_order"])
        dice.put(ProceedingsChild, proceedings=proceedings, child=child, final_order=order)
        dice.put(
            Separation,
            child=child,
            separated_on=issued_on,
            legal_route="interim_care_order",
            proceedings=proceedings,
            permanent=True,
        )
