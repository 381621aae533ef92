"""How a pregnancy ended: kept once, beside every earlier due date; a termination is for two."""

from datetime import timedelta

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.people.models import Child, ParentChild
from programme.pregnancies.models import DueDate, Pregnancy
from tests import builders as make
from tests.forms import as_sent
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def pregnancy(parent, episode):
    return make.make_pregnancy(parent, today() + timedelta(days=100))


def address(pregnancy):
    return reverse("pregnancies:record_ending", args=[pregnancy.mother_id, pregnancy.pk])


def ended(browser, pregnancy, outcome="miscarriage", on=YESTERDAY, version=1):
    typed = {"outcome": outcome, "version": version, **boxes("ended_on", on)}
    return browser.post(address(pregnancy), typed)


@pytest.mark.parametrize(
    "outcome", ["live_birth", "stillbirth", "miscarriage", "mixed", "not_known"]
)
def test_it_is_kept_and_the_due_date_stays(hers, pregnancy, outcome):
    before = len(rows(DueDate))

    assert ended(hers, pregnancy, outcome).status_code == 302

    (kept,) = rows(Pregnancy)
    assert (kept.outcome, kept.ended_on, len(rows(DueDate))) == (outcome, YESTERDAY, before)


def test_one_ended_by_choice_is_seen_by_her_own_worker_and_nobody_else(
    hers, pregnancy, programme, practitioner
):
    colleague = make.make_practitioner(programme)
    senior = make.make_practitioner(programme, role=Role.SENIOR)

    assert ended(hers, pregnancy, "termination").status_code == 302

    seen = {}
    for user in (practitioner, colleague, senior):
        with acting_as(user):
            seen[user.pk] = Pregnancy.objects.count()
    assert seen == {practitioner.pk: 1, colleague.pk: 0, senior.pk: 0}


def test_who_would_not_see_it_is_not_asked_about_it(pregnancy, programme):
    senior = browser_of(make.make_practitioner(programme, role=Role.SENIOR))

    page = senior.get(address(pregnancy)).content.decode()
    answer = ended(senior, pregnancy, "termination")

    assert "ermination" not in page
    assert answer.status_code == 200
    assert rows(Pregnancy)[0].outcome == pregnancy.outcome


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (today() + timedelta(days=1), "today or in the past"),
        (today() - timedelta(days=900), "Check the year"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_the_field(hers, pregnancy, on, said):
    response = ended(hers, pregnancy, on=on)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert rows(Pregnancy)[0].ended_on is None


def test_somebody_elses_later_words_are_not_written_over(hers, pregnancy):
    with make.as_seeder():
        pregnancy.booked_on = YESTERDAY
        pregnancy.save()

    response = ended(hers, pregnancy)

    assert "Somebody else changed this" in response.content.decode()
    assert rows(Pregnancy)[0].ended_on is None
    hers.post(address(pregnancy), as_sent(response.content.decode()))
    assert (rows(Pregnancy)[0].outcome, rows(Pregnancy)[0].booked_on) == ("miscarriage", YESTERDAY)


def test_a_pregnancy_of_another_record_is_not_found(hers, pregnancy, programme):
    other = make.make_pregnancy(make.make_parent())

    assert ended(hers, other).status_code == 404


def test_another_ending_than_the_one_recorded_needs_a_reason(hers, pregnancy):
    ended(hers, pregnancy, "miscarriage")
    shown = as_sent(hers.get(address(pregnancy)).content.decode())
    typed = {**shown, "outcome": "stillbirth", **boxes("ended_on", YESTERDAY)}

    refused = hers.post(address(pregnancy), typed)
    stored = hers.post(address(pregnancy), typed | {"reason": "The hospital wrote"})

    assert "Enter why you are changing it" in refused.content.decode()
    assert (stored.status_code, rows(Pregnancy)[0].outcome) == (302, "stillbirth")
    with make.as_seeder():
        reasons = [line.history_change_reason for line in pregnancy.history.all()]
    assert reasons == ["The hospital wrote", None, None]


def test_an_ending_recorded_by_mistake_is_taken_back_with_a_reason(hers, pregnancy):
    ended(hers, pregnancy, "miscarriage")
    typed = as_sent(hers.get(address(pregnancy)).content.decode())
    typed |= {"outcome": "ongoing", **dict.fromkeys(boxes("ended_on", YESTERDAY), "")}

    refused = hers.post(address(pregnancy), typed)
    assert "Enter why you are changing it" in refused.content.decode()
    assert hers.post(address(pregnancy), typed | {"reason": "Another record"}).status_code == 302

    (kept,) = rows(Pregnancy)
    assert (kept.outcome, kept.ended_on) == ("ongoing", None)


def test_what_has_not_ended_is_not_offered_before_it_has(hers, pregnancy):
    assert "has not ended" not in hers.get(address(pregnancy)).content.decode()
    assert ended(hers, pregnancy, "ongoing").status_code == 200


def test_once_a_baby_is_on_the_record_its_birth_is_not_taken_back(hers, parent, pregnancy):
    ended(hers, pregnancy, "live_birth")
    baby = make.stored(Child, given_names="Bo", date_of_birth=YESTERDAY, pregnancy=pregnancy)
    make.stored(ParentChild, parent=parent, child=baby, relation="birth")
    typed = as_sent(hers.get(address(pregnancy)).content.decode())

    answer = hers.post(address(pregnancy), typed | {"outcome": "ongoing", "reason": "A slip"})

    assert "Put the child right first" in answer.content.decode()
    assert rows(Pregnancy)[0].outcome == "live_birth"
