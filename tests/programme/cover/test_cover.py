"""Cover for a worker who is away: who stands in, from when until when, what everybody sees."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access.models import TimedGrant
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import at_local, today
from programme.drafts.models import Draft
from programme.episodes.models import Allocation, Episode
from programme.supervision.actions import hand_over
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import as_seen, rows

DAY = timedelta(days=1)
HOME = "/home/"


@pytest.fixture
def senior(programme):
    return builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR)


@pytest.fixture
def colleague(programme):
    return builders.make_practitioner(programme, "Noor Example")


@pytest.fixture
def seniors(senior, episode):
    return browser_of(senior)


def page_of(worker):
    return reverse("cover:arrange_cover", args=[worker.pk])


def a_cover(colleague, first=None, last=None, **typed):
    return {
        "key": str(uuid4()),
        **boxes("from_day", first or today()),
        **boxes("to_day", last or today() + 3 * DAY),
        "stand_in": str(colleague.pk),
        **{f"rings_{one.parent_id.hex}": "stand_in" for one in rows(Episode)},
        **typed,
    }


def grants():
    return rows(TimedGrant)


def arranged(seniors, worker, typed):
    answer = seniors.post(page_of(worker), typed)
    as_if_a_minute_ago("starts_at")
    return answer


def as_if_a_minute_ago(moment):
    """Moves what has happened by now: inside a test PostgreSQL's time stands still."""
    with builders.as_seeder():
        for grant in TimedGrant.objects.filter(**{f"{moment}__lte": timezone.now()}):
            setattr(grant, moment, getattr(grant, moment) - timedelta(minutes=1))
            grant.save()


def may_write(user, parent):
    """Whether she may log a contact: who only reads of the team's work may not."""
    return (
        browser_of(user).get(reverse("contacts:log_contact", args=[parent.pk])).status_code == 200
    )


def on_home(user):
    return browser_of(user).get(HOME).context["home"]


def another(programme, worker, **identity):
    return builders.make_episode(builders.make_parent(**identity), programme, worker)


# --- Arranging ------------------------------------------------------------------------------


def test_one_act_gives_each_parent_a_stand_in(
    seniors, programme, worker, parent, practitioner, colleague
):
    other = another(programme, worker, given_names="Di", family_name="Ash").parent
    second = builders.make_practitioner(programme, "Olu Example")
    chosen = {f"rings_{other.pk.hex}": str(second.pk)}

    answer = arranged(seniors, worker, a_cover(colleague, **chosen))

    assert answer.headers["Location"] == page_of(worker)
    assert {(one.parent_id, one.user) for one in grants()} == {
        (parent.pk, colleague),
        (other.pk, second),
    }
    assert (may_write(colleague, parent), may_write(colleague, other)) == (True, False)
    assert (may_write(second, parent), may_write(second, other)) == (False, True)
    until = today() + 3 * DAY
    assert {one.ends_at for one in grants()} == {at_local(until + DAY, time(0))}
    assert [row.stands_in.startswith("for Grace Example until") for row in on_home(second).parents]
    away = on_home(practitioner).away
    assert (away.stand_ins, away.is_over) == (("Noor Example", "Olu Example"), False)
    said = seniors.get(page_of(worker)).content.decode()
    assert "Noor Example stands in with Ann Lee" in said
    assert "Olu Example stands in with Di Ash" in said


def test_from_a_later_day_it_begins_by_itself(seniors, worker, parent, colleague):
    seniors.post(page_of(worker), a_cover(colleague, today() + 5 * DAY, today() + 6 * DAY))

    (grant,) = grants()
    assert grant.starts_at == at_local(today() + 5 * DAY, time(0))
    assert not may_write(colleague, parent)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(-60, 60, True), (-120, -1, False), (60, 120, False)],
)
def test_it_holds_from_its_first_moment_to_its_last(
    worker, parent, episode, colleague, begins, ends, holds
):
    now = timezone.now()
    times = {"starts_at": now + timedelta(seconds=begins), "ends_at": now + timedelta(seconds=ends)}
    builders.make_stand_in(colleague, worker, parent, **times)

    assert may_write(colleague, parent) is holds
    assert bool(on_home(colleague).parents) is holds


def test_sent_twice_it_is_arranged_once(seniors, worker, colleague):
    typed = as_sent(seniors.get(page_of(worker)).content.decode()) | a_cover(colleague)

    seniors.post(page_of(worker), typed)
    again = seniors.post(page_of(worker), typed)

    assert (again.status_code, len(grants())) == (302, 1)


