from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.core.dates import today
from tests import builders
from tests.forms import as_sent, buttons
from tests.programme.contacts.rows import a_visit, contacts, queries, steps, url_of


def test_log_contact_saves_and_moves_on_to_the_record(hers, parent, episode, practitioner, worker):
    sent_at = timezone.now()

    response = hers.post(url_of("log_contact", parent), a_visit())

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    [contact] = contacts()
    assert (contact.parent, contact.episode, contact.programme) == (
        parent,
        episode,
        episode.programme,
    )
    assert (contact.mode, contact.outcome) == ("home_visit", "met")
    assert contact.note == "We talked about housing."
    assert (contact.worker, contact.written_by) == (worker, practitioner)
    assert timedelta(0) <= contact.recorded_at - sent_at < timedelta(minutes=1)
    assert abs(contact.happened_at - sent_at) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "outcome",
    ["met", "tried_no_answer", "cancelled_by_parent", "cancelled_by_service"],
)
def test_log_contact_stores_the_answer_of_the_button(hers, parent, outcome):
    hers.post(url_of("log_contact", parent), a_visit(outcome=outcome))

    assert [contact.outcome for contact in contacts()] == [outcome]


def test_log_contact_keeps_what_is_folded(hers, parent):
    hers.post(
        url_of("log_contact", parent),
        a_visit(
            minutes="45",
            planned="yes",
            purpose="assessment",
            statutory_visit="no",
            due_on=str(today()),
            next_step="Ring housing",
            next_step_due_on=str(today() + timedelta(days=2)),
        ),
    )

    [contact] = contacts()
    assert (contact.minutes, contact.planned, contact.purpose) == (45, True, "assessment")
    assert (contact.statutory_visit, contact.due_on) == (False, today())
    assert [(s.wording, s.due_on, s.episode) for s in steps()] == [
        ("Ring housing", today() + timedelta(days=2), contact.episode)
    ]


def test_log_contact_guesses_no_outcome(hers, parent, episode, practitioner):
    builders.make_contact(parent, episode, written_by=practitioner, mode="phone")

    form = hers.get(url_of("log_contact", parent)).context["form"]

    assert [option.selected for option in form["outcome"].options] == [False] * 7


def test_log_contact_starts_with_now_and_the_kind_of_the_last_meeting(
    hers, parent, episode, worker, practitioner
):
    days = [builders.days_ago(ago) for ago in (1, 2, 3)]
    builders.make_contact(
        parent, episode, worker=worker, mode="text", outcome="tried_no_answer", happened_at=days[0]
    )
    builders.make_contact(parent, episode, worker=worker, mode="court", happened_at=days[1])
    builders.make_contact(parent, episode, worker=worker, mode="phone", happened_at=days[2])

    form = hers.get(url_of("log_contact", parent)).context["form"]

    assert form["happened_at"].value() == "now"
    assert [one.value for one in form["mode"].options if one.selected] == ["court"]
    assert [one.value for one in form.modes_in_sight()] == [
        "home_visit",
        "community_visit",
        "phone",
        "text",
        "court",
    ]


def test_log_contact_takes_no_kind_from_a_colleague(hers, parent, episode):
    builders.make_contact(parent, episode, worker=builders.make_worker(episode.programme))

    form = hers.get(url_of("log_contact", parent)).context["form"]

    assert [one.value for one in form["mode"].options if one.selected] == []


def test_log_contact_shows_how_to_reach_her_first(hers, parent):
    builders.make_safe_contact(parent, number="07700 900123", may_leave_message=False)

    page = hers.get(url_of("log_contact", parent)).content.decode()

    assert page.index("How to reach Ann Lee safely") < page.index("Do not leave a message")
    assert page.index("Do not leave a message") < page.index("id_happened_at_0")
    assert "<strong>07700 900123</strong>" in page


