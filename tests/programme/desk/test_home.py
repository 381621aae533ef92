from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access.models import TimedGrant
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.writing import store
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.families.models import ImportantDate
from programme.people import actions as rules
from programme.people.models import Child, ParentChild
from programme.pregnancies.actions import record_ending
from programme.pregnancies.models import Pregnancy
from programme.proceedings.models import Hearing
from programme.referrals.models import Identification
from programme.workboard.reads import AGREED
from recurrent.design.words import day
from tests import builders
from tests.programme.desk.scene import CANARY_POSTCODE, browser_of

HOME = "/home/"
# Everything counted: session, user, roles, the transaction's two ends.
# SQLite is asked each question by itself.
AT_MOST = {"postgresql": 10, "sqlite": 50}


def another(programme, worker=None, **identity):
    parent = builders.make_parent(**identity)
    return builders.make_episode(parent, programme, worker)


def add_step(episode, wording, due_on, **values):
    return builders.stored(NextStep, episode=episode, wording=wording, due_on=due_on, **values)


def shown(browser):
    return browser.get(HOME).context["home"]


# --- My parents -------------------------------------------------------------------------------


def test_my_parents_have_their_stage_and_the_longest_unseen_comes_first(
    hers, parent, programme, worker, episode
):
    builders.enter_stage(episode, "engagement", episode.opened_on)
    builders.make_contact(parent, episode, happened_at=builders.days_ago(2))
    long_ago = another(programme, worker, given_names="Bea", family_name="Roy")
    builders.make_contact(long_ago.parent, long_ago, happened_at=builders.days_ago(31))
    another(programme, worker, given_names="Cat", family_name="Fox")

    rows = shown(hers).parents

    assert [(row.name, row.stage) for row in rows] == [
        ("Cat Fox", "No stage yet"),
        ("Bea Roy", "No stage yet"),
        ("Ann Lee", "Engagement"),
    ]
    assert [row.meetings.in_words if row.meetings else "not met yet" for row in rows][1] == (
        "not seen for 31 days"
    )


def test_each_parent_has_the_two_ways_to_log(hers, parent):
    page = hers.get(HOME).content.decode()

    for name in ("contacts:log_contact", "contacts:log_no_answer", "desk:show_parent"):
        assert f'href="{reverse(name, args=[parent.pk])}"' in page


def test_a_clinician_finds_the_parents_who_are_referred_to_her_while_it_lasts(
    sign_in, parent, programme, episode
):
    clinician = builders.make_user()
    builders.grant_role(clinician, Role.CLINICIAN, programme)
    builders.grant_for_a_time(clinician, parent, programme, TimedGrant.Kind.CLINICIAN)
    builders.stored(
        TimedGrant,
        user=clinician,
        parent=another(programme, given_names="Di", family_name="Ash").parent,
        programme=programme,
        kind=TimedGrant.Kind.CLINICIAN,
        starts_at=builders.days_ago(9),
        ends_at=builders.days_ago(1),
        given_by_id=builders.actors.SEEDER,
    )

    browser = sign_in(clinician)

    assert [row.name for row in shown(browser).referred] == ["Ann Lee"]
    assert f'href="{reverse("desk:show_parent", args=[parent.pk])}"' in (
        browser.get(HOME).content.decode()
    )


def test_only_parents_she_holds_or_stands_in_for_are_hers(hers, parent, programme, practitioner):
    another(programme, builders.make_worker(programme))
    builders.make_episode(
        builders.make_parent(), programme, practitioner.workers.get(), closed_on=today()
    )
    away = builders.make_worker(programme)
    stood_in = another(programme, away, given_names="Di", family_name="Ash")
    grant = builders.make_stand_in(practitioner, away, stood_in.parent)

    rows = shown(hers).parents

    assert {(row.name, row.stands_in) for row in rows} == {
        ("Ann Lee", ""),
        ("Di Ash", f"for {away} until {day(grant.ends_at)}"),
    }


def test_whoever_waits_in_her_teams_is_listed_once(hers, parent, programme):
    referred = builders.make_parent(given_names="Eve", family_name="Oak")
    builders.make_referral(referred, programme, decision="pending")
    for one in (referred, builders.make_parent(given_names="Flo", family_name="Elm"), parent):
        builders.stored(Identification, parent=one, programme=programme, identified_on=today())

    rows = shown(hers).waiting

    assert [(row.name, row.stage) for row in rows] == [
        ("Eve Oak", "Referred, not yet decided"),
        ("Flo Elm", "Identified"),
    ]


def test_whoever_was_taken_on_without_a_worker_waits_too(hers, programme):
    another(programme, given_names="Gil", family_name="Ivy")
    elsewhere = builders.make_programme()
    builders.make_episode(builders.make_parent(given_names="Hal", family_name="Oak"), elsewhere)

    assert [(row.name, row.stage) for row in shown(hers).waiting] == [
        ("Gil Ivy", "Taken on, no worker yet")
    ]


