from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from programme.access import actors
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contacts.models import Contact
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import contacts, queries, reasons, url_of


@pytest.fixture
def contact(parent, episode, worker, practitioner) -> Contact:
    """Logged by the practitioner five minutes ago."""
    five_ago = timezone.now() - timedelta(minutes=5)
    return builders.make_contact(
        parent,
        episode,
        worker=worker,
        written_by=practitioner,
        happened_at=five_ago,
        recorded_at=five_ago,
        note="First words",
    )


def as_shown(page) -> dict[str, str]:
    return as_sent(page.content.decode())


def test_correct_contact_saves_the_new_words_and_keeps_the_old(hers, parent, contact):
    shown = as_shown(hers.get(url_of("correct_contact", parent, contact.pk)))

    response = hers.post(
        url_of("correct_contact", parent, contact.pk),
        {**shown, "note": "Better words", "outcome": "missed_by_parent.parent", "mode": "phone"},
    )

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    [stored] = contacts()
    assert (stored.note, stored.outcome, stored.mode, stored.version) == (
        "Better words",
        "missed_by_parent",
        "phone",
        2,
    )
    with acting_as(actors.SEEDER):
        assert [line.note for line in stored.history.all()] == ["Better words", "First words"]


def test_correct_contact_untouched_changes_nothing_but_the_version(hers, parent, contact):
    shown = as_shown(hers.get(url_of("correct_contact", parent, contact.pk)))

    hers.post(url_of("correct_contact", parent, contact.pk), shown)

    [stored] = contacts()
    kept = ["happened_at", "mode", "outcome", "note", "planned", "minutes", "purpose", "due_on"]
    kept += ["statutory_visit", "episode_id", "programme_id", "worker_id", "written_by_id"]
    assert {name: getattr(stored, name) for name in kept} == {
        name: getattr(contact, name) for name in kept
    }
    assert stored.version == contact.version + 1


def test_correct_contact_asks_why_after_15_minutes(hers, parent, contact):
    url = url_of("correct_contact", parent, contact.pk)
    recorded_at = contact.recorded_at

    with time_machine.travel(recorded_at + timedelta(minutes=14, seconds=59), tick=False):
        assert "reason" not in hers.get(url).context["form"].fields
    with time_machine.travel(recorded_at + timedelta(minutes=15, seconds=1), tick=False):
        page = hers.get(url)
        refused = hers.post(url, {**as_shown(page), "note": "Late words"})
        hers.post(url, {**as_shown(page), "note": "Late words", "reason": "Wrong child's name"})

    assert refused.context["form"].errors == {"reason": ["Enter why you are changing it"]}
    assert refused.context["form"]["note"].value() == "Late words"
    [stored] = contacts()
    assert stored.note == "Late words"
    assert reasons(stored) == ["Wrong child's name", ""]


def test_correct_contact_asks_a_senior_why_at_once(sign_in, parent, contact, programme):
    senior = builders.make_practitioner(programme, role=Role.SENIOR)

    page = sign_in(senior).get(url_of("correct_contact", parent, contact.pk))

    assert "reason" in page.context["form"].fields


def test_correct_contact_shows_both_texts_when_somebody_was_faster(
    hers, sign_in, client, parent, contact, programme, practitioner
):
    url = url_of("correct_contact", parent, contact.pk)
    shown = as_shown(hers.get(url))
    senior = builders.make_practitioner(programme, "Sam Senior", role=Role.SENIOR)
    sign_in(senior)
    client.post(url, {**as_shown(client.get(url)), "note": "Sam's words", "reason": "A slip"})
    sign_in(practitioner)

    both = client.post(url, {**shown, "note": "Grace's words"})

    assert [one.note for one in contacts()] == ["Sam's words"]
    [difference] = both.context["form"].both.differences
    assert (difference.stored, difference.typed) == ("Sam's words", "Grace's words")
    assert both.context["form"].both.saved_by == "Sam Senior"
    page = both.content.decode()
    assert "Sam&#x27;s words" in page
    assert "Grace&#x27;s words</textarea>" in page
    client.post(url, as_shown(both))
    assert [one.note for one in contacts()] == ["Grace's words"]


def test_correct_contact_keeps_every_character_of_what_cannot_be_saved(hers, parent, contact):
    url = url_of("correct_contact", parent, contact.pk)

    response = hers.post(
        url, {**as_shown(hers.get(url)), "mode": "", "minutes": "an hour", "note": " ŵ\r\n<i>"}
    )

    form = response.context["form"]
    assert form.errors == {
        "mode": ["Choose how you were in touch"],
        "minutes": ["How long must be a whole number, like 4"],
    }
    assert (form["note"].value(), form["minutes"].value()) == (" ŵ\r\n<i>", "an hour")
    assert [one.note for one in contacts()] == ["First words"]


def test_correct_contact_moves_it_to_other_work(hers, parent, contact, practitioner):
    other = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)
    there = builders.make_worker(other, practitioner)
    episode = builders.make_episode(parent, other, there)
    url = url_of("correct_contact", parent, contact.pk)
    shown = as_shown(hers.get(url))

    hers.post(url, {**shown, "place": f"episode-{episode.pk}"})

    assert shown["place"] == f"episode-{contact.episode_id}"
    assert [(one.episode, one.programme, one.worker) for one in contacts()] == [
        (episode, other, there)
    ]


def test_correct_contact_finds_only_contacts_of_the_parent_in_the_address(hers, contact, programme):
    other = builders.make_parent()
    builders.make_episode(other, programme)

    assert hers.get(url_of("correct_contact", other, contact.pk)).status_code == 404


def test_correct_contact_hides_contacts_of_other_teams(sign_in, parent, contact):
    elsewhere = builders.make_practitioner(builders.make_programme("Southside"))

    assert sign_in(elsewhere).get(url_of("correct_contact", parent, contact.pk)).status_code == 404


def test_correct_contact_refuses_the_wrong_role(sign_in, parent, contact, programme):
    colleague = builders.make_practitioner(programme)

    refused = sign_in(colleague).get(url_of("correct_contact", parent, contact.pk))

    assert refused.status_code == 403


def test_correct_contact_refuses_work_of_a_programme_she_only_reads(
    hers, parent, contact, practitioner
):
    other = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)
    theirs = builders.make_worker(other)
    read_only = builders.make_contact(parent, builders.make_episode(parent, other, theirs))

    assert hers.get(url_of("correct_contact", parent, read_only.pk)).status_code == 403
    assert hers.get(url_of("correct_contact", parent, contact.pk)).status_code == 200


def test_correct_contact_lets_a_coordinator_correct_only_her_own(
    sign_in, coordinator, parent, contact
):
    own = builders.make_contact(
        parent, contact.episode, written_by=coordinator, recorded_at=timezone.now()
    )
    browser = sign_in(coordinator)

    assert browser.get(url_of("correct_contact", parent, own.pk)).status_code == 200
    assert browser.get(url_of("correct_contact", parent, contact.pk)).status_code == 404


def test_correct_contact_asks_strangers_to_sign_in_and_keeps_their_words(client, parent, contact):
    url = url_of("correct_contact", parent, contact.pk)

    asked = client.get(url)
    sent = client.post(url, {"note": "My words", "version": "1"})

    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    assert "My words" in sent.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_correct_contact_query_count_does_not_grow(hers, parent, contact, number):
    for _ in range(number):
        builders.make_contact(parent, contact.episode)

    with queries(19):
        hers.get(url_of("correct_contact", parent, contact.pk))