def test_days_that_overlap_are_refused_and_stay_on_the_page(seniors, worker, colleague):
    seniors.post(page_of(worker), a_cover(colleague))
    later = a_cover(colleague, today() + 3 * DAY, today() + 9 * DAY)

    page = seniors.post(page_of(worker), later).content.decode()

    assert "Cover is arranged already, until" in page
    assert later["to_day_day"] == as_sent(page, 3)["to_day_day"]
    assert len(grants()) == 1
    seniors.post(page_of(worker), a_cover(colleague, today() + 4 * DAY, today() + 9 * DAY))
    assert len(grants()) == 2


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (-1, 3, "The first day cannot be in the past."),
        (3, 1, "The last day cannot be before the first."),
        (0, 93, "Cover lasts 92 days at most. For longer, hand over instead."),
    ],
)
def test_days_that_cannot_be(seniors, worker, colleague, first, last, why):
    typed = a_cover(colleague, today() + first * DAY, today() + last * DAY)

    assert why in seniors.post(page_of(worker), typed).content.decode()
    assert grants() == []


def test_nobody_from_elsewhere_stands_in_nor_who_arranges_it(seniors, senior, worker, colleague):
    elsewhere = builders.make_practitioner(builders.make_programme())

    for user in (elsewhere, senior, worker.user):
        page = seniors.post(page_of(worker), a_cover(user)).content.decode()
        assert "Choose who covers from the list" in page

    assert grants() == []


def test_only_seniors_of_her_programme_arrange_it(worker, episode, colleague):
    elsewhere = builders.make_practitioner(builders.make_programme(), role=Role.SENIOR)

    answers = [
        browser_of(user).post(page_of(worker), a_cover(colleague)).status_code
        for user in (elsewhere, colleague, worker.user)
    ]

    assert answers == [404, 403, 403]
    assert grants() == []


# --- How far it goes ------------------------------------------------------------------------


def test_handed_over_meanwhile_it_is_over_too(
    seniors, senior, programme, worker, parent, episode, colleague
):
    arranged(seniors, worker, a_cover(colleague))
    assert may_write(colleague, parent)

    new = builders.make_worker(programme)
    with builders.as_seeder():
        lead = Allocation.objects.get(episode=episode)
        lead.to_date = today() - DAY
        lead.save()
    with acting_as(senior):
        hand_over(episode=episode, worker=new, from_date=today(), note="", seen="", by=senior)

    assert not may_write(colleague, parent)
    assert on_home(colleague).parents == []


def test_a_stand_in_has_no_stand_in(seniors, programme, worker, parent, colleague):
    third = builders.make_practitioner(programme)
    builders.make_stand_in(colleague, worker, parent)
    builders.make_stand_in(third, colleague.workers.get(), parent)

    assert (may_write(colleague, parent), may_write(third, parent)) == (True, False)


def test_work_of_another_programme_with_the_parent_is_not_hers(worker, parent, colleague):
    elsewhere = builders.make_programme()
    builders.grant_role(colleague, Role.PRACTITIONER, elsewhere)
    builders.make_episode(parent, elsewhere, builders.make_worker(elsewhere))
    builders.make_episode(parent, worker.programme, worker)

    builders.make_stand_in(colleague, worker, parent)

    assert [row.programme for row in on_home(colleague).parents] == [worker.programme.name]


@pytest.mark.parametrize("kind", ["denied", "restricted"])
def test_protection_holds_against_a_stand_in(worker, parent, episode, colleague, kind):
    builders.make_stand_in(colleague, worker, parent)
    builders.protect(parent, kind, colleague if kind == "denied" else worker.user)

    address = reverse("contacts:log_contact", args=[parent.pk])
    assert browser_of(colleague).get(address).status_code == 404
    assert on_home(colleague).parents == []


def test_a_parent_restricted_to_others_leaves_no_trace_on_the_page(
    seniors, programme, worker, episode, colleague
):
    before = as_seen(seniors.get(page_of(worker)))
    hidden = another(programme, worker, given_names="Hid", family_name="Den").parent
    builders.make_safe_contact(hidden)
    builders.protect(hidden, "restricted", worker.user)

    assert as_seen(seniors.get(page_of(worker))) == before
    seniors.post(page_of(worker), a_cover(colleague))
    assert hidden.pk not in [one.parent_id for one in grants()]


# --- Ending ---------------------------------------------------------------------------------


