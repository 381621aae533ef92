"""Joining two records and parting them gives every table back, byte for byte (decision 0009)."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.joining import actions
from programme.joining.models import Merge, MergeMove, NotTheSame
from programme.joining.moves import parent_columns, tables
from programme.joining.reads.records import open_in_both
from programme.pathways.models import Programme
from programme.people.models import Parent
from tests import builders as make
from tests.programme.any_record import made_tables, make_two
from tests.programme.pages import everything_stored, rows

pytestmark = pytest.mark.django_db
LOGS = {"programme_event", "programme_sight", "programme_user"}


def all_tables() -> dict[str, set[Any]]:
    """Every table as the database holds it, but history and logs."""
    return {
        name: set(map(repr, found))
        for name, found in everything_stored().items()
        if "historical" not in name and name not in LOGS
    }


def without_the_parting(merge: Merge, stored: dict[str, set[Any]]) -> dict[str, set[Any]]:
    """Every table without what joining and parting leave: merge, its writes, one pair apart."""
    both = [merge.kept_id, merge.absorbed_id]
    left = {merge.pk, *(row.pk for row in rows(MergeMove, merge=merge))}
    left |= {row.pk for row in rows(NotTheSame, one__in=both, other__in=both)}
    signs = {sign for key in left for sign in (repr(key), repr(key.hex))}
    own = {"programme_merge", "programme_mergemove", "programme_notthesame"}
    return stored | {
        name: {row for row in stored[name] if not any(sign in row for sign in signs)}
        for name in own
    }


@pytest.fixture
def senior(programme: Programme) -> User:
    return make.make_practitioner(programme, "Sue Day", role=Role.SENIOR)


def join(kept: Parent, absorbed: Parent, by: User, goes_on: str = "both", **more: Any) -> Merge:
    """Joins two records as a senior does who says the same of all open work."""
    with acting_as(by):
        pairs = open_in_both(kept, absorbed)
        return actions.join_records(
            key=uuid4(),
            kept=kept,
            absorbed=absorbed,
            why="Her GP says so",
            goes_on={pair.programme.pk: goes_on for pair in pairs},
            by=by,
            **more,
        )


def part(merge: Merge, by: User) -> Merge:
    with acting_as(by):
        return actions.undo_join(merge=merge, why="Two sisters", by=by)


@given(seed=st.integers(0, 10**6))
# A seed does not shrink to anything simpler.
@settings(
    max_examples=6,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_joined_and_parted_every_table_is_the_same_bytes(senior: User, seed: int) -> None:
    with transaction.atomic():
        with make.as_seeder():
            kept, absorbed = make_two(seed, senior)
            earlier = make.make_parent(kept.parent_role)
            make.make_referral(earlier, Programme.objects.order_by("pk")[0], decision="pending")
        # A joining made before this one is left as it is.
        join(absorbed, earlier, senior)
        before = all_tables()

        merge = join(kept, absorbed, senior, list(actions.GoesOn)[seed % 3])
        joined = all_tables()
        part(merge, senior)

        after = without_the_parting(merge, all_tables())
        assert {name for name in before if after[name] != before[name]} == set()
        assert joined != before
        transaction.set_rollback(True)


def test_the_property_speaks_of_every_table_that_names_a_parent() -> None:
    """A table added later is made, joined and parted, or this fails."""
    with make.as_seeder():
        make.make_worker(make.make_programme())
        made: set[type[Any]] = set()
        for seed in range(6):
            with transaction.atomic():
                senior = make.make_user()
                make_two(seed, senior)
                made |= {model for model in made_tables() if rows(model)}
                transaction.set_rollback(True)

    assert made == set(made_tables())
    assert set(tables()) <= made
    assert all(parent_columns(model) for model in tables())
    assert [model for model in made_tables() if model._meta.many_to_many] == []
