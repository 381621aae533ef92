from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.audit.models import Event
from programme.contacts import actions
from programme.contacts.models import Contact, NextStep
from programme.core.dates import today
from programme.core.errors import RuleBroken
from tests import builders
from tests.programme.contacts.rows import contacts, steps


@pytest.fixture
def record(practitioner, parent, episode, worker):
    """Logs a phone call just now, unless told otherwise."""

    def recorded(**values):
        given = {
            "key": uuid4(),
            "place": actions.Place(episode.programme, episode=episode),
            "happened_at": timezone.now(),
            "mode": "phone",
            "outcome": "met",
            **values,
        }
        with acting_as(practitioner):
            return actions.record_contact(parent=parent, worker=worker, by=practitioner, **given)

    return recorded


def events_of(row):
    """As a protection officer reads them: nobody else may."""
    officer = builders.make_user()
    builders.grant_role(officer, Role.PROTECTION_OFFICER)
    with acting_as(officer):
        return list(Event.objects.filter(subject_id=row.pk))


def said_of(row):
    return [(event.name, event.user_id) for event in events_of(row)]


def test_record_contact_is_one_event_however_often_it_is_sent(record, practitioner, parent):
    key = uuid4()

    contact, again = record(key=key), record(key=key)

    assert again == contact
    assert said_of(contact) == [("contacts.contact_recorded", practitioner.pk)]
    assert [event.parent_id for event in events_of(contact)] == [parent.pk]


def test_record_contact_allows_for_a_phone_that_is_five_minutes_ahead(record):
    record(happened_at=timezone.now() + timedelta(minutes=4, seconds=50))

    with pytest.raises(RuleBroken) as refused:
        record(happened_at=timezone.now() + timedelta(minutes=5, seconds=30))

    assert refused.value.field == "happened_at"
    assert len(contacts()) == 1


def test_record_contact_with_a_next_step_needs_an_open_episode(record, parent, programme):
    ended = builders.make_episode(parent, programme, closed_on=today())

    for place in (actions.Place(programme, episode=ended), actions.Place(programme)):
        with pytest.raises(RuleBroken) as refused:
            record(place=place, next_step="Ring housing")
        assert refused.value.field == "next_step"

    assert (contacts(), steps()) == ([], [])


def test_record_contact_sent_again_with_another_next_step_keeps_both(record):
    key = uuid4()

    for wording in ("Ring housing", "Ring housing", "Ring the nursery"):
        record(key=key, next_step=wording)

    assert [step.wording for step in steps()] == ["Ring housing", "Ring the nursery"]


def test_correct_contact_after_15_minutes_without_a_reason_is_refused(record, practitioner):
    contact = record()

    with acting_as(practitioner):
        stored = Contact.objects.get(pk=contact.pk)
        stored.recorded_at = timezone.now() - timedelta(minutes=16)
        with pytest.raises(RuleBroken) as refused:
            actions.correct_contact(contact=stored, seen_version=1, by=practitioner)

    assert refused.value.field == "reason"


def test_correct_contact_is_an_event(record, practitioner):
    contact = record()

    with acting_as(practitioner):
        stored = Contact.objects.get(pk=contact.pk)
        actions.correct_contact(contact=stored, seen_version=1, by=practitioner)

    assert said_of(contact) == [
        ("contacts.contact_recorded", practitioner.pk),
        ("contacts.contact_corrected", practitioner.pk),
    ]


def test_finish_next_step_is_one_event(practitioner, episode):
    step = builders.stored(NextStep, episode=episode, wording="Ring housing")

    with acting_as(practitioner):
        for _ in range(2):
            actions.finish_next_step(step=NextStep.objects.get(pk=step.pk), by=practitioner)

    assert said_of(step) == [("contacts.next_step_finished", practitioner.pk)]
