"""What the demonstration shows of families: partners, time together, strengths, who may be told."""

from datetime import date, timedelta

from programme.core.dates import today
from programme.demo.dice import Dice
from programme.demo.families import Family
from programme.demo.history import Story
from programme.episodes.models import Allocation
from programme.families import actions
from programme.families.models import FamilyTime
from programme.people.models import Child, FamilyMember, Parent, Partnership
from programme.pregnancies.actions import decide_telling
from programme.pregnancies.models import Pregnancy

STRENGTHS = ("Keeps every appointment at the clinic", "Has a sister to ring at night")
WORRIES = ("Sleeps badly since the hearing", "The rent is two months behind")
EARLIER = (("Lee", 11, 8), ("Jordan", 7, 5), ("Ash", 4, 3))
NAMES = ("Alfie", "Bea", "Cai", "Dot", "Eli", "Fern", "Gwil", "Hari")


def keep_in_touch(dice: Dice, story: Story) -> None:
    """Letterbox with the first child; a strength and a worry of every parent in work."""
    episode, by = story.episode, story.by
    if episode is None or episode.closed_on:
        return
    for child in story.family.children[:1]:
        arrangement = FamilyTime(
            parent=episode.parent,
            child=child,
            kind="letterbox",
            how_often="Twice a year",
            with_whom="the letterbox office",
            months="6,12",
            agreed_on=episode.opened_on,
        )
        actions.agree_family_time(key=dice.key(), arrangement=arrangement, by=by)
    for kind, words in (("strength", STRENGTHS), ("worry", WORRIES)):
        actions.notice(
            key=dice.key(),
            episode=episode,
            kind=kind,
            wording=dice.pick(words),
            words_of=dice.pick(["parent", "together"]),
            noted_on=episode.opened_on,
            by=by,
        )


ANSWERS = {
    True: "He may know when the baby is due",
    False: "Not yet. I want to tell him myself",
}


def say_who_may_be_told(dice: Dice, mother: Family, father: Parent, *, may_be_told: bool) -> None:
    """The mother's answer about each of her pregnancies, asked by whoever works with her."""
    work = Allocation.objects.filter(episode__parent=mother.parent).order_by("from_date").last()
    for pregnancy in Pregnancy.objects.filter(mother=mother.parent).order_by("known_on"):
        if work is None or work.worker.user is None:
            return
        decide_telling(
            key=dice.key(),
            pregnancy=pregnancy,
            other_parent=father,
            may_be_told=may_be_told,
            decided_on=max(pregnancy.known_on, work.from_date),
            words=ANSWERS[may_be_told],
            words_of="parent",
            by=work.worker.user,
        )


def make_large_family(dice: Dice, story: Story) -> None:
    """One mother with children by several partners, twins and a stillborn child among them."""
    parent, by = story.family.parent, story.by
    members = [_partner(dice, story, *one) for one in EARLIER]
    for number, name in enumerate(NAMES):
        years_ago = 11 - number if number < 6 else 4
        born_on = today() - timedelta(days=365 * years_ago + 40 * number % 300)
        if name in ("Gwil", "Hari"):
            born_on = today() - timedelta(days=365 * 4 - 9)
        actions.add_child(
            key=dice.key(),
            parent=parent,
            child=Child(
                given_names=name,
                family_name=story.family.identity.family_name,
                date_of_birth=born_on,
                sex=dice.pick(["female", "male", "not_recorded"]),
                born="stillborn" if name == "Dot" else "live",
            ),
            relation="birth",
            other_member=members[min(number // 3, 2)],
            by=by,
        )


def _partner(dice: Dice, story: Story, name: str, start: int, end: int) -> FamilyMember:
    year = today().year
    spell = actions.record_partnership(
        key=dice.key(),
        spell=Partnership(
            parent=story.family.parent,
            started_on=date(year - start, 5, 1),
            ended_on=date(year - end, 9, 1) if end > 3 else None,
        ),
        new_member=FamilyMember(name=name, parent_role="father"),
        by=story.by,
    )
    assert spell.other_member
    return spell.other_member
