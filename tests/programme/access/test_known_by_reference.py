"""Somebody whom a team knew long ago: what may be added to her record without reading it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from programme.access.scope import acting_as
from programme.core.dates import today
from programme.people.models import Parent
from programme.pregnancies.models import DueDate, Pregnancy
from tests import builders as make
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db

DUE_ON = today() + timedelta(days=140)
A_PREGNANCY = {
    "key": "5d1e6f2c-0000-4000-8000-000000000001",
    "known_on": str(today()),
    "estimated_due_date": str(DUE_ON),
    "basis": "dating_scan",
    "father": "not_named",
    "father_not_named_reason": "not_known",
}


@pytest.fixture
def long_ago() -> tuple[Client, Parent]:
    programme = make.make_programme()
    user = make.make_practitioner(programme)
    parent = make.make_parent(given_names="Canary")
    referral = make.make_referral(parent, programme, received_on=today() - timedelta(days=600))
    make.make_episode(parent, programme, referral=referral, closed_on=today() - timedelta(days=500))
    client = Client()
    client.force_login(user, backend=make.DEMO_BACKEND)
    return client, parent


def test_her_new_pregnancy_is_recorded_with_its_due_date(long_ago: tuple[Client, Parent]) -> None:
    client, parent = long_ago

    answer = client.post(
        reverse("pregnancies:record_pregnancy", args=[parent.pk]), A_PREGNANCY, follow=True
    )

    assert [row.mother_id for row in rows(Pregnancy)] == [parent.pk]
    assert [row.estimated_due_date for row in rows(DueDate)] == [DUE_ON]
    assert "Canary" not in answer.content.decode()


def test_what_was_known_of_it_before_is_not_read(long_ago: tuple[Client, Parent]) -> None:
    client, parent = long_ago
    make.make_pregnancy(parent, DUE_ON)
    user = client.session["_auth_user_id"]

    with acting_as(make.User.objects.get(pk=user)):
        assert (Pregnancy.objects.count(), DueDate.objects.count()) == (0, 0)


@pytest.mark.postgres
def test_the_database_refuses_a_due_date_of_a_stranger(long_ago: tuple[Client, Parent]) -> None:
    client, _ = long_ago
    stranger = make.make_pregnancy(make.make_parent())
    values = {"estimated_due_date": DUE_ON, "basis": "dating_scan", "recorded_on": today()}

    with (
        acting_as(make.User.objects.get(pk=client.session["_auth_user_id"])),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        DueDate.unwalled.bulk_create([DueDate(pregnancy_id=stranger.pk, **values)])
