from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.parts import Role
from programme.assessments.models import Assessment, Meeting
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.measures.models import Measure
from programme.people.models import Child, ParentChild
from programme.support.models import Goal, Support
from recurrent.design.words import local_day
from tests import builders
from tests.programme.desk.scene import browser_of, make_scene

pytestmark = pytest.mark.django_db
RECORD = "desk:show_parent"


@pytest.fixture
def scene(db):
    scene = make_scene()
    episode, day = scene.episode, today() - timedelta(days=20)
    builders.stored(NextStep, episode=episode, wording="Bring the letter", due_on=day, done_on=day)
    builders.stored(
        Support, episode=episode, category="practical", kind="A washing machine", offered_on=day
    )
    builders.stored(Meeting, episode=episode, kind="formulation", held_on=day, due_on=day)
    builders.stored(Assessment, episode=episode, kind="pre_birth", started_on=day)
    builders.stored(Measure, episode=episode, instrument="wemwbs", completed_on=day)
    return scene


def titles(browser, scene, kind=""):
    page = browser.get(scene.address(RECORD), {"kind": kind} if kind else {})
    return [entry.title for entry in page.context["timeline"].entries]


def test_one_timeline_holds_everything_newest_first(scene):
    page = browser_of(scene.user).get(scene.address(RECORD))

    entries = page.context["timeline"].entries
    days = [local_day(entry.at) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert {entry.title for entry in entries} >= {
        "Home visit: we met or spoke",
        "Next step done",
        "Referred to Northtown",
        "Referral to Northtown: accepted",
        "Began with Northtown",
        "Ended with Northtown",
        "Stage: Engagement",
        "Grace Example began to work with this parent",
        "A pregnancy became known",
        "Keeping notes about contraception: given",
        "Goal agreed",
        "Help offered: practical help",
        "Formulation meeting",
        "Pre-birth assessment started",
        "Questionnaire completed",
        "Care proceedings issued",
        "Separated from Ivy",
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("contacts", ["Home visit: we met or spoke"] * 3),
        ("steps", ["Next step done"]),
        ("court", ["Care proceedings issued", "Separated from Ivy"]),
        ("plan", ["Goal agreed", *["Help offered: practical help"] * 2, "Goal agreed"]),
        ("no such kind", []),
    ],
)
def test_the_timeline_shows_one_kind_when_asked(scene, kind, expected):
    assert titles(browser_of(scene.user), scene, kind) == expected


def test_the_kinds_together_are_everything(scene):
    browser = browser_of(scene.user)
    page = browser.get(scene.address(RECORD))
    kinds = [code for code, _, _ in page.context["timeline"].kinds]

    by_kind = [title for kind in kinds for title in titles(browser, scene, kind)]

    assert sorted(by_kind) == sorted(titles(browser, scene))


def test_the_record_says_who_what_holds_and_what_is_next(scene):
    page = browser_of(scene.user).get(scene.address(RECORD))

    record = page.context["record"]
    assert (record.name, [one.workers for one in record.open]) == (
        "Alex Roy",
        [("Grace Example",)],
    )
    assert [one.stage for one in record.open] == ["Engagement"]
    assert record.goals == ("A flat",)
    assert [line.step.wording for line in record.steps] == ["Ring housing"]
    assert [one.estimates for one in record.pregnancies] == [1]
    assert [child.name for child in record.children] == ["Ivy"]
    assert [one.purpose for one in record.permissions] == ["record_contraception", "take_part"]
    assert (len(record.earlier), len(record.proceedings)) == (1, 1)


def test_a_goal_of_two_programmes_is_said_once(scene):
    other = builders.make_episode(scene.parent, scene.episode.programme)
    builders.stored(
        Goal, episode=other, wording="A flat", set_by="parent", agreed_on=today() - timedelta(1)
    )

    page = browser_of(scene.user).get(scene.address(RECORD))

    assert page.context["record"].goals == ("A flat",)


WHY = "Do not tell the former partner"


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.PRACTITIONER, True),
        (Role.SENIOR, True),
        (Role.COORDINATOR, False),
        (Role.MANAGER, False),
        (Role.DATA_OFFICER, False),
    ],
)
def test_why_a_parent_was_referred_is_read_by_those_who_refer(scene, role, reads):
    programme = scene.episode.programme
    builders.make_referral(scene.parent, programme, decision="pending", reason=WHY)
    reader = builders.make_user()
    builders.grant_role(reader, role, programme)

    page = browser_of(reader).get(scene.address(RECORD))

    assert [one.words for one in page.context["record"].reasons] == ([WHY] if reads else [])
    assert page.content.decode().count(WHY) == (2 if reads else 0)


