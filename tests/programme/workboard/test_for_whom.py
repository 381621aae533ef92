"""What is due is said to whoever may know it, changes with the record, and comes back with it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.assessments.models import Assessment, Meeting
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.actions import close_episode
from programme.episodes.models import Episode, Supervision
from programme.people.models import Child, ParentChild
from programme.pregnancies.actions import add_due_date, record_ending, take_back_ending
from programme.pregnancies.models import Pregnancy
from programme.proceedings.models import Separation
from programme.workboard.reads import AGREED, due_items
from tests import builders

DAY = timedelta(days=1)


@pytest.fixture
def before_birth(db):
    return builders.make_programme("Unborn Baby Team", pathway="pre_birth")


@pytest.fixture
def expecting(before_birth):
    """A practitioner, her parent, the episode before birth, and the pregnancy."""
    user = builders.make_practitioner(before_birth)
    mother = builders.make_parent()
    pregnancy = builders.make_pregnancy(mother, today() + 100 * DAY)
    referral = builders.make_referral(mother, before_birth, pregnancy=pregnancy)
    episode = builders.make_episode(mother, before_birth, user.workers.get(), referral=referral)
    return user, mother, episode, pregnancy


def due_to(user, *parents):
    with acting_as(user):
        return due_items([one.pk for one in parents])


def agree(episode, wording):
    return builders.stored(NextStep, episode=episode, wording=wording)


def rules(items):
    return {item.rule for item in items}


def test_a_due_date_that_moves_takes_what_hangs_on_it_along(expecting):
    user, mother, _, pregnancy = expecting
    before = {item.rule: item.due_on for item in due_to(user, mother)}

    with acting_as(user):
        add_due_date(
            pregnancy=pregnancy,
            estimated_due_date=today() + 107 * DAY,
            basis="clinical",
            recorded_on=today(),
            by=user,
        )

    after = {item.rule: item.due_on for item in due_to(user, mother)}
    assert after["T20"] - before["T20"] == after["T09"] - before["T09"] == 7 * DAY
    assert after["T26"] == before["T26"]


def test_a_loss_stops_all_about_that_pregnancy_and_nothing_else_and_can_be_taken_back(expecting):
    user, mother, episode, pregnancy = expecting
    agree(episode, "Ring the midwife")
    other = builders.make_parent()
    builders.make_pregnancy(other, today() + 90 * DAY)
    builders.make_episode(other, episode.programme, user.workers.get())
    before, others = due_to(user, mother), due_to(user, other)
    assert {"T09", "T20"} <= rules(before)

    with acting_as(user):
        record_ending(
            pregnancy=pregnancy, outcome="miscarriage", ended_on=today(), seen_version=1, by=user
        )

    assert due_to(user, mother) == [item for item in before if item.rule not in ("T09", "T20")]
    assert due_to(user, other) == others

    with acting_as(user):
        ended = Pregnancy.objects.get(pk=pregnancy.pk)
        take_back_ending(pregnancy=ended, seen_version=2, reason="Another record", by=user)

    assert due_to(user, mother) == before


def lose(user, pregnancy, ended_on=None, outcome="miscarriage"):
    with acting_as(user):
        record_ending(
            pregnancy=pregnancy,
            outcome=outcome,
            ended_on=ended_on or today(),
            seen_version=1,
            by=user,
        )


def set_meeting(episode, kind, days, **more):
    return builders.stored(
        Meeting, episode=episode, kind=kind, due_on=today() + days * DAY, **more
    ).pk


def assess(episode, days_ago, **about):
    started_on = today() - days_ago * DAY
    return builders.stored(
        Assessment, episode=episode, kind="pre_birth", started_on=started_on, **about
    ).pk


@pytest.mark.parametrize("outcome", ["miscarriage", "stillbirth", "termination"])
def test_a_loss_stops_assessments_and_meetings_of_that_baby_until_it_is_taken_back(
    expecting, outcome
):
    user, mother, episode, pregnancy = expecting
    stops = {
        assess(episode, 9, pregnancy=pregnancy),
        assess(episode, 8),
        set_meeting(episode, "initial_child_protection_conference", 5),
        set_meeting(episode, "birth_planning", 6),
        set_meeting(episode, "family_group_conference", 6),
    }
    stays = {
        set_meeting(episode, "formulation", 3),
        set_meeting(episode, "professionals", 4),
        set_meeting(episode, "looked_after_review", 7),
    }
    before = due_to(user, mother)
    assert stops | stays <= {item.row for item in before}

    lose(user, pregnancy, outcome=outcome)

    after = {item.row for item in due_to(user, mother)}
    assert (after & stops, after & stays) == (set(), stays)

    with acting_as(user):
        ended = Pregnancy.objects.get(pk=pregnancy.pk)
        take_back_ending(pregnancy=ended, seen_version=2, reason="Another record", by=user)
    assert due_to(user, mother) == before


def test_after_a_termination_the_same_is_due_to_those_who_are_not_told_of_it(
    expecting, before_birth
):
    user, mother, episode, pregnancy = expecting
    senior = builders.make_practitioner(before_birth, role=Role.SENIOR)
    assess(episode, 8)
    set_meeting(episode, "initial_child_protection_conference", 5)
    lose(user, pregnancy, outcome="termination")

    with acting_as(senior):
        assert not Pregnancy.objects.filter(pk=pregnancy.pk).exists()
    seen = [{item.row for item in due_to(one, mother)} for one in (user, senior)]
    assert seen[0] == seen[1] != set()


def test_his_assessment_stays_where_his_worker_is_not_told_how_it_ended(before_birth):
    user = builders.make_practitioner(before_birth)
    pregnancy = builders.make_pregnancy(builders.make_parent(), today() + 60 * DAY)
    father = builders.make_parent("father")
    referral = builders.make_referral(father, before_birth, pregnancy=pregnancy)
    episode = builders.make_episode(father, before_birth, user.workers.get(), referral=referral)
    row = assess(episode, 9, pregnancy=pregnancy)

    assert row in {item.row for item in due_to(user, father)}


def test_the_next_conference_is_not_asked_for_after_a_loss(expecting):
    user, mother, episode, pregnancy = expecting
    held = {"kind": "initial_child_protection_conference", "held_on": today() - 3 * DAY}
    builders.stored(Meeting, episode=episode, **held)
    assert "T11" in rules(due_to(user, mother))

    lose(user, pregnancy)

    assert "T11" not in rules(due_to(user, mother))


def test_what_may_be_about_another_child_stays_after_a_loss(before_birth):
    user = builders.make_practitioner(before_birth)
    mother = builders.make_parent()
    lost = builders.make_pregnancy(mother, today() + 60 * DAY)
    # Work that is about no pregnancy: a conference may be about any of her children.
    referral = builders.make_referral(mother, before_birth)
    episode = builders.make_episode(mother, before_birth, user.workers.get(), referral=referral)
    conference = set_meeting(episode, "review_child_protection_conference", 5)
    earlier, later = assess(episode, 9), assess(episode, 0)

    lose(user, lost, ended_on=today() - DAY)

    after = {item.row for item in due_to(user, mother)}
    assert {conference, later} <= after
    assert earlier not in after


def test_what_was_set_when_another_baby_was_known_of_stays_after_a_loss(expecting):
    user, mother, episode, pregnancy = expecting
    another = builders.make_pregnancy(mother, today() + 200 * DAY, known_on=today() - 2 * DAY)
    conference = set_meeting(episode, "initial_child_protection_conference", 5)
    earlier, later = assess(episode, 9), assess(episode, 1)

    lose(user, pregnancy)

    after = {item.row for item in due_to(user, mother)}
    assert {conference, later} <= after
    assert earlier not in after
    assert another.is_ongoing


def test_a_live_birth_leaves_the_assessment_and_the_conference_to_be_done(expecting):
    user, mother, episode, pregnancy = expecting
    rows = {assess(episode, 9), set_meeting(episode, "initial_child_protection_conference", 5)}

    lose(user, pregnancy, outcome="live_birth")

    assert rows <= {item.row for item in due_to(user, mother)}


def test_ending_an_episode_ends_what_hung_on_it(expecting):
    user, mother, episode, _ = expecting
    agree(episode, "Ring the midwife")
    assert rules(due_to(user, mother)) >= {AGREED, "T20", "T23", "T26"}

    with acting_as(user):
        close_episode(
            episode=Episode.objects.get(pk=episode.pk),
            closed_on=today(),
            reason="completed",
            seen_version=1,
            by=user,
        )

    assert due_to(user, mother) == []


def test_an_agreed_pause_stops_the_long_gap_only_and_is_itself_reviewed(expecting):
    user, mother, episode, _ = expecting
    before = due_to(user, mother)

    pause = builders.make_pause(episode)

    after = due_to(user, mother)
    assert [item for item in after if item.row != pause.pk] == [
        item for item in before if item.rule != "T26"
    ]
    assert rules(after) - rules(before) == {"review"}


def test_supervision_counts_from_the_last(expecting):
    user, mother, episode, _ = expecting
    for days in (40, 10):
        builders.stored(Supervision, episode=episode, held_on=today() - days * DAY)

    (item,) = [one for one in due_to(user, mother) if one.rule == "T23"]

    assert item.when(today() - 10 * DAY).startswith("in ")
    assert item.why.startswith("within 2 months of the last supervision")


def test_a_coordinator_is_not_told_that_nothing_was_done(expecting, before_birth):
    """She sees meetings, and neither supervision nor the notes of others."""
    _, mother, episode, _ = expecting
    user = builders.make_user()
    builders.grant_role(user, Role.COORDINATOR, before_birth)
    builders.make_contact(mother, episode, happened_at=timezone.now())

    assert rules(due_to(user, mother)) == {"T09", "T20"}


def test_court_days_are_for_who_sees_the_court_part(expecting, before_birth):
    user, mother, _, _ = expecting
    builders.make_proceedings(mother, issued_on=today() - 3 * DAY)
    coordinator = builders.make_user()
    builders.grant_role(coordinator, Role.COORDINATOR, before_birth)

    assert {"T14", "T15"} <= rules(due_to(user, mother))
    assert not {"T14", "T15"} & rules(due_to(coordinator, mother))


def test_a_separation_is_of_the_family_of_birth_and_not_of_the_adopters(expecting):
    user, mother, episode, _ = expecting
    adopter = builders.make_parent()
    builders.make_episode(adopter, episode.programme, user.workers.get())
    child = builders.stored(Child, date_of_birth=today() - 900 * DAY)
    for parent, relation in ((mother, "birth"), (adopter, "adoptive")):
        builders.stored(ParentChild, parent=parent, child=child, relation=relation)
    builders.stored(Separation, child=child, separated_on=today())

    found = [item for item in due_to(user, mother, adopter) if item.rule == "T24"]

    assert [item.parent_id for item in found] == [mother.pk]


def test_nothing_is_said_of_a_stranger_s_parent(expecting, programme):
    _, mother, _, _ = expecting
    stranger = builders.make_practitioner(programme)

    assert due_to(stranger, mother) == []


def test_it_asks_the_same_number_of_queries_for_any_number(expecting, before_birth):
    user, mother, _, _ = expecting
    everyone = [mother]
    asked = []
    for number in (1, 3, 12):
        while len(everyone) < number:
            parent = builders.make_parent()
            builders.make_pregnancy(parent, today() + 90 * DAY)
            builders.make_proceedings(parent, issued_on=today())
            builders.make_referral(parent, before_birth, decision="pending")
            builders.make_episode(parent, before_birth, user.workers.get())
            everyone.append(parent)
        with CaptureQueriesContext(connection) as queries:
            items = due_to(user, *everyone)
        assert {item.parent_id for item in items} == {one.pk for one in everyone}
        asked.append(len(queries))

    assert asked == [asked[0]] * 3
