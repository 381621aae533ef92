from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import contacts, url_of


def two_taps(**typed):
    return {"key": str(uuid4()), "mode": "phone", **typed}


def test_log_no_answer_saves_without_a_word_and_returns_to_the_list(hers, parent, episode, worker):
    response = hers.post(url_of("log_no_answer", parent), two_taps())

    assert response.headers["Location"] == reverse("desk:home")
    [contact] = contacts()
    assert (contact.mode, contact.outcome) == ("phone", "tried_no_answer")
    assert (contact.episode, contact.worker, contact.note) == (episode, worker, "")
    assert timezone.now() - contact.happened_at < timedelta(minutes=1)


def test_log_no_answer_shows_how_to_reach_her_before_its_buttons(hers, parent):
    builders.make_safe_contact(parent, may_leave_message=False)

    page = hers.get(url_of("log_no_answer", parent)).content.decode()

    assert page.index("Do not leave a message") < page.index("Save: tried by phone, no answer")


@pytest.mark.parametrize(
    ("last", "first"), [("", "phone"), ("text", "text"), ("court", "phone"), ("home_visit",) * 2]
)
def test_log_no_answer_offers_the_way_of_the_last_try_first(
    hers, parent, episode, worker, last, first
):
    if last:
        builders.make_contact(parent, episode, worker=worker, outcome="tried_no_answer", mode=last)
    builders.make_contact(parent, episode, worker=worker, outcome="met", mode="email")

    ways = hers.get(url_of("log_no_answer", parent)).context["form"].ways()

    assert ways[0].value == first
    assert sorted(way.value for way in ways) == ["email", "home_visit", "phone", "text"]


def test_log_no_answer_sent_twice_is_one_contact(hers, parent):
    page = hers.get(url_of("log_no_answer", parent)).content.decode()
    typed = {**as_sent(page), "mode": "phone"}

    for _ in range(2):
        hers.post(url_of("log_no_answer", parent), typed)

    assert len(contacts()) == 1


def test_log_no_answer_without_a_way_asks_for_it(hers, parent):
    response = hers.post(url_of("log_no_answer", parent), two_taps(mode="carrier pigeon"))

    assert response.context["form"].errors == {"mode": ["Choose an answer from the list"]}
    assert contacts() == []


def test_log_no_answer_hides_parents_of_other_teams(hers):
    other = builders.make_parent()
    builders.make_episode(other, builders.make_programme("Southside"))

    assert hers.get(url_of("log_no_answer", other)).status_code == 404
    assert hers.post(url_of("log_no_answer", other), two_taps()).status_code == 404


def test_log_no_answer_refuses_the_wrong_role(sign_in, parent, episode, programme):
    manager = builders.make_user()
    builders.grant_role(manager, Role.MANAGER, programme)

    assert sign_in(manager).post(url_of("log_no_answer", parent), two_taps()).status_code == 403
    assert contacts() == []


def test_log_no_answer_asks_strangers_to_sign_in(client, parent, episode):
    asked = client.get(url_of("log_no_answer", parent))
    sent = client.post(url_of("log_no_answer", parent), two_taps())

    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    assert '<input type="hidden" name="mode" value="phone">' in sent.content.decode()


def test_log_no_answer_says_what_was_stored_without_a_name(hers, parent):
    response = hers.post(url_of("log_no_answer", parent), two_taps(mode="text"))

    [said] = response.wsgi_request._messages._queued_messages
    assert said.message == f"Saved, record {parent.reference}: Text message: tried, no answer"
