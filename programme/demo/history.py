"""What happened with each invented parent: from referral to today, through the actions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from programme.access.models import User
from programme.contacts.actions import Place, add_next_step, finish_next_step, record_contact
from programme.core.choices import Decision
from programme.core.dates import at_local, today
from programme.demo import papers, words
from programme.demo.dice import Dice
from programme.demo.families import Family
from programme.demo.staff import Team
from programme.episodes.actions import allocate, change_stage, close_episode, open_episode
from programme.episodes.models import Episode
from programme.measures.models import Feedback, Measure
from programme.pathways.models import StageDefinition, Worker
from programme.pregnancies.models import Pregnancy
from programme.referrals.actions import decide_referral, receive_referral
from programme.referrals.models import Referral
from programme.support.models import Goal, GoalRating, NeedRating, Spending, Support, Therapy

# How many days a stage lasts, by pathway and stage; the last stage lasts until the end.
LENGTHS = {
    "pause": {"referred": 14, "engagement": 112, "decision": 14, "active": 540, "next_steps": 180},
    "pre_birth": {"pre_birth_assessment": 40, "awaiting_birth": 80, "post_birth_assessment": 40},
    "recurrent_offer": {"outreach": 40, "after_separation": 120, "active": 500},
}
FIRST_STAGE = {
    "pause": "engagement",
    "pre_birth": "pre_birth_assessment",
    "recurrent_offer": "outreach",
}
VISITS = ("home_visit", "home_visit", "community_visit", "office")
CALLS = ("phone", "text")
SOURCES = ("self", "midwife", "health_visitor", "social_worker", "early_help", "gp", "court")


@dataclass
class Story:
    """One parent's time with one programme, as it is told."""

    family: Family
    team: Team
    worker: Worker
    by: User
    referral: Referral
    episode: Episode | None = None


def refer(
    dice: Dice, family: Family, team: Team, received_on: date, pregnancy: Pregnancy | None
) -> Story:
    """A referral, decided within ten days unless it is newer than that."""
    worker = dice.pick(team.practitioners)
    assert worker.user is not None
    referral = receive_referral(
        key=dice.key(),
        parent=family.parent,
        programme=team.programme,
        received_on=received_on,
        source="midwife" if pregnancy and dice.happens(60) else dice.pick(SOURCES),
        reason="pregnant again; earlier children separated" if pregnancy else "wants support",
        pregnancy=pregnancy,
        by=worker.user,
    )
    story = Story(family, team, worker, worker.user, referral)
    if received_on < today() - timedelta(days=12):
        _decide(dice, story)
    return story


def _decide(dice: Dice, story: Story) -> None:
    decided_on = story.referral.received_on + timedelta(days=dice.between(1, 10))
    accepted = dice.happens(84)
    reason = dice.pick(["criteria_not_met", "out_of_area", "declined_by_parent", "no_capacity"])
    decide_referral(
        referral=story.referral,
        decision=Decision.ACCEPTED if accepted else Decision.NOT_ACCEPTED,
        decided_on=decided_on,
        seen_version=story.referral.version,
        not_accepted_reason="" if accepted else reason,
        passed_to=dice.pick(words.PASSED_TO) if reason == "criteria_not_met" else "",
        by=story.by,
    )
    if accepted:
        story.episode = open_episode(
            referral=story.referral,
            opened_on=decided_on,
            worker=story.worker,
            stage=FIRST_STAGE[story.team.programme.pathway_id],
            by=story.by,
        )


def live(dice: Dice, story: Story, until: date | None = None) -> None:
    """Everything of an episode: stages, contacts, plan, help, money; closed when it is over."""
    episode = story.episode
    assert episode is not None
    length = dice.between(200, 700) if story.team.programme.pathway_id != "pre_birth" else 260
    ends = until or episode.opened_on + timedelta(days=length)
    last = min(ends, today())
    _stages(story, last)
    _hand_over(dice, story, last)
    _contacts(dice, story, last)
    _plan(dice, story, last)
    _money(dice, story, last)
    if ends < today():
        _close(dice, story, ends)
    else:
        _agree_next(dice, story)
        papers.add(episode, story.by)


def _stages(story: Story, last: date) -> None:
    episode = story.episode
    assert episode is not None
    pathway = story.team.programme.pathway_id
    codes = list(
        StageDefinition.objects.filter(pathway_id=pathway)
        .order_by("position")
        .values_list("code", flat=True)
    )
    day = episode.opened_on
    for code in codes[codes.index(FIRST_STAGE[pathway]) :]:
        change_stage(episode=episode, stage=code, entered_on=day, by=story.by)
        day += timedelta(days=LENGTHS[pathway].get(code, 90))
        if day >= last:
            return


def _hand_over(dice: Dice, story: Story, last: date) -> None:
    """Now and then the worker changes."""
    episode = story.episode
    assert episode is not None
    if dice.happens(20) and (last - episode.opened_on).days > 150:
        story.worker = dice.pick(story.team.practitioners)
        assert story.worker.user is not None
        day = dice.day(episode.opened_on + timedelta(days=60), last - timedelta(days=30))
        if story.worker.pk not in episode.allocations.values_list("worker_id", flat=True):
            allocate(episode=episode, worker=story.worker, from_date=day, by=story.by)
            story.by = story.worker.user


def _contacts(dice: Dice, story: Story, last: date) -> None:
    episode = story.episode
    assert episode is not None
    day = episode.opened_on + timedelta(days=dice.between(1, 6))
    while day <= last:
        _contact(dice, story, episode, day)
        weeks = 1 if (day - episode.opened_on).days < 60 else 3
        day += timedelta(days=dice.between(5 * weeks, 12 * weeks))


