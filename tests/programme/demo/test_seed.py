"""The demonstration: who is in it, made through the actions, and the same every time."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from programme.access.actors import SEEDER
from programme.access.scope import acting_as
from programme.audit.models import Event
from programme.contacts.models import Contact, PlannedContact
from programme.core.dates import today
from programme.demo import seed
from programme.episodes.models import Episode
from programme.groups.models import Attendance, GroupSession
from programme.pathways.models import Programme
from programme.people.models import Child, Identity, Parent, SafeContact
from programme.pregnancies.models import PregnancyTold
from programme.proceedings.models import Hearing, Proceedings
from tests.pristine import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def told() -> list[tuple[object, ...]]:
    """What a visitor meets, in an order of its own: names, days and words."""
    with acting_as(SEEDER):
        people = Identity.objects.values_list("given_names", "family_name", "date_of_birth")
        contacts = Contact.objects.values_list("happened_at", "mode", "outcome", "note")
        children = Child.objects.values_list("given_names", "date_of_birth")
        hearings = Hearing.objects.values_list("held_on", "begins_at", "kind", "source")
        risks = SafeContact.objects.values_list("number", "known_risk")
        planned = PlannedContact.objects.values_list("planned_for", "mode", "with_whom")
        counted = GroupSession.objects.values_list("starts_at", "head_count")
        return sorted(
            [*people, *contacts, *children, *hearings, *risks, *planned, *counted], key=repr
        )


def test_the_demonstration_is_what_it_says_and_the_same_every_time(client: Client) -> None:
    """One test, for making three years of history takes seconds."""
    with transaction.atomic():
        seed.load(lambda line: None)
        first = told()
        transaction.set_rollback(True)
    seed.load(lambda line: None)

    assert len(first) > 1000
    check_court_and_safe_contact()
    check_who_may_be_told()
    check_days_around_today()
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


def check_days_around_today() -> None:
    """Contacts to come and one nobody has answered for; a group that met and will meet."""
    now = timezone.now()
    with acting_as(SEEDER):
        planned = list(PlannedContact.objects.values_list("planned_for", flat=True))
        met = GroupSession.objects.exclude(head_count=None).values_list("group_id")
        to_come = GroupSession.objects.filter(starts_at__gt=now).values_list("group_id")
        came = set(Attendance.objects.filter(answer="came").values_list("parent_id", flat=True))

    assert any(one < now for one in planned)
    assert sum(one > now for one in planned) > 5
    assert set(met) == set(to_come) and len(set(met)) == 3
    assert len(came) > 5


def check_court_and_safe_contact() -> None:
    with acting_as(SEEDER):
        to_come = Hearing.objects.filter(held_on__gt=today())
        told = to_come.filter(source="parent").count()
        from_papers = to_come.count() - told
        risks = SafeContact.objects.exclude(known_risk="").count()
        not_issued = Proceedings.objects.filter(issued_on=None).count()

    assert min(told, from_papers, risks, not_issued) >= 2


def check_who_may_be_told() -> None:
    """One father may know of the pregnancy, another not yet, each in the mother's words."""
    with acting_as(SEEDER):
        said = set(PregnancyTold.objects.values_list("may_be_told", "words_of"))

    assert said == {(True, "parent"), (False, "parent")}


def check_that_actions_made_it() -> None:
    with acting_as(SEEDER):
        contacts = Contact.objects.count()
    with as_owner():
        events = Counter(Event.objects.values_list("name", flat=True))

    assert contacts == events["contacts.contact_recorded"] > 500
    assert events["episodes.stage_changed"] > 50
