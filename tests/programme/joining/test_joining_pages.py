"""The pages about the same person, as somebody uses them."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.joining.models import Merge, NotTheSame, PossibleMatch
from programme.pathways.models import Programme
from programme.people.models import Identity, Parent
from tests import builders as make
from tests.forms import as_sent
from tests.programme.joining.test_join_and_part import join
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior(programme: Programme) -> User:
    return make.make_practitioner(programme, "Sue Day", role=Role.SENIOR)


@pytest.fixture
def browser(sign_in: Any, senior: User) -> Client:
    return sign_in(senior)


def known(programme: Programme, given: str = "Ann", **more: Any) -> Parent:
    more = {"family_name": "Lee", "date_of_birth": date(1995, 3, 4), **more}
    parent = make.make_parent(given_names=given, **more)
    make.make_referral(parent, programme, decision="pending")
    return parent


@pytest.fixture
def pair(programme: Programme) -> tuple[Parent, Parent]:
    return known(programme), known(programme, "Anne", date_of_birth=date(1995, 4, 3))


def look(parent: Parent) -> str:
    return reverse("joining:look_for_same", args=[parent.pk])


def test_two_records_stand_side_by_side_with_a_score_for_each_field(
    browser: Client, pair: tuple[Parent, Parent]
) -> None:
    page = browser.get(look(pair[0])).content.decode()

    for words in (
        "First names spelt or sounding alike (+2)",
        "Same family name (+3)",
        "Same date of birth with day and month swapped (+4)",
        "4 March 1995",
        "3 April 1995",
        "Very likely the same person (9 points)",
    ):
        assert words in page
    assert reverse("joining:join_records", args=[pair[0].pk, pair[1].pk]) in page


def test_who_is_somebody_else_is_said_once_and_not_suggested_again(
    browser: Client, pair: tuple[Parent, Parent]
) -> None:
    body = as_sent(browser.get(look(pair[0])).content.decode())

    answer = browser.post(look(pair[0]), body | {"not_same": [str(pair[1].pk)]})

    assert answer.status_code == 302
    assert len(rows(NotTheSame)) == 1
    for one in pair:
        assert browser.get(look(one)).context["found"] == []


def test_somebody_else_may_be_the_same_after_all(
    browser: Client, pair: tuple[Parent, Parent]
) -> None:
    one, other = pair
    sent = as_sent(browser.get(look(one)).content.decode())
    browser.post(look(one), sent | {"not_same": [str(other.pk)]})
    # From either side, for a reason.
    body = as_sent(browser.get(look(other)).content.decode()) | {"same_after_all": [str(one.pk)]}

    refused = browser.post(look(other), body)
    answer = browser.post(look(other), body | {"why": "A slip of mine"})

    assert "Enter why they may be the same person" in refused.content.decode()
    assert answer.status_code == 302
    assert rows(NotTheSame) == []
    with acting_as(actors.SEEDER):
        lines = NotTheSame.history.order_by("history_date")
        assert [line.history_type for line in lines] == ["+", "-"]
        assert [line.history_change_reason for line in lines] == [None, "A slip of mine"]
    for mine, theirs in (pair, pair[::-1]):
        assert theirs.reference in browser.get(look(mine)).content.decode()
    assert browser.post(look(one), sent | {"not_same": [str(other.pk)]}).status_code == 302
    assert len(rows(NotTheSame)) == 1


def test_a_senior_of_one_team_is_offered_to_join_only_what_she_may_change(
    browser: Client, senior: User, pair: tuple[Parent, Parent]
) -> None:
    elsewhere = make.make_programme("Elsewhere")
    make.grant_role(senior, Role.PRACTITIONER, elsewhere)
    held = make.make_parent(family_name="Lee", given_names="Ann", date_of_birth=date(1995, 3, 4))
    make.make_episode(held, elsewhere, make.make_worker(elsewhere))

    page = browser.get(look(pair[0])).content.decode()

    assert f"Record {held.reference}" in page
    assert reverse("joining:join_records", args=[pair[0].pk, held.pk]) not in page
    assert reverse("joining:join_records", args=[pair[0].pk, pair[1].pk]) in page
    assert "ask a senior" in page


def test_nothing_chosen_is_asked_for(browser: Client, pair: tuple[Parent, Parent]) -> None:
    assert "Choose what to save" in browser.post(look(pair[0]), {}).content.decode()


def test_the_look_among_all_records_says_the_same_whatever_it_finds(
    browser: Client, pair: tuple[Parent, Parent]
) -> None:
    plain = browser.post(look(pair[0]), {"ask_keepers": "on"}, follow=True)
    hidden = known(make.make_programme("Elsewhere"))

    found = browser.post(look(pair[0]), {"ask_keepers": "on"}, follow=True)

    assert [row.parent_id for row in rows(PossibleMatch)] == [hidden.pk]
    assert hidden.reference not in found.content.decode()
    assert len(found.content) == len(plain.content)


@pytest.mark.parametrize("closed", ["asked_for", "hidden"])
@pytest.mark.parametrize("kind", ["restricted", "denied"])
@pytest.mark.parametrize("since", ["before", "after"])
def test_a_match_with_a_protected_record_is_told_to_officers_alone(
    sign_in: Any, browser: Client, senior: User, closed: str, kind: str, since: str,
    pair: tuple[Parent, Parent],
) -> None:  # fmt: skip
    elsewhere = make.make_programme("Elsewhere")
    keeper = make.make_practitioner(elsewhere, role=Role.SENIOR)
    officer = make.make_user()
    make.grant_role(officer, Role.PROTECTION_OFFICER, None)
    hidden = known(elsewhere)
    record = pair[0] if closed == "asked_for" else hidden
    # Restricted to the one who asks, or denied to the one who keeps the other record.
    named = keeper if kind == "denied" else senior
    if since == "before":
        make.protect(record, kind, named)

    browser.post(look(pair[0]), {"ask_keepers": "on"})
    if since == "after":
        make.protect(record, kind, named)

    (match,) = rows(PossibleMatch, parent=hidden)
    listed = reverse("joining:list_possible_matches")
    answer = reverse("joining:answer_possible_match", args=[hidden.pk, match.pk])
    assert answer not in sign_in(keeper).get(listed).content.decode()
    assert sign_in(keeper).get(answer).status_code == 404
    assert answer in sign_in(officer).get(listed).content.decode()
    assert sign_in(officer).get(answer).status_code == 200


def test_an_officer_who_is_denied_one_is_not_told_of_the_other(
    sign_in: Any, browser: Client, pair: tuple[Parent, Parent]
) -> None:
    officer = make.make_user()
    make.grant_role(officer, Role.PROTECTION_OFFICER, None)
    hidden = known(make.make_programme("Elsewhere"))
    make.protect(pair[0], "denied", officer)

    browser.post(look(pair[0]), {"ask_keepers": "on"})

    page = sign_in(officer).get(reverse("joining:list_possible_matches")).content.decode()
    assert str(hidden.pk) not in page


def test_many_possible_matches_stand_on_pages(sign_in: Any, pair: tuple[Parent, Parent]) -> None:
    elsewhere = make.make_programme("Elsewhere")
    keeper = make.make_practitioner(elsewhere, role=Role.SENIOR)
    with make.as_seeder():
        for _ in range(51):
            make.stored(
                PossibleMatch,
                parent=known(elsewhere),
                found_for=pair[0],
                programme=elsewhere,
                asked_by=keeper,
            )
    url = reverse("joining:list_possible_matches")

    pages = [sign_in(keeper).get(url, {"page": number}) for number in (1, 2)]

    assert [len(page.context["lines"]) for page in pages] == [50, 1]
    assert "?page=2" in pages[0].content.decode()


def test_a_practitioner_looks_and_a_senior_joins(
    sign_in: Any, practitioner: User, pair: tuple[Parent, Parent]
) -> None:
    page = sign_in(practitioner).get(look(pair[0])).content.decode()

    assert "ask a senior" in page
    assert reverse("joining:join_records", args=[pair[0].pk, pair[1].pk]) not in page


def test_joined_and_parted_on_the_pages(browser: Client, pair: tuple[Parent, Parent]) -> None:
    kept, absorbed = pair
    url = reverse("joining:join_records", args=[kept.pk, absorbed.pk])
    shown = browser.get(url).content.decode()
    refused = browser.post(url, as_sent(shown) | {"why": ""})

    joined = browser.post(url, as_sent(shown) | {"why": "Same GP"})

    assert "1 referral" in shown
    assert "a refusal on either record holds" in shown
    assert "Enter how you know" in refused.content.decode()
    record = reverse("desk:show_parent", args=[kept.pk])
    assert joined.headers["Location"] == record
    (merge,) = rows(Merge)
    assert (merge.why, merge.joined_by.name) == ("Same GP", "Sue Day")
    undo = reverse("joining:undo_join", args=[kept.pk, merge.pk])
    assert undo in browser.get(look(kept)).content.decode()
    assert "stays with record" in browser.get(undo).content.decode()
    assert browser.post(undo, {"why": "Two cousins"}).status_code == 302
    assert {row.parent_id for row in rows(Identity)} == {kept.pk, absorbed.pk}
    assert browser.get(reverse("desk:show_parent", args=[absorbed.pk])).status_code == 200


def test_an_address_of_the_joined_record_leads_to_the_one_it_is_now(
    browser: Client, pair: tuple[Parent, Parent], senior: User
) -> None:
    kept, absorbed = pair
    join(kept, absorbed, senior)

    old = browser.get(reverse("desk:show_parent", args=[absorbed.pk]))
    form = browser.get(reverse("contacts:log_contact", args=[absorbed.pk]))

    assert old.headers["Location"] == reverse("desk:show_parent", args=[kept.pk])
    assert form.headers["Location"] == reverse("contacts:log_contact", args=[kept.pk])
    assert browser.get(old.headers["Location"]).status_code == 200


def test_who_may_not_see_the_joined_record_is_told_nothing_at_its_old_address(
    sign_in: Any, pair: tuple[Parent, Parent], senior: User
) -> None:
    stranger = make.make_practitioner(make.make_programme())
    before = sign_in(stranger).get(reverse("desk:show_parent", args=[pair[1].pk]))
    join(pair[0], pair[1], senior)

    after = sign_in(stranger).get(reverse("desk:show_parent", args=[pair[1].pk]))

    assert (before.status_code, after.status_code) == (404, 404)


def test_a_record_she_may_not_change_cannot_be_joined(
    browser: Client, pair: tuple[Parent, Parent]
) -> None:
    hidden = known(make.make_programme("Elsewhere"))

    for one, other in ((pair[0], hidden), (hidden, pair[0])):
        url = reverse("joining:join_records", args=[one.pk, other.pk])
        assert (browser.get(url).status_code, browser.post(url).status_code) == (404, 404)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_costs_the_same_however_many_are_alike(
    browser: Client, programme: Programme, count: int
) -> None:
    with make.as_seeder():
        parent = known(programme)
        for _ in range(count):
            known(programme)

    with CaptureQueriesContext(connection) as asked:
        page = browser.get(look(parent))

    assert len(page.context["found"]) == min(count, 5)
    # PostgreSQL is also told who asks.
    assert len([one for one in asked if "set_config" not in one["sql"]]) == QUERIES


QUERIES = 28


def test_the_merger_wrote_and_the_senior_stands_on_the_merge(
    pair: tuple[Parent, Parent], senior: User
) -> None:
    merge = join(*pair, senior)

    with acting_as(actors.SEEDER):
        lines = Identity.history.filter(parent_id=pair[0].pk).order_by("history_date")
        newest = lines.last()
    assert newest is not None
    assert newest.history_user_id == actors.MERGER
    assert newest.history_change_reason == f"merge {merge.pk}"
    assert merge.joined_by_id == senior.pk
