"""A release: two people, an audit, frozen tables, and a reader who sees nothing else."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.wall import case_models
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.pathways.models import Programme
from programme.reporting.actions import decide_release, propose_release
from programme.reporting.models import Release, ReleaseTable
from programme.reporting.periods import Period
from tests import builders as make

pytestmark = pytest.mark.django_db
PERIOD = Period(today() - timedelta(days=365), today() - timedelta(days=1))


@pytest.fixture
def programme() -> Programme:
    programme = make.make_programme("Example Programme")
    for number in range(14):
        received_on = today() - timedelta(days=200 - number)
        referral = make.make_referral(make.make_parent(), programme, received_on=received_on)
        make.make_episode(referral.parent, programme, referral=referral)
    for _ in range(2):
        values = {"decision": "not_accepted", "not_accepted_reason": "out_of_area"}
        make.make_referral(make.make_parent(), programme, **values)
    return programme


@pytest.fixture
def manager(programme: Programme) -> User:
    return make.make_practitioner(programme, role=Role.MANAGER)


@pytest.fixture
def officer(programme: Programme) -> User:
    return make.make_practitioner(programme, role=Role.DATA_OFFICER)


@pytest.fixture
def commissioner(programme: Programme) -> User:
    return make.make_practitioner(programme, role=Role.COMMISSIONER)


@pytest.fixture
def proposed(programme: Programme, manager: User) -> Release:
    with acting_as(manager):
        return propose_release(
            key=uuid4(), programme=programme, period=PERIOD, words="In short.", by=manager
        )


@pytest.fixture
def approved(proposed: Release, officer: User) -> Release:
    with acting_as(officer):
        return decide_release(release=proposed, decision="approved", why="", by=officer)


def reader(client: Client, user: User) -> Client:
    client.force_login(user, backend=make.DEMO_BACKEND)
    return client


def test_small_counts_are_hidden_and_large_ones_stand(proposed: Release, manager: User) -> None:
    with acting_as(manager):
        figures = {table.indicator: table.figure for table in proposed.tables.all()}

    assert figures["RE-3"]["numerator"] == 16
    assert figures["RE-4"]["withheld"] == "c"
    assert figures["RE-4"]["numerator"] is None


def test_nobody_decides_her_own(programme: Programme, proposed: Release, manager: User) -> None:
    make.grant_role(manager, Role.DATA_OFFICER, programme)

    with acting_as(manager), pytest.raises(RuleBroken, match="Someone else"):
        decide_release(release=proposed, decision="approved", why="", by=manager)


def test_a_decided_release_is_not_decided_again(approved: Release, officer: User) -> None:
    with acting_as(officer), pytest.raises((RuleBroken, Release.DoesNotExist)):
        decide_release(release=approved, decision="returned", why="late", by=officer)


def test_a_commissioner_reads_what_was_approved(
    approved: Release, commissioner: User, client: Client
) -> None:
    page = reader(client, commissioner).get(
        reverse("commissioner:show_release", args=[approved.pk])
    )

    assert page.status_code == 200
    assert "16 referrals" in page.content.decode()


def test_a_proposal_is_not_there_for_a_commissioner(
    proposed: Release, commissioner: User, client: Client
) -> None:
    page = reader(client, commissioner).get(
        reverse("commissioner:show_release", args=[proposed.pk])
    )

    assert page.status_code == 404


def test_another_contract_s_release_is_not_there(approved: Release, client: Client) -> None:
    stranger = make.make_practitioner(make.make_programme(), role=Role.COMMISSIONER)

    page = reader(client, stranger).get(reverse("commissioner:show_release", args=[approved.pk]))

    assert page.status_code == 404


def test_a_commissioner_s_page_asks_no_case_table(
    approved: Release, commissioner: User, client: Client
) -> None:
    reader(client, commissioner)
    tables = [model._meta.db_table for model in case_models()]

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse("commissioner:show_release", args=[approved.pk]))

    touched = [sql["sql"] for sql in asked if any(f'"{table}"' in sql["sql"] for table in tables)]
    assert touched == []


@pytest.mark.postgres
def test_the_commissioner_s_database_role_is_refused_every_case_table(
    approved: Release, manager: User
) -> None:
    for model in case_models():
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            acting_as(manager),
            connection.cursor() as cursor,
        ):
            cursor.execute("SET LOCAL ROLE recurrent_release")
            cursor.execute(f"SELECT 1 FROM {model._meta.db_table}")


@pytest.mark.postgres
def test_released_tables_are_frozen_in_the_database(approved: Release, manager: User) -> None:
    for change in (
        "UPDATE programme_releasetable SET position = 9",
        "DELETE FROM programme_release",
    ):
        with (
            acting_as(manager),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_the_command_prints_what_the_reader_sees(approved: Release, officer: User) -> None:
    out = StringIO()

    call_command("indicators", release=str(approved.pk), stdout=out)

    with acting_as(officer):
        frozen = [table.figure for table in ReleaseTable.objects.filter(release=approved)]
    assert json.loads(out.getvalue())["indicators"] == frozen


def test_a_second_release_does_not_give_the_first_away(
    programme: Programme, approved: Release, manager: User
) -> None:
    """One more referral since: the change alone would be one person."""
    make.make_referral(make.make_parent(), programme, received_on=today())

    with acting_as(manager):
        longer = Period(PERIOD.first, today())
        second = propose_release(
            key=uuid4(), programme=programme, period=longer, words="", by=manager
        )
        figure = second.tables.get(indicator="RE-3").figure

    assert figure["withheld"] == "c"


def test_sent_twice_is_one_proposal(programme: Programme, manager: User) -> None:
    key = uuid4()

    with acting_as(manager):
        for _ in range(2):
            propose_release(key=key, programme=programme, period=PERIOD, words="", by=manager)

        assert Release.objects.filter(programme=programme).count() == 1
