"""An answer of the rule view is kept for a transaction, and never a moment too long."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programme.access.models import RoleGrant
from programme.access.parts import Role
from programme.access.scope import acting_as, ask_only_about, asking_only_about
from programme.access.wall import RULE_TABLES
from programme.people.models import Identity, Parent
from tests import builders as make
from tests.programme.access.standings import make_standing
from tests.programme.access.test_revoked import (
    close_the_account,
    close_the_episode_long_ago,
    deny,
    end_the_role,
    restrict_to_others,
    take_back_the_approval,
)

pytestmark = pytest.mark.django_db


@contextmanager
def times_the_rule_was_asked() -> Iterator[list[int]]:
    """How often the tables of the rule were read, as PostgreSQL counts looks at role grants."""
    looks = "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_xact_user_tables"
    looks += " WHERE relname = 'programme_rolegrant'"

    def counted() -> int:
        with connection.cursor() as cursor:
            cursor.execute(looks)
            row = cursor.fetchone()
            return int(row[0]) if row else 0

    before, found = counted(), []
    yield found
    found.append(counted() - before)


@pytest.mark.postgres
def test_the_tables_named_are_those_that_the_rule_reads():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT t.relname FROM pg_class v JOIN pg_rewrite r ON r.ev_class = v.oid"
            " JOIN pg_depend d ON d.objid = r.oid JOIN pg_class t ON t.oid = d.refobjid"
            " WHERE v.relname = ANY (%s) AND t.relkind = 'r'",
            [["access_visible", "access_holder"]],
        )
        read = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname='rule_changed'")
        watched = {name for (name,) in cursor.fetchall()}

    assert read == RULE_TABLES == watched


@pytest.mark.postgres
def test_a_part_is_looked_up_once_however_many_queries_read_by_it():
    standing = make_standing(Role.PRACTITIONER)

    with acting_as(standing.user):
        with times_the_rule_was_asked() as once:
            list(Identity.objects.all())
        with times_the_rule_was_asked() as again:
            list(Identity.objects.all())
            list(Identity.history.all())

    assert once[0] > 0
    assert again == [0]


@pytest.mark.parametrize(
    "taken_away",
    [
        end_the_role,
        take_back_the_approval,
        close_the_account,
        close_the_episode_long_ago,
        deny,
        restrict_to_others,
    ],
)
def test_what_is_taken_away_is_gone_in_the_same_transaction(taken_away):
    standing = make_standing(Role.PRACTITIONER)
    own = standing.records["own"].parent

    with acting_as(standing.user):
        seen = Identity.objects.filter(parent=own).exists()
        taken_away(standing)
        seen_after = Identity.objects.filter(parent=own).exists()

    assert (seen, seen_after) == (True, False)


def test_an_answer_is_hers_alone_and_her_own_again_afterwards():
    first, second = make_standing(Role.PRACTITIONER), make_standing(Role.PRACTITIONER)

    def seen():
        return set(Identity.objects.values_list("parent_id", flat=True))

    with acting_as(first.user):
        before = seen()
        with acting_as(second.user):
            between = seen()
        after = seen()

    assert before == after
    assert before & between == set()


def test_a_narrowed_question_is_answered_only_about_those_named():
    standing = make_standing(Role.PRACTITIONER)
    own, team, other = (standing.records[name].parent.pk for name in ("own", "team", "other"))

    with acting_as(standing.user):
        with asking_only_about([own, other]):
            narrowed = set(Parent.objects.values_list("pk", flat=True)) & {own, team, other}
        whole = set(Parent.objects.values_list("pk", flat=True)) & {own, team, other}

    assert whole == {own, team}
    assert narrowed == ({own} if connection.vendor == "postgresql" else {own, team})


def test_narrowed_for_the_rest_of_a_page_it_is_whole_again_for_who_acts_next():
    standing = make_standing(Role.PRACTITIONER)
    own, team = (standing.records[name].parent.pk for name in ("own", "team"))

    def seen():
        return set(Parent.objects.values_list("pk", flat=True)) & {own, team}

    with acting_as(standing.user):
        with acting_as(standing.user):
            ask_only_about([own])
            with asking_only_about([team]):
                inside = seen()
            narrowed = seen()
        after = seen()

    assert after == {own, team}
    if connection.vendor == "postgresql":
        assert (inside, narrowed) == ({team}, {own})


def test_a_role_given_is_in_force_at_once():
    programme = make.make_programme()
    parent = make.make_parent()
    make.make_referral(parent, programme, decision="pending")
    user = make.make_user()

    with acting_as(user), CaptureQueriesContext(connection):
        before = Parent.objects.filter(pk=parent.pk).exists()
        giver, approver = make.make_user(), make.make_user()
        RoleGrant.objects.create(
            user=user,
            programme=programme,
            role=Role.PRACTITIONER,
            starts_on="2020-01-01",
            asked_by=giver,
            approved_by=approver,
        )
        after = Parent.objects.filter(pk=parent.pk).exists()

    assert (before, after) == (False, True)
