"""Goals in the parent's words and help: agreed, offered, rated, ended, put right by hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.contacts.models import Served
from programme.core.dates import today
from programme.support.models import Goal, GoalRating, Support
from recurrent.design.words import day_and_year
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import queries
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WORDS = "Cael fy merch adref ar ddydd Sul"


@pytest.fixture
def programme():
    return builders.make_programme("Pause", pathway="pause")


@pytest.fixture
def worker(programme):
    return builders.make_practitioner(programme)


@pytest.fixture
def mother():
    return builders.make_parent()


@pytest.fixture
def episode(programme, worker, mother):
    return builders.make_episode(mother, programme, worker.workers.get())


@pytest.fixture
def hers(worker, episode):
    return browser_of(worker)


@pytest.fixture
def senior(programme, episode):
    return browser_of(builders.make_practitioner(programme, role=Role.SENIOR))


def at(name, parent, *rest):
    return reverse(f"support:{name}", args=[parent.pk, *rest])


def send(browser, address, **typed):
    page = browser.get(address).content.decode()
    return browser.post(address, as_sent(page) | typed)


# --- From agreeing it to having served it -----------------------------------------------------


def test_a_goal_agreed_by_hand_can_be_ticked_on_a_contact(hers, mother):
    answer = send(hers, at("agree_goal", mother), wording=WORDS, set_by="parent")
    assert answer.status_code == 302
    (goal,) = rows(Goal)
    assert (goal.wording, goal.agreed_on, goal.ended_on) == (WORDS, today(), None)

    log = reverse("contacts:log_contact", args=[mother.pk])
    assert f"Goal: {WORDS}" in hers.get(log).content.decode()
    met = {"outcome": "met", "mode": "phone", "note": "She rang", "served": f"goal-{goal.pk}"}
    assert send(hers, log, **met).status_code == 302
    assert [one.goal_id for one in rows(Served)] == [goal.pk]
    assert WORDS in hers.get(reverse("desk:show_parent", args=[mother.pk])).content.decode()


def test_help_that_was_not_wanted_is_not_offered_to_be_ticked(hers, mother):
    log = reverse("contacts:log_contact", args=[mother.pk])
    offered = {"category": "practical", "kind": "A housing form"}
    send(hers, at("offer_help", mother), **offered, response="taken")
    assert "Help: A housing form" in hers.get(log).content.decode()

    (support,) = rows(Support)
    send(hers, at("change_help", mother, support.pk), response="declined")

    assert "Help: A housing form" not in hers.get(log).content.decode()


@pytest.mark.parametrize("end", ["reached", "changed", "let_go"])
def test_a_goal_that_ended_is_on_the_record_no_more_and_on_the_list_still(
    hers, mother, episode, end
):
    goal = builders.make_goal(episode, wording=WORDS)

    answer = send(hers, at("change_goal", mother, goal.pk), stands=end)

    assert answer.status_code == 302
    (kept,) = rows(Goal)
    assert (kept.ended_how, kept.ended_on, kept.wording) == (end, today(), WORDS)
    log = hers.get(reverse("contacts:log_contact", args=[mother.pk])).content.decode()
    assert WORDS not in log
    assert WORDS in hers.get(at("show_plan", mother)).content.decode()


def test_how_far_it_has_come_is_kept_each_time_and_the_latest_is_shown(hers, mother, episode):
    goal = builders.make_goal(episode)
    builders.stored(GoalRating, goal=goal, rated_on=today() - 30 * DAY, rating=2)

    send(hers, at("change_goal", mother, goal.pk), rating="7")

    assert sorted(one.rating for one in rows(GoalRating)) == [2, 7]
    (line,) = hers.get(at("show_plan", mother)).context["plan"].goals
    assert any(said.startswith("7 out of 10") for said in line.said)
    assert rows(Goal)[0].version == goal.version


def test_help_taken_up_says_when_and_how_much_it_helped(hers, mother, episode):
    support = builders.make_help(episode, offered_on=today() - 9 * DAY)
    began, ended = boxes("started_on", today() - 5 * DAY), boxes("ended_on", today() - DAY)

    address = at("change_help", mother, support.pk)
    send(hers, address, response="taken", **began, **ended, parent_rating="8")

    (kept,) = rows(Support)
    assert (kept.response, kept.started_on, kept.ended_on, kept.parent_rating) == (
        "taken",
        today() - 5 * DAY,
        today() - DAY,
        8,
    )
    send(hers, address, response="waiting", reason="It was for somebody else")
    (kept,) = rows(Support)
    assert (kept.started_on, kept.ended_on, kept.parent_rating) == (None, None, None)


# --- What is refused, kept and put right ------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "typed", "fields"),
    [
        ("agree_goal", {}, ["wording", "set_by"]),
        ("agree_goal", {"wording": WORDS, **boxes("agreed_on", today() + DAY)}, ["agreed_on"]),
        ("offer_help", {"category": "therapeutic"}, ["category", "kind"]),
        ("offer_help", {"parent_rating": "11", "response": "taken"}, ["parent_rating"]),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_stored(
    hers, mother, page, typed, fields
):
    answer = send(hers, at(page, mother), **typed)

    assert answer.status_code == 200
    assert set(fields) <= set(answer.context["form"].errors)
    assert rows(Goal) == rows(Support) == []


def test_ended_before_it_was_agreed_is_refused_and_every_word_stays(hers, mother, episode):
    goal = builders.make_goal(episode)
    early = boxes("ended_on", today() - DAY)

    typed = {"wording": WORDS, "stands": "reached", "reason": "Her own words", **early}
    page = send(hers, at("change_goal", mother, goal.pk), **typed)

    assert "It ended before it was agreed." in page.content.decode()
    assert page.context["form"]["wording"].value() == WORDS
    assert rows(Goal)[0].ended_on is None


def test_ending_and_rating_need_no_reason_other_words_do(senior, mother, episode):
    goal = builders.make_goal(episode)
    address = at("change_goal", mother, goal.pk)

    page = send(senior, address, wording=WORDS)
    assert list(page.context["form"].errors) == ["reason"]
    assert send(senior, address, wording=WORDS, reason="Her own words").status_code == 302
    assert send(senior, address, stands="reached", rating="10").status_code == 302
    page = send(senior, address, stands="goes_on")
    assert list(page.context["form"].errors) == ["reason"]

    (kept,) = rows(Goal)
    assert (kept.wording, kept.ended_how) == (WORDS, "reached")
    with builders.as_seeder():
        reasons = [line.history_change_reason for line in kept.history.all()]
    assert "Her own words" in reasons


def test_what_help_it_was_needs_a_reason_what_came_of_it_does_not(senior, mother, episode):
    support = builders.make_help(episode)
    address = at("change_help", mother, support.pk)

    assert send(senior, address, response="taken").status_code == 302
    page = send(senior, address, kind="A debt letter")

    assert list(page.context["form"].errors) == ["reason"]
    (kept,) = rows(Support)
    assert (kept.response, kept.kind) == ("taken", support.kind)


def test_changed_meanwhile_both_are_kept(hers, mother, episode):
    goal = builders.make_goal(episode)
    address = at("change_goal", mother, goal.pk)
    opened = as_sent(hers.get(address).content.decode())
    send(hers, address, stands="let_go")

    page = hers.post(address, opened | {"wording": WORDS})

    assert page.status_code == 200
    assert page.context["form"]["wording"].value() == WORDS
    assert {
        one.label: (one.stored, one.typed) for one in page.context["form"].both.differences
    } == {
        "How does it stand?": ("It was let go", "It goes on"),
        "Since when?": (day_and_year(today()), "Not recorded"),
        "What is the goal, in the parent’s own words?": (goal.wording, WORDS),
    }
    assert rows(Goal)[0].ended_how == "let_go"


@pytest.mark.parametrize("page", ["agree_goal", "offer_help", "change_goal"])
def test_sent_twice_it_is_one(hers, mother, episode, page):
    typed = {
        "agree_goal": {"wording": WORDS, "set_by": "parent"},
        "offer_help": {"category": "practical", "kind": "A housing form"},
        "change_goal": {"rating": "6"},
    }
    ids = [builders.make_goal(episode).pk] if page == "change_goal" else []
    address = at(page, mother, *ids)
    sent = as_sent(hers.get(address).content.decode()) | typed[page] | {"key": str(uuid4())}

    answers = [hers.post(address, sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    kept = {"agree_goal": Goal, "offer_help": Support, "change_goal": GoalRating}[page]
    assert len(rows(kept)) == 1


# --- Who, and where ---------------------------------------------------------------------------


def test_after_the_work_has_ended_it_is_read_and_not_changed(senior, mother, episode):
    goal = builders.make_goal(episode, wording=WORDS)
    with builders.as_seeder():
        episode.closed_on = today()
        episode.save()

    page = senior.get(at("show_plan", mother)).content.decode()

    assert WORDS in page and "Agree a goal" not in page
    assert senior.get(at("change_goal", mother, goal.pk)).status_code == 403
    assert senior.get(at("agree_goal", mother)).status_code == 403


def test_where_there_are_two_works_it_asks_which(hers, mother, worker, episode):
    other = builders.make_programme("Next Steps")
    builders.grant_role(worker, Role.PRACTITIONER, other)
    second = builders.make_episode(mother, other, worker.workers.get())

    page = send(hers, at("agree_goal", mother), wording=WORDS, set_by="parent")
    assert list(page.context["form"].errors) == ["episode"]
    send(hers, at("agree_goal", mother), wording=WORDS, set_by="parent", episode=str(second.pk))

    assert [one.episode_id for one in rows(Goal)] == [second.pk]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_whatever_it_holds(hers, mother, episode, number):
    for ago in range(number):
        goal = builders.make_goal(episode, agreed_on=today() - ago * DAY)
        builders.stored(GoalRating, goal=goal, rated_on=today(), rating=5)
        builders.make_help(episode)

    with queries(11):
        hers.get(at("show_plan", mother))
