"""The product's tables and columns against version 1 of the package, kept apart as facts."""

from django.db.models import Model

from programme.core.choices import ConsentCovers
from programme.exchange.records import MODELS
from programme.exchange.schema import ADDED, TABLES, Column
from tests.programme.exchange import packages


def as_fact(column: Column) -> dict[str, str]:
    """A column in the words of the facts."""
    return {
        "table": column.table,
        "column": column.name,
        "type": column.type,
        "required": "yes" if column.is_required else "",
        "unique": "yes" if column.is_id else "",
        "refers_to": column.target or "",
        "codes": "" if column.takes_several else " ".join(sorted(column.codes)),
    }


def test_tables_and_columns_are_those_of_version_1_in_their_order() -> None:
    facts = [row | {"codes": " ".join(sorted(row["codes"].split()))} for row in packages.schema()]

    ours = [
        as_fact(column)
        for table in TABLES.values()
        if table.name not in ADDED
        for column in table.columns.values()
    ]

    assert ours == facts


def test_only_what_is_named_as_added_is_added() -> None:
    assert set(TABLES) - {row["table"] for row in packages.schema()} == ADDED


def test_consent_covers_whom_the_package_names() -> None:
    assert TABLES["consents"].columns["covers"].codes == tuple(ConsentCovers.values)


def test_references_point_backwards_but_for_an_earlier_episode() -> None:
    order = list(TABLES)

    forward = [
        (column.table, column.name)
        for table in TABLES.values()
        for column in table.columns.values()
        if column.target and order.index(column.target) > order.index(table.name)
    ]

    assert forward == [("referrals", "previous_episode_id")]


def test_every_table_has_its_models() -> None:
    assert list(MODELS) == list(TABLES)


def test_every_column_is_kept_in_a_field_of_its_name() -> None:
    """Or is one of the few that are kept in another way."""
    kept = {
        (table, name)
        for table, models in MODELS.items()
        for model in models
        for name in _names(model)
    }

    elsewhere = {
        (column.table, column.name)
        for table in TABLES.values()
        for column in table.columns.values()
        if not column.is_id and (column.table, column.name) not in kept
    }

    assert elsewhere == {("consents", "covers")}


def _names(model: type[Model]) -> set[str]:
    fields = model._meta.concrete_fields
    return {field.attname for field in fields} | {field.name for field in fields}
