"""Court and safe contact of some whose work goes on, through the actions."""

from datetime import time, timedelta

from programme.core.choices import CourtDateKind, CourtSource
from programme.core.dates import today
from programme.demo.dice import Dice
from programme.demo.history import Story
from programme.people.actions import add_rule, change_home
from programme.people.models import Home
from programme.proceedings.actions import (
    Dated,
    Said,
    Sitting,
    add_date,
    add_hearing,
    add_set,
    record_company,
)
from programme.proceedings.models import Proceedings

RISKS = (
    "A dog that is not tied up. Ring before you knock.",
    "A former partner comes back without warning.",
    "Somebody upstairs has been violent. Meet at the door.",
)


def tell(dice: Dice, story: Story) -> None:
    """A whole address for each; for every third whose work goes on a set, for some a risk."""
    _address(dice, story)
    if story.episode is None or story.episode.closed_on:
        return
    if dice.happens(35):
        _rule(dice, story)
    if dice.happens(40):
        _court(dice, story)


def _address(dice: Dice, story: Story) -> None:
    home = Home.objects.get(parent=story.family.parent)
    change_home(
        parent=story.family.parent,
        address=f"{dice.between(1, 99)} Invented Street\nNowhere",
        postcode=home.postcode,
        no_fixed_address=False,
        why="First asked",
        seen_version=home.version,
        by=story.by,
    )


def _rule(dice: Dice, story: Story) -> None:
    add_rule(
        key=dice.key(),
        parent=story.family.parent,
        number=f"01632 960{dice.between(0, 999):03d}",
        times="before 3, when the house is empty",
        who_may_answer="nobody else",
        may_leave_message=False,
        known_risk=dice.pick(RISKS),
        do_not_meet_at="the shops by the flat",
        by=story.by,
    )


def _court(dice: Dice, story: Story) -> None:
    parent = story.family.parent
    letter_on = today() - timedelta(days=dice.between(40, 80))
    proceedings = add_set(
        key=dice.key(),
        parent=parent,
        dated=Dated(CourtDateKind.LETTER, letter_on),
        said=Said(CourtSource.LOCAL_AUTHORITY, letter_on + timedelta(days=2), "copy of the letter"),
        by=story.by,
    )
    if dice.happens(30):
        _issue(dice, story, proceedings)
    hearing = add_hearing(
        key=dice.key(),
        proceedings=proceedings,
        parent=parent,
        sitting=Sitting(
            held_on=today() + timedelta(days=dice.between(1, 25)),
            kind=dice.pick(["directions", "issues_resolution", "final"]),
            begins_at=time(dice.between(9, 14), dice.pick([0, 30])),
            court="Northmoor Family Court",
        ),
        said=Said(dice.pick(["court_document", "parent"]), today() - timedelta(days=3)),
        by=story.by,
    )
    record_company(
        key=dice.key(),
        hearing=hearing,
        parent=parent,
        is_wanted=dice.happens(75),
        who=story.worker.name,
        by=story.by,
    )


def _issue(dice: Dice, story: Story, proceedings: Proceedings) -> None:
    issued_on = today() - timedelta(days=dice.between(15, 30))
    heard_on = issued_on + timedelta(days=dice.between(1, 9))
    known_on = today() - timedelta(days=4)
    dates = (
        (Dated(CourtDateKind.ISSUED, issued_on - timedelta(days=1)), CourtSource.PARENT, ""),
        (Dated(CourtDateKind.ISSUED, issued_on), CourtSource.COURT_DOCUMENT, "application form"),
        (
            Dated(CourtDateKind.FIRST_HEARING, heard_on, notice_days=2, urgency_reason="none"),
            CourtSource.COURT_DOCUMENT,
            "notice of hearing",
        ),
    )
    for dated, source, words in dates:
        add_date(
            key=dice.key(),
            proceedings=proceedings,
            parent=story.family.parent,
            dated=dated,
            said=Said(source, known_on, words),
            by=story.by,
        )