def test_another_team_reads_why_once_it_was_asked_and_only_what_it_was_asked(scene):
    programme, other = scene.episode.programme, builders.make_programme()
    builders.make_referral(scene.parent, programme, decision="pending", reason="For our own team")
    builders.make_referral(scene.parent, other, decision="pending", reason=WHY)
    reader = builders.make_user()
    builders.grant_role(reader, Role.SENIOR, other)

    page = browser_of(reader).get(scene.address(RECORD))

    assert [one.words for one in page.context["record"].reasons] == [WHY]
    assert "For our own team" not in page.content.decode()


def test_a_reason_of_work_that_ended_is_left_to_the_timeline(scene):
    closed = builders.make_referral(scene.parent, scene.episode.programme, reason=WHY)
    builders.make_episode(scene.parent, scene.episode.programme, referral=closed, closed_on=today())

    page = browser_of(scene.user).get(scene.address(RECORD))

    assert page.context["record"].reasons == ()
    assert page.content.decode().count(WHY) == 1


def test_how_to_reach_stands_above_the_timeline(scene):
    page = browser_of(scene.user).get(scene.address(RECORD)).content.decode()

    assert page.index("How to reach Alex Roy safely") < page.index("07700 900123")
    assert page.index("07700 900123") < page.index(">Timeline<")


def test_a_colleague_of_the_team_reads_and_is_offered_no_change(scene):
    colleague = builders.make_practitioner(scene.programme)

    page = browser_of(colleague).get(scene.address(RECORD)).content.decode()

    assert "Talked about housing" in page
    for name in ("contacts:log_contact", "contacts:add_next_step", "episodes:change_stage"):
        assert f'href="{reverse(name, args=[scene.parent.pk])}"' not in page


def test_whoever_may_not_know_the_name_reads_the_reference(scene):
    manager = builders.make_practitioner(scene.programme, role=Role.MANAGER)

    page = browser_of(manager).get(scene.address(RECORD))

    words = page.content.decode()
    assert page.context["record"].name == scene.parent.reference
    assert [one in words for one in ("Alex", "Roy", "Ivy", "Talked about housing", "07700")] == [
        False
    ] * 5


def test_only_a_parent_who_may_be_pregnant_is_asked_about_it(scene):
    link = "pregnancies:record_pregnancy"
    father = make_scene("father")

    pages = [
        browser_of(one.user).get(one.address(RECORD)).content.decode() for one in (scene, father)
    ]

    assert [
        one.address(link) in page for one, page in zip((scene, father), pages, strict=True)
    ] == [
        True,
        False,
    ]


def test_the_title_has_the_reference_and_no_name(scene):
    page = browser_of(scene.user).get(scene.address(RECORD)).content.decode()

    title = page[page.index("<title>") : page.index("</title>")]
    assert (scene.parent.reference in title, "Roy" in title) == (True, False)


def test_record_hides_parents_of_other_teams(scene):
    stranger = builders.make_practitioner(builders.make_programme())

    assert browser_of(stranger).get(scene.address(RECORD)).status_code == 404


def test_record_asks_strangers_to_sign_in(client, scene):
    answer = client.get(scene.address(RECORD))

    assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_record_asks_a_fixed_number_of_queries(scene):
    browser = browser_of(scene.user)
    asked, held = [], 0
    for number in (1, 3, 30):
        for _ in range(number - held):
            _fill_record(scene)
        held = number
        browser.get(scene.address(RECORD))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(scene.address(RECORD))
        asked.append(len(queries))
        assert len(page.context["record"].steps) == number + 1

    assert asked == [asked[0]] * 3


def _fill_record(scene):
    """One more row of each kind that a record lists."""
    parent, episode, day = scene.parent, scene.episode, today()
    builders.make_contact(parent, episode, written_by=builders.make_user())
    builders.stored(NextStep, episode=episode, wording="Ring", due_on=day)
    builders.stored(NextStep, episode=episode, wording="Rang", done_on=day)
    builders.make_plan(episode)
    builders.stored(Goal, episode=episode, wording="Goal", set_by="parent", agreed_on=day)
    builders.make_safe_contact(parent)
    builders.make_document(parent, scene.programme, added_by=builders.make_user())
    builders.make_consent(parent, "take_part")
    builders.make_pregnancy(parent, day + timedelta(days=100))
    child = builders.stored(Child, given_names="One")
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    builders.make_episode(parent, scene.programme, scene.worker, closed_on=day)
