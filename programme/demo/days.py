"""The days around today in the demonstration: planned contacts, a weekly group, and who is away."""

from datetime import time, timedelta

from programme.access.models import User
from programme.access.scope import acting_as
from programme.contacts.actions import Place, plan_contact
from programme.contacts.models import PlannedContact
from programme.core.dates import at_local, today
from programme.cover.actions import arrange_cover
from programme.cover.reads import held_of
from programme.demo.dice import Dice
from programme.demo.history import Story
from programme.demo.staff import Team
from programme.episodes.models import Episode
from programme.groups.actions import Mark, begin_group, choose_people, plan_sessions, save_register
from programme.groups.models import Answer, Every, GroupKind, GroupSession
from programme.pathways.models import Worker
from programme.people.models import Parent

GROUPS = {"pause": "Thursday kitchen", "pre_birth": "Walk and talk", "offer": "Craft morning"}
AT = time(11)
WEEKS_BACK, WEEKS_AHEAD = 4, 4
MOST_PEOPLE = 6


def plan(dice: Dice, story: Story) -> None:
    """A contact to come with some, and with a few one of which nobody has said what became."""
    if dice.happens(40):
        plan_contact(
            key=dice.key(),
            parent=story.family.parent,
            place=_place(story),
            worker=story.worker,
            planned_for=at_local(today() + timedelta(days=dice.between(1, 6)), time(10, 30)),
            mode=dice.pick(("home_visit", "office", "community_visit")),
            with_whom=dice.pick(("", "", "the midwife", "the health visitor")),
            by=story.by,
        )
    elif dice.happens(10):
        dice.put(
            PlannedContact,
            parent=story.family.parent,
            programme=story.team.programme,
            episode=story.episode,
            worker=story.worker,
            planned_for=at_local(today() - timedelta(days=1), time(14)),
            mode="home_visit",
            written_by=story.by,
        )


def hold_groups(dice: Dice, teams: dict[str, Team]) -> None:
    """One drop-in or group in each programme: past dates with a register, and dates to come."""
    for code, team in teams.items():
        worker = team.practitioners[0]
        assert worker.user is not None
        with acting_as(worker.user):
            _hold(dice, code, team, worker)


def cover(dice: Dice, team: Team, senior: User) -> None:
    """The second worker of a team is away this week, and the first stands in."""
    stand_in, away = team.practitioners[:2]
    assert stand_in.user is not None
    with acting_as(senior):
        arrange_cover(
            key=dice.key(),
            worker=away,
            stand_ins={one.parent_id: stand_in.user for one in held_of(away)},
            from_day=today(),
            to_day=today() + timedelta(days=4),
            by=senior,
        )


def _hold(dice: Dice, code: str, team: Team, worker: Worker) -> None:
    assert worker.user is not None
    kind = GroupKind.GROUP if code == "pre_birth" else GroupKind.DROP_IN
    group = begin_group(
        key=dice.key(), programme=team.programme, name=GROUPS[code], kind=kind, by=worker.user
    )
    first_on = today() - timedelta(weeks=WEEKS_BACK, days=-1)
    plan_sessions(
        group=group,
        first_on=first_on,
        at=AT,
        times=WEEKS_BACK + WEEKS_AHEAD,
        every=Every.WEEK,
        by=worker.user,
    )
    people = _open_with(worker)[:MOST_PEOPLE]
    choose_people(group=group, chosen=people, left=[], by=worker.user)
    held = GroupSession.objects.filter(group=group, starts_at__date__lt=today())
    for session in held.order_by("starts_at"):
        marks = [Mark(one, _answer(dice)) for one in people]
        came = sum(mark.answer == Answer.CAME for mark in marks)
        save_register(
            session=session,
            marks=marks,
            head_count=came + dice.between(0, 2),
            first_names="",
            seen_version=session.version,
            by=worker.user,
        )


def _open_with(worker: Worker) -> list[Parent]:
    held = Episode.objects.filter(
        allocations__worker=worker, allocations__to_date=None, closed_on=None
    )
    long_enough = held.filter(opened_on__lte=today() - timedelta(weeks=WEEKS_BACK))
    return [one.parent for one in long_enough.select_related("parent").order_by("opened_on", "pk")]


def _answer(dice: Dice) -> str:
    return dice.pick((Answer.CAME, Answer.CAME, Answer.CAME, Answer.DID_NOT_COME, Answer.SAID_NO))


def _place(story: Story) -> Place:
    return Place(story.team.programme, episode=story.episode)
