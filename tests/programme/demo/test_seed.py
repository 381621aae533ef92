"""The demonstration: who is in it, made through the actions, and the same every time."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from programme.access.actors import SEEDER
from programme.access.scope import acting_as
from programme.audit.models import Event
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.demo import seed
from programme.episodes.models import Episode
from programme.pathways.models import Programme
from programme.people.models import Child, Identity, Parent
from tests.pristine import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told() -> list[tuple[object, ...]]:
    """What a visitor meets, in an order of its own: names, days and words."""
    with acting_as(SEEDER):
        people = Identity.objects.values_list("given_names", "family_name", "date_of_birth")
        contacts = Contact.objects.values_list("happened_at", "mode", "outcome", "note")
        children = Child.objects.values_list("given_names", "date_of_birth")
        return sorted([*people, *contacts, *children], key=repr)


def test_the_demonstration_is_what_it_says_and_the_same_every_time(client: Client) -> None:
    """One test, for making three years of history takes seconds."""
    with transaction.atomic():
        seed.load(lambda line: None)
        first = told()
        transaction.set_rollback(True)
    seed.load(lambda line: None)

    assert len(first) > 1000
    assert told() == first
    check_who_is_in_it()
    check_that_actions_made_it()
    page = client.get("/demo/")
    assert [bool(group.people) for group in page.context["groups"]] == [True] * 11
    assert "Asha Example" in page.content.decode()


def check_who_is_in_it() -> None:
    """Two areas, three programmes on different pathways, about 60 mothers and 25 fathers."""
    with acting_as(SEEDER):
        programmes = list(Programme.objects.all())
        roles = Counter(Parent.objects.values_list("parent_role", flat=True))
        earliest = Episode.objects.order_by("opened_on").first()
        names = Counter(Identity.objects.values_list("given_names", "family_name"))

    assert len({one.area for one in programmes}) == 2
    assert len({one.pathway_id for one in programmes}) == len(programmes) == 3
    assert 55 <= roles["mother"] <= 65
    assert roles["father"] == 25
    assert earliest is not None
    assert timedelta(days=2.5 * 365) < today() - earliest.opened_on < timedelta(days=3.5 * 365)
    assert [name for name, count in names.items() if count > 1] == []


def check_that_actions_made_it() -> None:
    with acting_as(SEEDER):
        contacts = Contact.objects.count()
    with as_owner():
        events = Counter(Event.objects.values_list("name", flat=True))

    assert contacts == events["contacts.contact_recorded"] > 500
    assert events["episodes.stage_changed"] > 50
