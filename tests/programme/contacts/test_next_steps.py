from uuid import uuid4

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.core.dates import today
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import steps, url_of


def a_step(**typed):
    return {"key": str(uuid4()), "wording": "Ring housing", "due_on": str(today()), **typed}


@pytest.fixture
def step(episode) -> NextStep:
    return builders.stored(NextStep, episode=episode, wording="Ring housing", due_on=today())


def test_add_next_step_saves_and_moves_on_to_the_record(hers, parent, episode):
    response = hers.post(url_of("add_next_step", parent), a_step())

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    assert [(one.episode, one.wording, one.due_on, one.done_on) for one in steps()] == [
        (episode, "Ring housing", today(), None)
    ]


def test_add_next_step_shows_what_to_put_right(hers, parent):
    response = hers.post(
        url_of("add_next_step", parent),
        {
            "key": str(uuid4()),
            "wording": " ",
            "due_on_day": "31",
            "due_on_month": "2",
            "due_on_year": "2026",
        },
    )

    form = response.context["form"]
    assert form.errors == {
        "wording": ["Enter the next step"],
        "due_on": ["The day to do it by must be a real date"],
    }
    assert form["due_on"].value().month == "2"
    assert steps() == []


def test_add_next_step_sent_twice_is_one_step(hers, parent):
    typed = a_step()

    replies = [hers.post(url_of("add_next_step", parent), typed).status_code for _ in range(2)]

    assert (replies, len(steps())) == ([302, 302], 1)


def test_add_next_step_sent_again_with_other_words_is_a_second_step_after_asking(hers, parent):
    typed = a_step()
    hers.post(url_of("add_next_step", parent), typed)

    asked = hers.post(url_of("add_next_step", parent), {**typed, "wording": "Ring the nursery"})

    form = asked.context["form"]
    assert form.non_field_errors() == [
        "You saved “Ring housing” from this page already. Save again to add this one too."
    ]
    assert [one.wording for one in steps()] == ["Ring housing"]
    hers.post(url_of("add_next_step", parent), as_sent(asked.content.decode()))
    assert [one.wording for one in steps()] == ["Ring housing", "Ring the nursery"]


def test_add_next_step_without_an_open_episode_says_so(sign_in, practitioner, parent, programme):
    builders.make_episode(parent, programme, closed_on=today())
    browser = sign_in(practitioner)

    page = browser.get(url_of("add_next_step", parent))
    browser.post(url_of("add_next_step", parent), a_step())

    assert page.context["form"] is None
    assert "there is none that you work in" in page.content.decode()
    assert steps() == []


def test_finish_next_step_is_done_today_and_stays_so(hers, parent, step):
    for _ in range(2):
        response = hers.post(url_of("finish_next_step", parent, step.pk))

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    assert [(one.done_on, one.version) for one in steps()] == [(today(), 2)]


def test_finish_next_step_is_never_done_by_looking(hers, parent, step):
    assert hers.get(url_of("finish_next_step", parent, step.pk)).status_code == 405


def test_finish_next_step_finds_only_steps_of_the_parent_in_the_address(hers, step, programme):
    other = builders.make_parent()
    builders.make_episode(other, programme)

    assert hers.post(url_of("finish_next_step", other, step.pk)).status_code == 404
    assert [one.done_on for one in steps()] == [None]


def test_next_steps_hide_parents_of_other_teams(sign_in, parent, step):
    browser = sign_in(builders.make_practitioner(builders.make_programme("Southside")))

    assert browser.get(url_of("add_next_step", parent)).status_code == 404
    assert browser.post(url_of("finish_next_step", parent, step.pk)).status_code == 404


def test_next_steps_refuse_the_wrong_role(sign_in, coordinator, parent, step):
    browser = sign_in(coordinator)

    assert browser.get(url_of("add_next_step", parent)).status_code == 403
    assert browser.post(url_of("finish_next_step", parent, step.pk)).status_code == 403
    assert [one.done_on for one in steps()] == [None]


def test_finish_next_step_refuses_work_of_a_programme_she_only_reads(hers, parent, practitioner):
    other = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)
    theirs = builders.make_episode(parent, other, builders.make_worker(other))
    step = builders.stored(NextStep, episode=theirs, wording="Not hers")

    assert hers.post(url_of("finish_next_step", parent, step.pk)).status_code == 403
    assert [one.done_on for one in steps()] == [None]


def test_next_steps_ask_strangers_to_sign_in(client, parent, episode):
    asked = client.get(url_of("add_next_step", parent))
    sent = client.post(url_of("add_next_step", parent), a_step(wording="My words"))

    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    assert "My words" in sent.content.decode()


def test_due_day_is_optional(hers, parent):
    hers.post(url_of("add_next_step", parent), {"key": str(uuid4()), "wording": "Some day"})

    assert [(one.wording, one.due_on) for one in steps()] == [("Some day", None)]
