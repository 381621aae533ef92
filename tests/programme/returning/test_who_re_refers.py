"""Who may refer a parent again, what the page tells nobody, and what it costs."""

from datetime import timedelta

import pytest

from programme.core.dates import today
from programme.support.models import Goal
from tests import builders
from tests.programme.pages import as_seen, queries
from tests.programme.returning.again import offer_in, refer_url

DUE_ON = today() + timedelta(days=280 - 87)


@pytest.fixture
def hers(sign_in, practitioner, before):
    return sign_in(practitioner)


def test_the_page_is_the_same_whether_or_not_another_team_worked_with_her(
    hers, parent, programme, worker, before
):
    other = builders.make_programme("Southside")
    hers.get(refer_url(parent))
    without = as_seen(hers.get(refer_url(parent)))
    theirs = builders.make_episode(parent, other, builders.make_worker(other))
    builders.stored(
        Goal, episode=theirs, wording="Hidden", set_by="parent", agreed_on=theirs.opened_on
    )

    assert as_seen(hers.get(refer_url(parent))) == without
    assert (
        b"Another team may have worked with this parent before. Ring the duty lead, or" in without
    )


def test_re_refer_hides_parents_of_other_teams(sign_in, parent, before):
    browser = sign_in(builders.make_practitioner(builders.make_programme("Southside")))

    assert browser.get(refer_url(parent)).status_code == 404
    assert browser.post(refer_url(parent), {}).status_code == 404


def test_re_refer_refuses_the_wrong_role(sign_in, coordinator, parent, before):
    browser = sign_in(coordinator)

    assert browser.get(refer_url(parent)).status_code == 403
    assert browser.post(refer_url(parent), {}).status_code == 403


def test_re_refer_asks_strangers_to_sign_in_and_keeps_the_words(client, parent, before):
    asked = client.get(refer_url(parent))
    sent = client.post(refer_url(parent), {"reason": "My words"})

    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    assert "My words" in sent.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_re_refer_asks_a_fixed_number_of_queries(
    hers, parent, before, number, django_assert_num_queries
):
    for _ in range(number):
        builders.stored(
            Goal, episode=before["episode"], wording="One", set_by="parent", agreed_on=today()
        )
        builders.make_safe_contact(parent)
        builders.make_pregnancy(parent, DUE_ON)
    hers.get(refer_url(parent))

    with django_assert_num_queries(queries(21)):
        response = hers.get(refer_url(parent))

    assert len(offer_in(response).last.goals) == number + 2
