"""Every table with a path to a person keeps its history, and no way of writing passes it by."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from programme.access.actors import SEEDER
from programme.access.scope import acting_as
from programme.access.wall import case_models, history_tables
from programme.audit.querysets import HistoryWouldBeSkipped
from programme.people.models import Parent
from tests import builders
from tests.programme.any_record import Maker, made_tables

pytestmark = pytest.mark.django_db

PAST_HISTORY: dict[str, Callable[[Any], object]] = {
    "update": lambda model: model.objects.update(version=9),
    "update some": lambda model: model.objects.filter(version=1).update(version=9),
    "bulk_update": lambda model: model.objects.bulk_update([model()], ["version"]),
    "ignore": lambda model: model.objects.bulk_create([model()], ignore_conflicts=True),
    "upsert": lambda model: model.objects.bulk_create([model()], update_conflicts=True),
}


@pytest.mark.parametrize("way", PAST_HISTORY)
def test_no_table_can_be_written_past_its_history(way: str) -> None:
    for model in case_models():
        with acting_as(SEEDER), pytest.raises(HistoryWouldBeSkipped), transaction.atomic():
            PAST_HISTORY[way](model)


def test_every_write_leaves_a_line_in_the_name_of_whoever_wrote() -> None:
    parent = builders.make_parent()
    with acting_as(SEEDER):
        parent.parent_role = "other"
        parent.save()
        made = Parent.objects.bulk_create([Parent(parent_role="mother") for _ in range(3)])

        lines = Parent.history.filter(id=parent.pk).order_by("history_date")
        assert [(one.history_type, one.parent_role) for one in lines] == [
            ("+", "mother"),
            ("~", "other"),
        ]
        assert {one.history_user_id for one in lines} == {SEEDER}
        assert Parent.history.filter(id__in=[one.pk for one in made]).count() == 3


def test_every_table_of_the_record_has_a_table_of_history() -> None:
    models = case_models()

    assert len(models) > 30
    assert all(model.history.model._meta.db_table.count("historical") == 1 for model in models)


def test_the_database_itself_refuses_to_change_or_delete_a_line_of_history() -> None:
    tables = set()
    with acting_as(SEEDER):
        builders.make_worker(builders.make_programme())
        maker = Maker(Random(1), builders.make_parent(), [builders.make_parent() for _ in range(3)])
        for model in made_tables():
            # The dice may give what a rule between columns refuses: thrown again.
            assert any(maker.make(model) or model.history.exists() for _ in range(20)), model
            tables.add(model.history.model._meta.db_table)

    for table in tables:
        for verb in ("UPDATE {} SET version = version", "DELETE FROM {}"):
            with pytest.raises(DatabaseError, match=r"only grows|permission denied"):
                _run(verb.format(table))
    assert tables < set(history_tables())


def _run(statement: str) -> None:
    with acting_as(SEEDER), connection.cursor() as cursor:
        cursor.execute(statement)
