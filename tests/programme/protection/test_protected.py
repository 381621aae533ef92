"""Records restricted to named people or denied to one: asked for, decided, reviewed, lifted."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.people.models import Protection
from programme.protection import actions
from programme.protection.models import ProtectionRequest
from tests import builders as make
from tests.programme.desk.scene import browser_of
from tests.programme.pages import rows, said

pytestmark = pytest.mark.django_db
WHY = "Two people of one family"


@pytest.fixture
def officer(db):
    user = make.make_user("Ravi Example")
    make.grant_role(user, Role.PROTECTION_OFFICER, None)
    return user


def address(page, parent):
    return reverse(f"protection:{page}", args=[parent.pk])


def sees(user, parent):
    return browser_of(user).get(reverse("desk:show_parent", args=[parent.pk])).status_code


def test_from_a_request_to_a_restricted_record(practitioner, parent, episode, officer, programme):
    colleague = make.make_practitioner(programme)
    asked = browser_of(practitioner).post(
        address("ask_for_protection", parent),
        {"kind": "restricted", "category": "staff_or_relative", "why": "A colleague’s sister"},
    )
    waiting = browser_of(officer).get(reverse("protection:list_protected")).content.decode()

    restricted = browser_of(officer).post(
        address("restrict_record", parent),
        {
            "category": "staff_or_relative",
            "people": [str(practitioner.pk)],
            "answers": [str(rows(ProtectionRequest)[0].pk)],
            "why": "The worker is the only one without ties",
        },
    )

    assert (asked.status_code, restricted.status_code) == (302, 302)
    assert f"Record {parent.reference}" in waiting
    assert (sees(practitioner, parent), sees(colleague, parent)) == (200, 404)
    (request,) = rows(ProtectionRequest)
    assert request.answered_by == officer


def test_nothing_changes_until_the_officer_decides(practitioner, parent, episode, programme):
    colleague = make.make_practitioner(programme)
    browser_of(practitioner).post(
        address("ask_for_protection", parent), {"kind": "denied", "why": "Her cousin"}
    )

    assert sees(colleague, parent) == 200
    assert rows(Protection) == []


def test_denied_beats_being_named(practitioner, parent, episode, officer):
    with acting_as(officer):
        actions.restrict_record(
            parent=parent, category="high_risk", people=[practitioner], why=WHY, by=officer
        )
        actions.deny_person(parent=parent, user=practitioner, why=WHY, by=officer)

    assert sees(practitioner, parent) == 404


def test_a_new_list_takes_the_place_of_the_old_one(practitioner, parent, episode, officer):
    others = [make.make_user(), make.make_user()]
    with acting_as(officer):
        actions.restrict_record(
            parent=parent, category="high_risk", people=others, why=WHY, by=officer
        )
        before = sees(practitioner, parent)
        actions.restrict_record(
            parent=parent, category="high_risk", people=[practitioner], why=WHY, by=officer
        )

    assert (before, sees(practitioner, parent)) == (404, 200)
    assert [row.user for row in rows(Protection)] == [practitioner]


def test_it_is_looked_at_again_after_90_days(parent, episode, officer):
    with time_machine.travel("2026-01-05 10:00+00:00"), acting_as(officer):
        actions.restrict_record(
            parent=parent, category="adoption", people=[make.make_user()], why=WHY, by=officer
        )
        (row,) = rows(Protection)
    browser = browser_of(officer)

    # January has 26 days left, February 28, March 31: the 90th day after is 5 April.
    assert row.review_on == date(2026, 4, 5)
    assert "Review overdue" in browser.get(reverse("protection:list_protected")).content.decode()
    browser.post(address("keep_protection", parent))
    listed = browser.get(reverse("protection:list_protected")).content.decode()
    assert "Review overdue" not in listed


def lift(browser, row, **typed):
    where = reverse("protection:lift_protection", args=[row.parent_id, row.pk])
    return browser.post(where, {"why": WHY, **typed})


def test_lifted_it_is_as_before_and_history_keeps_what_was_and_why(
    practitioner, parent, episode, officer
):
    with acting_as(officer):
        row = actions.deny_person(parent=parent, user=practitioner, why="Asked to", by=officer)

    answers = [lift(browser_of(officer), row, why="It has been sorted out") for _ in range(2)]

    assert sees(practitioner, parent) == 200
    assert [said(one) for one in answers] == [
        [f"Lifted, record {parent.reference}"],
        ["This has been lifted already."],
    ]
    with acting_as(officer):
        kept = Protection.history.values_list("history_type", "history_change_reason")
        assert sorted(kept) == [("+", "Asked to"), ("-", "It has been sorted out")]
        with pytest.raises(RuleBroken, match="lifted already"):
            actions.lift_protection(protection=row, why=WHY, by=officer)


@pytest.mark.parametrize("page", ["restrict_record", "deny_person", "answer_requests"])
def test_nothing_changes_without_a_reason(parent, episode, officer, practitioner, page):
    asked = make.ask_for_protection(parent, practitioner)
    everything = {
        "category": "high_risk",
        "people": [str(practitioner.pk)],
        "user": str(practitioner.pk),
        "answers": [str(asked.pk)],
    }

    shown = browser_of(officer).post(address(page, parent), everything).content.decode()

    assert "Enter why" in shown
    assert rows(Protection) == []
    assert rows(ProtectionRequest)[0].answered_at is None


def test_nothing_is_lifted_without_a_reason_or_with_one_tap(parent, episode, officer):
    row = make.protect(parent, "denied", make.make_user())

    shown = browser_of(officer).get(address("show_protection", parent)).content.decode()
    answer = lift(browser_of(officer), row, why=" ")

    assert "Enter why" in answer.content.decode()
    assert "lift/" in shown
    assert not re.search(r'action="[^"]*lift/', shown)
    assert rows(Protection) == [row]


def test_a_denial_that_names_a_worker_is_lifted_alone(parent, episode, officer, worker):
    other = make.protect(parent, "denied", make.make_user())
    with make.as_seeder():
        row = make.protect(parent, "denied", make.make_user())
        row.user, row.worker = None, worker
        row.save()

    lift(browser_of(officer), row)

    assert rows(Protection) == [other]


def test_lifting_a_restriction_lifts_all_of_it_and_no_denial(parent, episode, officer):
    named = [make.protect(parent, "restricted", make.make_user()) for _ in range(2)]
    denied = make.protect(parent, "denied", make.make_user())

    lift(browser_of(officer), named[0])

    assert rows(Protection) == [denied]


def test_a_protection_of_another_record_is_not_lifted_here(parent, episode, officer):
    row = make.protect(make.make_parent(), "denied", make.make_user())
    where = reverse("protection:lift_protection", args=[parent.pk, row.pk])

    assert browser_of(officer).post(where, {"why": WHY}).status_code == 302
    assert rows(Protection) == [row]


def deny(browser, parent, user, **typed):
    return browser.post(address("deny_person", parent), {"user": str(user.pk), "why": WHY, **typed})


def test_a_decision_answers_the_requests_that_are_ticked_and_no_other(
    practitioner, parent, episode, officer
):
    ticked, other = (make.ask_for_protection(parent, practitioner) for _ in range(2))

    deny(browser_of(officer), parent, make.make_practitioner(episode.programme))
    before = [one.answered_at for one in rows(ProtectionRequest)]
    deny(browser_of(officer), parent, practitioner, answers=[str(ticked.pk)])

    assert before == [None, None]
    assert [one.answered_by for one in rows(ProtectionRequest)] == [officer, None]
    assert [one.pk for one in rows(ProtectionRequest, answered_at=None)] == [other.pk]


def test_a_request_for_what_holds_already_can_be_answered(practitioner, parent, episode, officer):
    make.protect(parent, "denied", practitioner)
    asked = make.ask_for_protection(parent, practitioner)

    deny(browser_of(officer), parent, practitioner, answers=[str(asked.pk)])

    assert rows(ProtectionRequest)[0].answered_by == officer
    assert len(rows(Protection)) == 1


def test_a_request_is_answered_without_changing_anything(practitioner, parent, episode, officer):
    asked = make.ask_for_protection(parent, practitioner)
    browser = browser_of(officer)
    typed = {"answers": [str(asked.pk)], "why": "Nobody of that name works here"}

    answers = [browser.post(address("answer_requests", parent), typed) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert rows(ProtectionRequest)[0].answered_by == officer
    assert rows(Protection) == []
    with acting_as(officer):
        (last,) = ProtectionRequest.history.filter(history_type="~")
    assert last.history_change_reason == "Nobody of that name works here"


def test_requests_about_another_record_are_not_answered_here(
    practitioner, parent, episode, officer
):
    elsewhere = make.ask_for_protection(make.make_parent(), practitioner)
    make.ask_for_protection(parent, practitioner)

    answer = deny(browser_of(officer), parent, practitioner, answers=[str(elsewhere.pk)])

    assert "Choose from the list" in answer.content.decode()
    assert {one.answered_at for one in rows(ProtectionRequest)} == {None}


@pytest.mark.parametrize("typed", [{}, {"category": "high_risk"}, {"people": ["x"]}])
def test_a_list_without_a_reason_or_a_name_restricts_nothing(parent, episode, officer, typed):
    response = browser_of(officer).post(address("restrict_record", parent), typed)

    assert response.status_code == 200
    assert "error" in response.content.decode()
    assert rows(Protection) == []


def test_the_officer_never_reads_a_name(parent, episode, officer, practitioner):
    with acting_as(officer):
        actions.deny_person(parent=parent, user=practitioner, why=WHY, by=officer)
    browser = browser_of(officer)

    for page in ("show_protection", "restrict_record", "deny_person"):
        shown = browser.get(address(page, parent)).content.decode()
        assert parent.reference in shown
        with make.as_seeder():
            assert parent.identity.family_name not in shown


@pytest.mark.parametrize("count", [1, 3, 30])
def test_lists_cost_the_same_number_of_queries(
    count, programme, officer, django_assert_max_num_queries
):
    for _ in range(count):
        parent = make.make_parent()
        make.make_referral(parent, programme)
        make.protect(parent, "denied", make.make_user())
        make.make_opening(parent)
    browser = browser_of(officer)

    for page in ("list_protected", "list_openings"):
        with django_assert_max_num_queries(22):
            browser.get(reverse(f"protection:{page}"))


def test_fifty_stand_on_a_page_the_most_urgent_first(programme, officer):
    rows_made = []
    for number in range(51):
        parent = make.make_parent()
        make.make_referral(parent, programme)
        with make.as_seeder():
            row = make.protect(parent, "denied", make.make_user())
            row.review_on = today() + timedelta(days=number)
            row.save()
            opening = make.make_opening(parent)
            opening.review_by = today() + timedelta(days=number)
            opening.save()
        rows_made.append(row)
    browser = browser_of(officer)

    def parents_on(page, number):
        lines = browser.get(reverse(f"protection:{page}"), {"page": number}).context["lines"]
        of_one = {"list_protected": "parent", "list_openings": "opening"}[page]
        return [getattr(line, of_one) for line in lines]

    wanted = [row.parent_id for row in rows_made]
    listed = [one.pk for number in (1, 2) for one in parents_on("list_protected", number)]
    opened = [one.parent_id for number in (1, 2) for one in parents_on("list_openings", number)]
    assert listed == opened == wanted
    assert len(parents_on("list_protected", 1)) == len(parents_on("list_openings", 1)) == 50


def test_an_unknown_reference_is_said_to_be_unknown(officer):
    response = browser_of(officer).post(
        reverse("protection:list_protected"), {"reference": "zzz zzz"}
    )

    assert "No record has this reference." in response.content.decode()


def test_the_officer_finds_any_record_by_its_reference(officer, parent, episode):
    spaced = f"{parent.reference[:3]} {parent.reference[3:]}".lower()

    response = browser_of(officer).post(reverse("protection:list_protected"), {"reference": spaced})

    assert response.headers["Location"] == address("show_protection", parent)