def test_log_contact_title_has_the_reference_and_no_name(hers, parent):
    page = hers.get(url_of("log_contact", parent)).content.decode()

    title = page[page.index("<title>") : page.index("</title>")]
    assert title == f"<title>Log a contact, record {parent.reference} – Recurrent"


def test_log_contact_by_the_return_key_saves_nothing_and_keeps_every_character(hers, parent):
    note = "  Line one\r\nline two <b>&amp; ŵ 😀  "

    response = hers.post(
        url_of("log_contact", parent), {**a_visit(note=note, minutes="x7"), "outcome": ""}
    )

    form = response.context["form"]
    assert contacts() == []
    assert form.errors == {
        "outcome": ["Choose what happened"],
        "minutes": ["How long must be a whole number, like 4"],
    }
    assert (form["note"].value(), form["minutes"].value()) == (note, "x7")
    assert form.more_is_open


def test_log_contact_cannot_be_in_the_future_unless_cancelled(hers, parent):
    ahead = timezone.localtime() + timedelta(days=2)
    typed = a_visit(happened_at=f"{ahead:%Y-%m-%dT%H:%M}")

    response = hers.post(url_of("log_contact", parent), typed)
    hers.post(url_of("log_contact", parent), {**typed, "outcome": "cancelled_by_parent"})

    assert response.context["form"].errors == {
        "happened_at": [
            "That time has not come yet. Enter a time up to now, or say that it was cancelled."
        ]
    }
    assert [(one.outcome, timezone.localdate(one.happened_at)) for one in contacts()] == [
        ("cancelled_by_parent", ahead.date())
    ]


def test_log_contact_sent_twice_is_one_contact(hers, parent):
    typed = a_visit(next_step="Ring housing")

    replies = [hers.post(url_of("log_contact", parent), typed) for _ in range(2)]

    assert [reply.headers["Location"] for reply in replies] == [
        reverse("desk:show_parent", args=[parent.pk])
    ] * 2
    assert (len(contacts()), len(steps())) == (1, 1)


def test_log_contact_sent_again_an_hour_later_is_still_one_contact(hers, parent):
    typed = a_visit()
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        hers.post(url_of("log_contact", parent), typed)

    again = hers.post(url_of("log_contact", parent), typed)

    assert (again.status_code, len(contacts())) == (302, 1)


def test_log_contact_sent_again_with_other_words_offers_them_as_a_correction(hers, parent):
    typed = a_visit(note="First words")
    an_hour_ago = timezone.now() - timedelta(hours=1)
    with time_machine.travel(an_hour_ago, tick=False):
        hers.post(url_of("log_contact", parent), typed)

    response = hers.post(url_of("log_contact", parent), {**typed, "note": "Better words"})

    [contact] = contacts()
    assert contact.note == "First words"
    assert [(d.label, d.stored, d.typed) for d in response.context["form"].both.differences] == [
        ("Note", "First words", "Better words")
    ]
    page = response.content.decode()
    assert f'action="{url_of("correct_contact", parent, contact.pk)}"' in page
    reason = {"reason": "Said more exactly"}
    hers.post(url_of("correct_contact", parent, contact.pk), {**as_sent(page), **reason})
    assert [(one.note, one.happened_at) for one in contacts()] == [
        ("Better words", contact.happened_at)
    ]


def test_log_contact_with_a_spoiled_key_is_saved_all_the_same(hers, parent):
    hers.post(url_of("log_contact", parent), a_visit(key="no key at all"))

    assert len(contacts()) == 1


def test_log_contact_as_the_page_sends_it_is_saved_once(hers, parent):
    page = hers.get(url_of("log_contact", parent)).content.decode()
    typed = {**as_sent(page), "mode": "phone", "outcome": "met", "note": "As typed"}

    for _ in range(2):
        hers.post(url_of("log_contact", parent), typed)

    assert [(one.mode, one.note, one.planned, one.minutes) for one in contacts()] == [
        ("phone", "As typed", None, None)
    ]


