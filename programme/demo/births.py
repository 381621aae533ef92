"""Pregnancies of the demonstration, the babies born, and where they live."""

from datetime import date, timedelta

from programme.assessments.models import Assessment, Meeting
from programme.core.dates import today
from programme.demo.dice import Dice
from programme.demo.families import Family, new_name
from programme.demo.history import Story
from programme.people.models import Child, ParentChild
from programme.pregnancies.actions import add_due_date, record_pregnancy
from programme.pregnancies.models import Pregnancy
from programme.proceedings.models import ChildCircumstance

HOMES = (
    ("mother", "child_in_need"),
    ("mother", "child_protection"),
    ("parents", "universal"),
    ("family_or_friends", "special_guardianship"),
    ("foster_care", "looked_after"),
    ("parent_and_baby_placement", "looked_after"),
    ("fostering_to_adopt", "looked_after"),
)


def expect(dice: Dice, family: Family, known_on: date, by: object) -> Pregnancy:
    """A pregnancy with an estimate from dates, then one from the scan."""
    due_on = known_on + timedelta(days=280 - dice.between(7 * 7, 19 * 7))
    pregnancy = record_pregnancy(
        key=dice.key(),
        mother=family.parent,
        known_on=known_on,
        estimated_due_date=due_on,
        basis="last_period",
        booked_on=known_on - timedelta(days=dice.between(0, 14)),
        by=by,  # type: ignore[arg-type]
    )
    scanned_on = known_on + timedelta(days=14)
    if scanned_on <= today():
        add_due_date(
            pregnancy=pregnancy,
            estimated_due_date=due_on + timedelta(days=dice.between(-6, 6)),
            basis="dating_scan",
            recorded_on=scanned_on,
            by=by,  # type: ignore[arg-type]
        )
    return pregnancy


def after(dice: Dice, story: Story, pregnancy: Pregnancy) -> None:
    """Assessments and the formulation meeting; the birth when its time has come."""
    episode = story.episode
    assert episode is not None
    due_on = pregnancy.due_dates.order_by("-recorded_on")[0].estimated_due_date
    started_on = episode.opened_on
    completed_on = started_on + timedelta(days=dice.between(30, 52))
    dice.put(
        Assessment,
        episode=episode,
        kind="pre_birth",
        pregnancy=pregnancy,
        started_on=started_on,
        completed_on=completed_on if completed_on < today() else None,
        conclusion="plan agreed" if completed_on < today() else "",
    )
    held_on = started_on + timedelta(days=dice.between(20, 40))
    dice.put(
        Meeting,
        episode=episode,
        kind="initial_child_protection_conference",
        due_on=started_on + timedelta(days=35),
        held_on=held_on if held_on < today() else None,
        parent_attended=dice.pick(["yes", "yes", "no"]) if held_on < today() else "",
    )
    if due_on < today() - timedelta(days=7):
        _birth(dice, story, pregnancy, due_on + timedelta(days=dice.between(-14, 6)))


def _birth(dice: Dice, story: Story, pregnancy: Pregnancy, born_on: date) -> None:
    pregnancy.outcome, pregnancy.ended_on = "live_birth", born_on
    pregnancy.save()
    baby = dice.put(
        Child,
        given_names=new_name(dice, story.family),
        family_name=story.family.identity.family_name,
        date_of_birth=born_on,
        sex=dice.pick(["female", "male"]),
        pregnancy=pregnancy,
    )
    dice.put(ParentChild, parent=story.family.parent, child=baby, relation="birth")
    living_with, plan = dice.pick(HOMES)
    dice.put(ChildCircumstance, child=baby, from_date=born_on, living_with=living_with, plan=plan)
    done_on = born_on + timedelta(days=dice.between(25, 50))
    assert story.episode is not None
    dice.put(
        Assessment,
        episode=story.episode,
        kind="post_birth",
        pregnancy=pregnancy,
        child=baby,
        started_on=born_on,
        completed_on=done_on if done_on < today() else None,
    )