# --- What is next -----------------------------------------------------------------------------


def agreed(browser):
    return [row for row in shown(browser).due if row.item.rule == AGREED]


def test_next_steps_of_my_parents_come_earliest_first_and_late_ones_say_so(
    hers, programme, episode
):
    add_step(episode, "No day", None)
    add_step(episode, "In three days", today() + timedelta(days=3))
    add_step(episode, "Two days late", today() - timedelta(days=2))
    add_step(episode, "Done", today(), done_on=today())
    add_step(another(programme, builders.make_worker(programme)), "Not mine", today())

    assert [(row.item.what, row.is_late, row.when) for row in agreed(hers)] == [
        ("Two days late", True, "2 days late"),
        ("In three days", False, "in 3 days"),
        ("No day", False, "no day agreed"),
    ]


def test_five_things_are_in_sight_and_a_page_has_them_all(hers, episode):
    for number in range(7):
        add_step(episode, f"Step {number}", today() - timedelta(days=9000 - number))

    home, page = (hers.get(url).content.decode() for url in (HOME, "/due/"))

    due = home.split('id="changes"')[0]
    assert [f"Step {number}" in due for number in range(7)] == [True] * 5 + [False] * 2
    assert "Everything that is due (8)" in home
    assert all(f"Step {number}" in page for number in range(7))
    assert "within 28 days of the opening of the episode" in page


def test_what_is_due_is_said_with_its_reason_and_goes_when_it_is_done(
    hers, episode, parent, practitioner
):
    """Opened long ago and never met; supervision is somebody else's to hold."""
    meet_again = "Meet again"
    assert [row.item.what for row in shown(hers).due] == [meet_again]

    builders.make_contact(parent, episode, happened_at=timezone.now())

    (gap,) = [row for row in shown(hers).due if row.item.what == meet_again]
    assert (gap.is_late, gap.when) == (False, "in 28 days")


# --- What changed -----------------------------------------------------------------------------


def test_what_others_did_this_week_is_shown_and_my_own_is_not(
    hers, parent, programme, episode, practitioner
):
    colleague = builders.make_user("Cora Example")
    builders.make_contact(
        parent, episode, written_by=colleague, mode="phone", happened_at=builders.days_ago(1)
    )
    builders.make_contact(parent, episode, written_by=practitioner)
    builders.make_pregnancy(parent, known_on=today() - timedelta(days=3))
    builders.make_pregnancy(parent, known_on=today() - timedelta(days=8))
    with acting_as(practitioner):
        store(Pregnancy(mother=parent, known_on=today(), outcome="ongoing"))
    elsewhere = another(programme, builders.make_worker(programme))
    builders.make_contact(elsewhere.parent, elsewhere, written_by=colleague)

    changes = shown(hers).changes

    assert [(one.name, one.what) for one in changes] == [
        ("Ann Lee", "Cora Example: phone call, we met or spoke"),
        ("Ann Lee", "A pregnancy became known"),
    ]


def test_another_way_to_be_reached_and_a_hearing_set_by_others_are_news(
    hers, parent, programme, episode, practitioner
):
    senior = builders.make_practitioner(programme, role=Role.SENIOR)
    rule = builders.make_safe_contact(parent)
    proceedings = builders.make_proceedings(parent)
    hearing = {"proceedings": proceedings, "kind": "directions", "source": "court_document"}
    assert shown(hers).changes == []

    with acting_as(practitioner):
        rules.add_rule(key=uuid4(), parent=parent, by=practitioner, may_text=True)
        store(Hearing(held_on=today() + timedelta(days=5), known_on=today(), **hearing))
    assert shown(hers).changes == []

    with acting_as(senior):
        rules.end_rule(rule=rule, because="Number gone", seen_version=rule.version, by=senior)
        store(Hearing(held_on=today() + timedelta(days=9), known_on=today(), **hearing))
    said = {one.what for one in shown(hers).changes}

    when = day(today() + timedelta(days=9))
    assert said == {"How to reach safely has changed", f"A hearing was set: {when}, Directions"}


# --- Empty, others, cost ----------------------------------------------------------------------


def test_an_empty_home_says_what_will_be_here(sign_in, practitioner):
    page = sign_in(practitioner).get(HOME).content.decode()

    assert "Nothing is due." in page
    assert "You hold no open episode." in page


def test_who_works_with_no_parent_is_told_where_to_go(sign_in, programme, parent, episode):
    manager = builders.make_practitioner(programme, "Ines Example", Role.MANAGER)

    page = sign_in(manager).get(HOME)

    assert "home" not in page.context
    assert "Ann Lee" not in page.content.decode()