def test_log_contact_return_key_presses_a_button_without_an_answer(hers, parent):
    page = hers.get(url_of("log_contact", parent)).content.decode()

    assert buttons(page) == [
        ("", ""),
        ("keep_draft", "yes"),
        ("outcome", "met"),
        ("outcome", "tried_no_answer"),
        ("outcome", "cancelled_by_parent"),
        ("outcome", "cancelled_by_service"),
        ("outcome", "missed_by_parent.parent"),
        ("outcome", "missed_by_parent.service"),
        ("outcome", "missed_by_parent.logistics"),
    ]


def test_log_contact_hides_parents_of_other_teams(hers, practitioner):
    elsewhere = builders.make_programme("Southside")
    other = builders.make_parent()
    builders.make_episode(other, elsewhere)

    assert hers.get(url_of("log_contact", other)).status_code == 404
    assert hers.post(url_of("log_contact", other), a_visit()).status_code == 404
    assert contacts() == []


def test_log_contact_refuses_the_wrong_role(sign_in, episode, parent, programme):
    manager = builders.make_user()
    builders.grant_role(manager, Role.MANAGER, programme)

    assert sign_in(manager).get(url_of("log_contact", parent)).status_code == 403


def test_log_contact_refuses_a_colleague_who_does_not_stand_in(sign_in, episode, parent, programme):
    colleague = builders.make_practitioner(programme)

    assert sign_in(colleague).get(url_of("log_contact", parent)).status_code == 403


def test_log_contact_asks_strangers_to_sign_in_and_keeps_their_words(client, episode, parent):
    asked = client.get(url_of("log_contact", parent))
    sent = client.post(url_of("log_contact", parent), a_visit(note="My words"))

    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    assert sent.status_code == 403
    assert "My words" in sent.content.decode()
    assert '<input type="hidden" name="outcome" value="met">' in sent.content.decode()


def test_log_contact_by_a_coordinator_is_her_own_and_plans_nothing(
    sign_in, coordinator, parent, episode
):
    browser = sign_in(coordinator)

    form = browser.get(url_of("log_contact", parent)).context["form"]
    browser.post(url_of("log_contact", parent), a_visit(next_step="Not hers to plan"))

    assert "next_step" not in form.fields
    assert [(one.worker, one.written_by) for one in contacts()] == [(None, coordinator)]
    assert steps() == []


def test_log_contact_ignores_fields_the_page_does_not_have(hers, parent, coordinator):
    other = builders.make_parent()

    hers.post(
        url_of("log_contact", parent),
        a_visit(parent=other.pk, written_by=coordinator.pk, package_id="x", version="9"),
    )

    [contact] = contacts()
    assert (contact.parent, contact.package_id, contact.version) == (parent, "", 1)
    assert contact.written_by != coordinator


@pytest.mark.parametrize("number", [1, 3, 30])
def test_log_contact_query_count_does_not_grow(hers, parent, episode, worker, number):
    for ago in range(number):
        builders.make_contact(parent, episode, worker=worker, happened_at=builders.days_ago(ago))

    with queries(10):
        hers.get(url_of("log_contact", parent))


def test_log_contact_under_the_key_of_a_hidden_contact_leaves_that_alone(hers, parent):
    other = builders.make_parent()
    elsewhere = builders.make_programme("Southside")
    theirs = builders.make_contact(other, builders.make_episode(other, elsewhere))

    response = hers.post(url_of("log_contact", parent), a_visit(key=str(theirs.pk)))

    assert response.status_code == 302
    assert [(one.parent, one.note) for one in contacts()] == [
        (other, ""),
        (parent, "We talked about housing."),
    ]


def test_fresh_pages_carry_fresh_keys(hers, parent):
    pages = [hers.get(url_of("log_contact", parent)) for _ in range(2)]

    assert len({page.context["form"]["key"].value() for page in pages}) == 2