def end_of(worker):
    return reverse("cover:end_cover", args=[worker.pk, grants()[0].cover_id])


def test_ended_early_it_lets_nobody_in_at_the_next_request(seniors, worker, parent, colleague):
    arranged(seniors, worker, a_cover(colleague))
    assert may_write(colleague, parent)

    seniors.post(end_of(worker))

    assert [grant for grant in grants() if grant.ends_at > timezone.now()] == []
    as_if_a_minute_ago("starts_at")
    as_if_a_minute_ago("ends_at")
    assert not may_write(colleague, parent)


def test_what_has_not_begun_is_taken_away(seniors, worker, colleague):
    seniors.post(page_of(worker), a_cover(colleague, today() + DAY, today() + 2 * DAY))

    seniors.post(end_of(worker))

    assert grants() == []


def test_another_worker_s_cover_is_not_ended_by_this_address(seniors, programme, worker, colleague):
    seniors.post(page_of(worker), a_cover(colleague))
    other = reverse(
        "cover:end_cover", args=[builders.make_worker(programme).pk, grants()[0].cover_id]
    )

    seniors.post(other)

    assert grants()[0].ends_at > timezone.now()


# --- What the page says ---------------------------------------------------------------------


def test_all_that_waits_stands_beside_the_parent(seniors, worker, parent, practitioner, episode):
    builders.make_safe_contact(parent, number="07700 900123", words_to_avoid="Pause")
    builders.make_plan(episode, planned_for=timezone.now() + timedelta(minutes=1))
    builders.make_hearing(builders.make_proceedings(parent))
    hers = browser_of(practitioner)
    log = reverse("contacts:log_contact", args=[parent.pk])
    kept = {"keep_draft": "yes", "draft": str(uuid4()), "draft_turn": "1", "note": "half a word"}
    hers.post(log, kept, headers={"Accept": "application/json"})
    assert len(rows(Draft)) == 1

    page = seniors.get(page_of(worker)).content.decode()

    for said in ("07700 900123", "Do not say: Pause", "Planned: ", "Hearing: ", "Due: "):
        assert said in page
    assert "Draft begun: Log a contact" in page
    assert "half a word" not in page


def test_drafts_about_somebody_elses_parents_are_not_told(seniors, programme, worker, practitioner):
    other = another(programme, builders.make_worker(programme)).parent
    builders.make_stand_in(practitioner, rows(Allocation)[-1].worker, other)
    kept = {"keep_draft": "yes", "draft": str(uuid4()), "draft_turn": "1", "note": "half a word"}
    log = reverse("contacts:log_contact", args=[other.pk])
    browser_of(practitioner).post(log, kept, headers={"Accept": "application/json"})
    assert len(rows(Draft)) == 1

    assert "Draft begun" not in seniors.get(page_of(worker)).content.decode()


def test_the_page_costs_the_same_for_any_number_of_parents(
    seniors, programme, worker, parent, colleague
):
    builders.make_stand_in(colleague, worker, parent)
    asked = []
    for number in (1, 3, 12):
        while len(rows(Allocation)) < number:
            added = another(programme, worker)
            builders.make_safe_contact(added.parent)
            builders.make_plan(added)
            builders.make_stand_in(colleague, worker, added.parent)
        seniors.get(page_of(worker))
        with CaptureQueriesContext(connection) as queries:
            seniors.get(page_of(worker))
        asked.append(len(queries))

    assert asked == [asked[0]] * 3


# --- Coming back ----------------------------------------------------------------------------


def test_who_comes_back_reads_what_others_did_since_she_left(
    worker, parent, episode, practitioner, colleague
):
    left = timezone.now() - 20 * DAY
    with time_machine.travel(left + DAY):
        builders.make_contact(parent, episode, written_by=colleague)
    assert on_home(practitioner).changes == []

    builders.make_stand_in(colleague, worker, parent, starts_at=left, ends_at=timezone.now() - DAY)

    home = on_home(practitioner)
    assert (home.away.is_over, [one.parent_id for one in home.changes]) == (True, [parent.pk])
    page = browser_of(practitioner).get(HOME).content.decode()
    assert "What others did since you were away" in page


def test_long_back_it_is_the_week_again(worker, parent, episode, practitioner, colleague):
    now = timezone.now()
    builders.make_stand_in(
        colleague, worker, parent, starts_at=now - 30 * DAY, ends_at=now - 8 * DAY
    )

    assert on_home(practitioner).away is None
