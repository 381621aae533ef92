"""A senior sees how her team stands and why; each worker sees the same about her own work."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Pause
from programme.pathways.models import Worker
from programme.people.models import Child, ParentChild
from programme.support.models import NeedRating
from programme.workboard.reads.ranges import usual_range
from tests import builders
from tests.programme.desk.scene import browser_of

DAY = timedelta(days=1)
TEAM, MINE = "/team/", "/team/me/"


@pytest.fixture
def senior(programme):
    return browser_of(builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR))


def lines(browser, worker):
    return browser.get(f"{TEAM}{worker.pk}/").context["lines"]


def text_of(page):
    """The words of the page itself, without what is around it."""
    return page.content.decode().split("<main", 1)[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("values", "pathway", "says"),
    [
        ({"role": "practitioner"}, "pause", "within the usual 6 to 8"),
        ({"role": "practitioner"}, "pre_birth", "4 under the usual 10 to 12"),
        ({"role": "consultant"}, "pre_birth", "within the usual 6"),
        (
            {"role": "practitioner", "whole_time_equivalent": Decimal("0.5")},
            "pause",
            "2 over the usual 3 to 4",
        ),
        (
            {"role": "practitioner", "caseload_min": 2, "caseload_max": 5},
            "pause",
            "1 over the usual 2 to 5",
        ),
        ({"role": "coordinator"}, "pause", None),
    ],
)
def test_six_held_against_what_is_usual(db, values, pathway, says):
    usual = usual_range(builders.make_worker(builders.make_programme(pathway=pathway), **values))

    assert (usual.says(6) if usual else None) == says


def test_children_count_where_the_range_is_of_children(senior, programme, worker, episode, parent):
    worker.caseload_unit, worker.caseload_max = "children", 3
    with builders.as_seeder():
        worker.save()
    other = builders.make_parent()
    builders.make_episode(other, programme, worker)
    young = [builders.stored(Child, date_of_birth=today() - 900 * DAY) for _ in range(2)]
    grown = builders.stored(Child, date_of_birth=today() - 18 * 366 * DAY)
    for child in (*young, grown):
        builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    builders.stored(ParentChild, parent=other, child=young[0], relation="birth")

    (line,) = lines(senior, worker)

    assert (line.held, line.unit, len(line.parents)) == (2, "children", 2)


def test_each_reason_to_talk_about_a_parent(senior, programme, worker, episode, parent):
    builders.enter_stage(episode, "engagement", today() - 120 * DAY)
    builders.make_pregnancy(parent)
    builders.make_consent(parent, "take_part", expires_on=today() + 10 * DAY)

    ((line,),) = [one.parents for one in lines(senior, worker)]

    assert line.stage == "Engagement"
    assert set(line.reasons) >= {
        "Longer in this stage than the usual 16 weeks: 120 days",
        "No baseline yet: no needs rated, no questionnaire recorded",
        "The father of the baby is not recorded, nor why",
        "Permission for “Taking part in the programme” ends in 10 days",
    }
    assert any(reason.startswith("Meet again: ") for reason in line.reasons)
    assert any(reason.startswith("Supervision of an episode: ") for reason in line.reasons)


def test_reasons_go_when_there_is_none_any_more(senior, programme, worker, parent):
    referral = builders.make_referral(parent, programme, received_on=today() - 40 * DAY)
    episode = builders.make_episode(parent, programme, worker, referral=referral)
    builders.make_contact(parent, episode, happened_at=timezone.now())
    builders.stored(NeedRating, episode=episode, need="housing", rated_on=today(), level=1)

    ((line,),) = [one.parents for one in lines(senior, worker)]

    assert line.reasons == ()


def test_a_pause_is_said_and_the_gap_is_not(senior, worker, episode):
    builders.stored(Pause, episode=episode, from_date=today() - 3 * DAY, reason="In hospital")

    (line,) = lines(senior, worker)

    assert line.parents[0].pause.startswith("In hospital. Paused since ")
    assert line.paused == 1
    assert (line.longest_gap, "Meet again" in line.late) == (None, False)


def test_what_was_agreed_is_counted_and_its_words_stay_on_the_workers_page(senior, worker, episode):
    builders.stored(NextStep, episode=episode, wording="Ring the clinic", due_on=today() - DAY)

    page = text_of(senior.get(TEAM))

    assert ("Next steps: 1" in page, "Ring the clinic" in page) == (True, False)
    assert "Ring the clinic: 1 day late" in text_of(senior.get(f"{TEAM}{worker.pk}/"))


def test_workers_stand_by_name_and_whoever_holds_nobody_is_there(senior, programme, episode):
    builders.make_worker(programme, name="Abel Example")

    page = text_of(senior.get(TEAM))

    assert page.index("Abel Example") < page.index("Grace Example") < page.index("Sena Example")


def test_a_worker_of_another_programme_is_not_found(senior):
    other = builders.make_worker(builders.make_programme())

    assert senior.get(f"{TEAM}{other.pk}/").status_code == 404


def test_the_worker_sees_what_the_senior_sees(senior, practitioner, worker, episode, parent):
    builders.enter_stage(episode, "engagement", today() - 120 * DAY)

    (seen,), (own,) = (
        browser.get(url).context["lines"]
        for browser, url in ((senior, f"{TEAM}{worker.pk}/"), (browser_of(practitioner), MINE))
    )

    assert seen == own


def test_a_parent_kept_from_the_senior_changes_nothing_on_her_page(
    senior, programme, worker, episode
):
    before = text_of(senior.get(TEAM))
    hidden = builders.make_parent()
    builders.make_episode(hidden, programme, worker)
    builders.protect(hidden, "restricted", builders.make_user())

    assert text_of(senior.get(TEAM)) == before


def test_it_asks_the_same_number_of_queries_for_any_team(senior, programme):
    asked = []
    for number in (1, 3, 12):
        while Worker.objects.filter(programme=programme).count() < number + 1:
            parent = builders.make_parent()
            one = builders.make_episode(parent, programme, builders.make_worker(programme))
            builders.enter_stage(one, "engagement", one.opened_on)
            builders.make_pregnancy(parent, today() + 90 * DAY)
        senior.get(TEAM)
        with CaptureQueriesContext(connection) as queries:
            senior.get(TEAM)
        asked.append(len(queries))

    assert asked == [asked[0]] * 3
