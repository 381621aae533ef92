"""Tables made together are the tables that Django would have made one by one."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from programme.core.migrating import CreateTogether
from tests import pristine


def steps() -> list[Operation]:
    key = ("id", models.BigAutoField(primary_key=True))
    tree = models.ForeignKey("programme.Tree", models.CASCADE)
    size = models.CheckConstraint(condition=models.Q(size__gt=0), name="leaf_size")
    return [
        migrations.CreateModel("Leaf", [key, ("size", models.IntegerField())]),
        migrations.CreateModel("Tree", [key]),
        migrations.AddField("Leaf", "tree", tree),
        migrations.AddConstraint("Leaf", size),
        migrations.AddIndex("Leaf", models.Index(fields=["size"], name="leaf_by_size")),
    ]


def made(operations: list[Operation]) -> list[object]:
    """What the database says of the tables; they are gone again afterwards."""
    before, after = ProjectState(), ProjectState()
    migration = migrations.Migration("0001_trees", "programme")
    migration.operations = operations
    with connection.schema_editor() as editor:
        after = migration.apply(before.clone(), editor)
    described = describe("programme_leaf") + describe("programme_tree")
    with connection.schema_editor() as editor:
        migration.unapply(before, editor)
    assert [after.models["programme", name].name for name in ("leaf", "tree")] == ["Leaf", "Tree"]
    return described


def describe(table: str) -> list[object]:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
        limits = connection.introspection.get_constraints(cursor, table)
    kinds = [sorted((k, str(v)) for k, v in limit.items()) for limit in limits.values()]
    return [sorted(column.name for column in columns), sorted(kinds)]


@pytest.mark.django_db(transaction=True)
def test_tables_made_together_are_as_if_made_one_by_one():
    with pristine.as_owner():
        assert made([CreateTogether(steps())]) == made(steps())


def test_only_tables_made_here_may_be_changed_here():
    with pytest.raises(ValueError, match="leaf"):
        CreateTogether(steps()[1:])