def test_home_shows_no_address(programme, practitioner, worker):
    parent = builders.make_parent(postcode=CANARY_POSTCODE, given_names="Ann", family_name="Lee")
    builders.make_episode(parent, programme, worker)

    page = browser_of(practitioner).get(HOME).content.decode()

    assert ("Ann Lee" in page, CANARY_POSTCODE in page) == (True, False)


def test_home_asks_strangers_to_sign_in(client, db):
    assert client.get(HOME).headers["Location"].startswith("/accounts/login/?next=")


def test_home_asks_a_fixed_number_of_queries(programme, practitioner, worker):
    browser = browser_of(practitioner)
    colleague = builders.make_user("Cora Example")
    asked, held = [], 0
    for number in (1, 3, 30):
        for _ in range(number - held):
            _fill_home(programme, worker, colleague)
        held = number
        browser.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            home = shown(browser)
        asked.append(sum("set_config" not in one["sql"] for one in queries))
        steps = [row for row in home.due if row.item.rule == AGREED]
        assert (len(home.parents), len(steps), len(home.waiting)) == (number, number, number)

    # PostgreSQL is told once whom the page is about.
    assert len(set(asked)) == 1
    assert asked[0] <= AT_MOST[connection.vendor]


def test_a_child_is_named_among_the_days_only_where_her_own_record_opens_it(
    hers, parent, programme
):
    """One read serves all parents of the page: what one record opens is not told of another."""
    waiting = builders.make_parent()
    builders.make_referral(waiting, programme, decision="pending")
    child = builders.stored(Child, given_names="Robin", born="live", date_of_birth=a_year_ago())
    builders.stored(ParentChild, parent=waiting, child=child, relation="birth")

    assert shown(hers).days == []

    builders.stored(ParentChild, parent=parent, child=child, relation="birth")

    assert [day.parent_id for day in shown(hers).days] == [parent.pk]


def a_year_ago():
    """So that a birthday comes tomorrow."""
    tomorrow = today() + timedelta(days=1)
    return tomorrow.replace(year=tomorrow.year - 4, day=min(tomorrow.day, 28))


def _fill_home(programme, worker, colleague):
    episode = another(programme, worker)
    builders.enter_stage(episode, "engagement", episode.opened_on)
    add_step(episode, "Ring", today())
    builders.make_plan(episode)
    builders.make_contact(episode.parent, episode, written_by=colleague)
    builders.make_pregnancy(episode.parent, known_on=today())
    builders.make_hearing(
        builders.make_proceedings(episode.parent), held_on=today() + timedelta(days=3)
    )
    builders.make_referral(builders.make_parent(), programme, decision="pending")


def test_the_next_due_date_of_a_baby_comes_first_and_a_loss_takes_it_away(
    hers, parent, programme, worker, episode
):
    late = another(programme, worker, given_names="Bea", family_name="Roy").parent
    unknown = another(programme, worker, given_names="Cat", family_name="Fox").parent
    elsewhere = builders.make_episode(builders.make_parent(), builders.make_programme("Southside"))
    soon = builders.make_pregnancy(parent, today() + timedelta(days=35))
    builders.make_pregnancy(late, today() + timedelta(days=100))
    builders.make_pregnancy(unknown)
    builders.make_pregnancy(elsewhere.parent, today() + timedelta(days=1))

    rows = shown(hers).expected

    assert [(row.name, row.due_on) for row in rows] == [
        ("Ann Lee", today() + timedelta(days=35)),
        ("Bea Roy", today() + timedelta(days=100)),
        ("Cat Fox", None),
    ]
    # 280 days less 35 to go: 245 days.
    assert rows[0].words.endswith("· 35 weeks")
    assert "no due date yet" in hers.get(HOME).content.decode()

    user = worker.user
    with acting_as(user):
        record_ending(
            pregnancy=soon, outcome="miscarriage", ended_on=today(), seen_version=1, by=user
        )

    assert [row.name for row in shown(hers).expected] == ["Bea Roy", "Cat Fox"]


def test_of_many_days_and_hearings_five_stand_open_and_all_are_there(hers, parent, episode):
    for number in range(7):
        day = today() + timedelta(days=number)
        builders.stored(ImportantDate, parent=parent, day=day, wording=f"Day {number}.")
        court = builders.make_proceedings(parent)
        builders.make_hearing(court, held_on=day + timedelta(days=30), court=f"Court {number}.")

    page = hers.get(HOME).content.decode()

    for word, folded in (("Day", "Show all days"), ("Court", "Show all hearings")):
        before, after = page.split(folded)
        assert [f"{word} {number}." in before for number in range(7)] == [True] * 5 + [False] * 2
        assert [f"{word} {number}." in after for number in (5, 6)] == [True] * 2