def _contact(dice: Dice, story: Story, episode: Episode, day: date) -> None:
    outcome = dice.pick(
        ["met"] * 7 + ["tried_no_answer", "missed_by_parent", "cancelled_by_parent"]
    )
    mode = dice.pick([*VISITS, *CALLS])
    if outcome == "tried_no_answer":
        mode = "phone"
    elif outcome == "missed_by_parent":
        mode = dice.pick(VISITS)
    notes = words.SPOKE if mode in CALLS else words.MET
    moment = at_local(day, time(dice.between(9, 16), dice.pick([0, 15, 30, 45])))
    record_contact(
        key=dice.key(),
        parent=story.family.parent,
        place=Place(story.team.programme, episode=episode),
        worker=story.worker,
        happened_at=min(moment, _a_while_ago()),
        mode=mode,
        outcome=outcome,
        note=dice.pick(notes) if outcome == "met" else "",
        purpose="support",
        planned=mode in VISITS,
        minutes=dice.pick([20, 30, 45, 60, 90]) if outcome == "met" else None,
        by=story.by,
    )


def _a_while_ago() -> datetime:
    return at_local(today() - timedelta(days=1), time(16))


def _plan(dice: Dice, story: Story, last: date) -> None:
    episode = story.episode
    assert episode is not None
    start = episode.opened_on
    for need in dice.some(
        ["housing", "money_and_debt", "domestic_abuse", "mental_health", "grief_and_loss"], 2, 4
    ):
        _need(dice, episode, need, last)
    for wording, kind in dice.some(words.GOALS, 1, 3):
        agreed_on = dice.day(start, min(last, start + timedelta(days=60)))
        goal = dice.put(
            Goal, episode=episode, wording=wording, set_by="parent", kind=kind, agreed_on=agreed_on
        )
        dice.put(GoalRating, goal=goal, rated_on=agreed_on, rating=dice.between(0, 4))
        if (last - agreed_on).days > 90:
            dice.put(GoalRating, goal=goal, rated_on=last, rating=dice.between(2, 9))
    for category, kind, provider in dice.some(words.HELP, 2, 4):
        _help(dice, episode, category, kind, provider, last)
    _asked(dice, story, episode, last)


def _need(dice: Dice, episode: Episode, need: str, last: date) -> None:
    first = dice.between(2, 4)
    rated_on = min(last, episode.opened_on + timedelta(days=14))
    dice.put(
        NeedRating, episode=episode, need=need, rated_on=rated_on, level=first, rated_by="together"
    )
    if (last - rated_on).days > 90:
        later = max(0, first - dice.between(-1, 3))
        dice.put(
            NeedRating,
            episode=episode,
            need=need,
            rated_on=last,
            level=min(4, later),
            rated_by="together",
        )


def _help(
    dice: Dice, episode: Episode, category: str, kind: str, provider: str, last: date
) -> None:
    offered_on = dice.day(episode.opened_on, last)
    response = dice.pick(["taken", "taken", "taken", "declined", "waiting"])
    started_on = offered_on + timedelta(days=dice.between(0, 20))
    values = {
        "episode": episode,
        "offered_on": offered_on,
        "response": response,
        "started_on": started_on if response == "taken" and started_on <= today() else None,
        "kind": kind,
        "provider": provider,
    }
    if category == "therapeutic":
        dice.put(Therapy, **values)
    else:
        dice.put(Support, category=category, **values)


def _asked(dice: Dice, story: Story, episode: Episode, last: date) -> None:
    """Questionnaires and what she says about the service."""
    dice.put(
        Measure,
        episode=episode,
        instrument="core10",
        completed_on=min(last, episode.opened_on + timedelta(days=21)),
        total=dice.between(12, 32),
    )
    if (last - episode.opened_on).days > 120:
        dice.put(
            Measure,
            episode=episode,
            instrument="core10",
            completed_on=last,
            total=dice.between(5, 25),
        )
        dice.put(
            Feedback,
            episode=episode,
            respondent=story.family.parent.parent_role,
            about="service",
            asked_on=last,
            answered_on=last if dice.happens(75) else None,
            question="felt_listened_to",
            answer=dice.pick(["strongly_agree", "agree", "agree", "neither", "disagree"])
            if dice.happens(90)
            else "",
        )


def _money(dice: Dice, story: Story, last: date) -> None:
    episode = story.episode
    assert episode is not None
    for _ in range(dice.between(0, 4)):
        dice.put(
            Spending,
            episode=episode,
            spent_on=dice.day(episode.opened_on, last),
            amount=Decimal(dice.between(400, 9000)) / 100,
            what_for=dice.pick(
                ["bus pass", "cot", "course fee", "phone credit", "birth certificate"]
            ),
        )


def _agree_next(dice: Dice, story: Story) -> None:
    episode = story.episode
    assert episode is not None
    for wording in dice.some(words.STEPS, 1, 2):
        step = add_next_step(
            key=dice.key(),
            episode=episode,
            wording=wording,
            due_on=today() + timedelta(days=dice.between(-4, 14)),
            by=story.by,
        )
        if dice.happens(25):
            finish_next_step(step=step, by=story.by)


def _close(dice: Dice, story: Story, on: date) -> None:
    reason = dice.pick(
        [
            "completed",
            "completed",
            "moved_to_next_steps",
            "moved_area",
            "lost_touch",
            "chose_not_to_continue",
        ]
    )
    assert story.episode is not None
    story.episode.refresh_from_db()
    close_episode(
        episode=story.episode,
        closed_on=on,
        reason=reason,
        seen_version=story.episode.version,
        by=story.by,
    )
