"""The two files that tell what is in an exported package: one for programs, one for people."""

from collections.abc import Sequence
from typing import Any

from programme.exchange.schema import TABLES, VERSION, Column, Table

YES_NO = {"trueValues": ["yes"], "falseValues": ["no"]}
PATTERNS = {"date": "%Y-%m-%d", "datetime": "%Y-%m-%dT%H:%M"}


def package(tables: dict[str, list[Column]]) -> dict[str, Any]:
    """The Frictionless description of the tables and columns that were written."""
    return {
        "name": "caseload-package",
        "profile": "tabular-data-package",
        "version": VERSION,
        "title": "Caseload package",
        "resources": [_resource(TABLES[name], tables) for name in tables],
    }


def _resource(table: Table, tables: dict[str, list[Column]]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in tables[table.name]],
        "missingValues": [""],
    }
    if table.id_column:
        schema["primaryKey"] = table.id_column
    references = [column for column in tables[table.name] if column.target in tables]
    if references:
        schema["foreignKeys"] = [_reference(column) for column in references]
    return {
        "name": _slug(table.name),
        "path": table.file,
        "title": table.title,
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": schema,
    }


def _slug(name: str) -> str:
    return name.replace("_", "-")


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.type in PATTERNS:
        field["format"] = PATTERNS[column.type]
    if column.type == "boolean":
        field |= YES_NO
    constraints = _constraints(column)
    return field | ({"constraints": constraints} if constraints else {})


def _constraints(column: Column) -> dict[str, Any]:
    low, high = column.bounds
    found: dict[str, Any] = {
        "required": column.is_required or None,
        "unique": column.is_id or None,
        "enum": list(column.codes) if column.codes and not column.takes_several else None,
        "minimum": low,
        "maximum": high,
    }
    return {name: value for name, value in found.items() if value is not None}


def _reference(column: Column) -> dict[str, Any]:
    target = TABLES[column.target or ""]
    return {
        "fields": column.name,
        "reference": {"resource": _slug(target.name), "fields": target.id_column},
    }


def letter(reader: str, counts: dict[str, int], left_out: Sequence[str]) -> str:
    """What stands in README.txt: whose sight this is, what is in it and what is not."""
    lines = [
        f"A caseload package, version {VERSION}, as {reader}.",
        "It is about real people. Keep it where only those who need it can open it,",
        "and delete it when it has served.",
        "",
        "Rows:",
        *(f"- {TABLES[name].file}: {count:,}" for name, count in counts.items()),
        "",
        *_left_out(left_out),
    ]
    return "\n".join(lines) + "\n"


def _left_out(left_out: Sequence[str]) -> list[str]:
    if not left_out:
        return ["Nothing is left out."]
    return ["Left out:", *(f"- {words}" for words in left_out)]
