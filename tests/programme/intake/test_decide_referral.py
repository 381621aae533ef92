"""Deciding a referral: who may, what begins, and that nobody decides over another."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.models import User
from programme.access.parts import Role
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode, Stage
from programme.pathways.models import Programme, Worker
from programme.people.models import Parent
from programme.referrals.models import Referral
from tests import builders as make
from tests.forms import as_sent
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def parent() -> Parent:
    return make.make_parent(given_names="Ann", family_name="Lee")


@pytest.fixture
def referral(parent: Parent, programme: Programme) -> Referral:
    return make.make_referral(parent, programme, decision="pending", reason="Pregnant again")


def url_of(referral: Referral) -> str:
    return reverse("intake:decide_referral", args=[referral.parent_id, referral.pk])


@pytest.fixture
def browser(sign_in: Any, practitioner: User) -> Client:
    return sign_in(practitioner)


def body_of(browser: Client, referral: Referral, **typed: str) -> dict[str, str]:
    return as_sent(browser.get(url_of(referral)).content.decode()) | typed


def test_accepted_it_begins_with_a_stage_and_a_worker(
    browser: Client, referral: Referral, worker: Worker
) -> None:
    more = {"decision": "accepted", "stage": "engagement", "worker": str(worker.pk)}

    answer = browser.post(url_of(referral), body_of(browser, referral, **more))

    assert answer.status_code == 302
    (episode,) = rows(Episode, referral=referral)
    assert (episode.opened_on, episode.closed_on) == (today(), None)
    assert [one.stage for one in rows(Stage)] == ["engagement"]
    assert [(one.worker_id, one.lead) for one in rows(Allocation)] == [(worker.pk, True)]
    assert rows(Referral)[0].decision == "accepted"


def test_a_worker_may_be_named_later(browser: Client, referral: Referral, worker: Worker) -> None:
    more = {"decision": "accepted", "stage": "engagement"}
    browser.post(url_of(referral), body_of(browser, referral, **more))
    home = browser.get(reverse("desk:home")).content.decode()

    answer = browser.post(url_of(referral), body_of(browser, referral, worker=str(worker.pk)))

    assert url_of(referral) in home
    assert "Name a worker" in home
    assert answer.status_code == 302
    assert [one.worker_id for one in rows(Allocation)] == [worker.pk]


def test_what_was_accepted_earlier_is_only_begun(
    browser: Client, parent: Parent, programme: Programme
) -> None:
    referral = make.make_referral(parent, programme)
    home = browser.get(reverse("desk:home")).content.decode()

    answer = browser.post(url_of(referral), body_of(browser, referral, stage="engagement"))

    assert "Begin the work" in home
    assert answer.status_code == 302
    assert [one.opened_on for one in rows(Episode)] == [referral.decided_on]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (
            {"decision": "not_accepted", "not_accepted_reason": "out_of_area"},
            ("not_accepted", "out_of_area", ""),
        ),
        (
            {"decision": "passed_on", "passed_to": "Southside"},
            ("not_accepted", "other", "Southside"),
        ),
        ({"decision": "withdrawn"}, ("withdrawn", "", "")),
    ],
)
def test_not_accepted_it_keeps_why_and_where_it_went(
    browser: Client, referral: Referral, typed: dict[str, str], stored: tuple[str, ...]
) -> None:
    answer = browser.post(url_of(referral), body_of(browser, referral, **typed))

    (now,) = rows(Referral)
    assert answer.status_code == 302
    assert (now.decision, now.not_accepted_reason, now.passed_to) == stored
    assert (now.decided_on, rows(Episode)) == (today(), [])


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"decision": "not_accepted"},
        {"decision": "passed_on"},
        {"decision": "accepted", "stage": "nowhere"},
        {"decision": "accepted", "stage": "engagement", "worker": str(uuid4())},
        {"decision": "not_accepted", "not_accepted_reason": "contraception"},
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_stored(
    browser: Client, referral: Referral, typed: dict[str, str]
) -> None:
    page = browser.post(url_of(referral), body_of(browser, referral, **typed))

    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()
    assert (rows(Referral)[0].decision, rows(Episode)) == ("pending", [])


def test_two_who_decide_at_once_do_not_decide_over_each_other(
    browser: Client, referral: Referral, programme: Programme
) -> None:
    slow = body_of(browser, referral, decision="withdrawn")
    colleague = Client()
    other = make.make_practitioner(programme)
    colleague.force_login(other, backend=make.DEMO_BACKEND)
    more = {"decision": "accepted", "stage": "engagement"}
    colleague.post(url_of(referral), body_of(colleague, referral, **more))

    page = browser.post(url_of(referral), slow)

    assert page.status_code == 200
    assert rows(Referral)[0].decision == "accepted"


def test_a_referral_to_another_team_is_decided_by_that_team(
    browser: Client, practitioner: User, parent: Parent, programme: Programme
) -> None:
    make.make_episode(parent, programme)
    elsewhere = make.make_programme("Elsewhere")
    asked = make.make_referral(parent, elsewhere, decision="pending", referred_by=practitioner)
    theirs = Client()
    theirs.force_login(make.make_practitioner(elsewhere), backend=make.DEMO_BACKEND)

    assert browser.get(url_of(asked)).status_code == 404
    assert browser.post(url_of(asked), {"decision": "accepted"}).status_code == 404
    assert url_of(asked) not in browser.get(reverse("desk:home")).content.decode()
    assert theirs.get(url_of(asked)).status_code == 200
    assert url_of(asked) in theirs.get(reverse("desk:home")).content.decode()


def test_work_that_is_open_is_not_opened_twice(
    browser: Client, parent: Parent, programme: Programme, referral: Referral
) -> None:
    make.make_episode(parent, programme)
    more = {"decision": "accepted", "stage": "engagement"}

    page = browser.post(url_of(referral), body_of(browser, referral, **more))

    assert page.status_code == 200
    assert "open already" in page.content.decode()
    assert (len(rows(Episode)), rows(Referral)[0].decision) == (1, "pending")


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.MANAGER])
def test_who_does_not_decide_is_not_offered_it(
    sign_in: Any, referral: Referral, programme: Programme, role: Role
) -> None:
    user = make.make_user()
    make.grant_role(user, role, programme)
    browser = sign_in(user)

    assert browser.get(url_of(referral)).status_code == 403
    assert url_of(referral) not in browser.get(reverse("desk:home")).content.decode()
