"""What the invented parents agreed to, and contraception as some of them let it be recorded."""

from datetime import date, time, timedelta

from programme.access.actors import SEEDER
from programme.access.models import TimedGrant, User
from programme.consents.actions import record_decision
from programme.contraception.actions import record_conversation, record_information
from programme.core.choices import ConsentCovers
from programme.core.dates import at_local, today
from programme.demo.dice import Dice
from programme.demo.history import Story

ANSWERS = (
    "no_decision",
    "prefer_not_to_say",
    "none",
    "method",
    "hoping_for_pregnancy",
    "abstaining",
)
METHODS = ("implant", "lng_iud_52", "cu_iud_10", "dmpa_im")
OTHERS = (
    "share_with_gp",
    "share_with_midwife",
    "text_messages",
    "evaluation",
    "share_with_social_care",
)


def ask(dice: Dice, story: Story, clinician: User) -> None:
    """Agreement to take part, some sharing, and for mothers who want it, contraception."""
    episode = story.episode
    assert episode is not None
    day = min(today(), episode.opened_on + timedelta(days=dice.between(0, 10)))
    _decide(dice, story, "take_part", "given", day)
    for purpose in dice.some(OTHERS, 1, 3):
        _decide(dice, story, purpose, dice.pick(["given", "given", "given", "refused"]), day)
    if story.family.parent.parent_role == "mother" and dice.happens(55):
        _contraception(dice, story, clinician, day + timedelta(days=dice.between(10, 60)))


def _decide(
    dice: Dice,
    story: Story,
    purpose: str,
    decision: str,
    day: date,
    covers: frozenset[str] = frozenset(),
) -> None:
    record_decision(
        key=dice.key(),
        parent=story.family.parent,
        purpose=purpose,
        decision=decision,
        decided_at=at_local(min(day, today() - timedelta(days=1)), time(11)),
        wording_version="1",
        given_how=dice.pick(["spoken", "written"]),
        covers=covers,
        explained_by=story.by.name,
        by=story.by,
    )


def _contraception(dice: Dice, story: Story, clinician: User, day: date) -> None:
    """She decides whether it is recorded and who sees it; some change their mind."""
    if day >= today() - timedelta(days=2):
        return
    if dice.happens(25):
        _decide(dice, story, "record_contraception", "refused", day)
        return
    covers = frozenset({ConsentCovers.OWN_WORKER.value, ConsentCovers.CLINICIAN.value})
    _decide(dice, story, "record_contraception", "given", day, covers)
    record_information(
        key=dice.key(),
        parent=story.family.parent,
        happened_on=day,
        explained_by_role="sexual_health_clinician",
        by=clinician,
    )
    answer = dice.pick(ANSWERS)
    record_conversation(
        key=dice.key(),
        parent=story.family.parent,
        happened_on=day,
        event="choice",
        answer=answer,
        method=dice.pick(METHODS) if answer == "method" else "",
        explained_by_role="sexual_health_clinician",
        by=clinician,
    )
    _refer_to(dice, story, clinician)
    if dice.happens(12):
        _decide(dice, story, "record_contraception", "withdrawn", day + timedelta(days=30))


def _refer_to(dice: Dice, story: Story, clinician: User) -> None:
    assert story.episode is not None
    if (
        story.episode.closed_on
        or not clinician.role_grants.filter(programme=story.team.programme).exists()
    ):
        return
    dice.put(
        TimedGrant,
        user=clinician,
        parent=story.family.parent,
        programme=story.team.programme,
        kind=TimedGrant.Kind.CLINICIAN,
        starts_at=at_local(today() - timedelta(days=30), time(9)),
        ends_at=at_local(today() + timedelta(days=330), time(9)),
        given_by_id=SEEDER,
    )
