"""Brings the shipped code lists into the database, leaving everything edited as it is."""

from datetime import date

from django.db import DEFAULT_DB_ALIAS

from programme.core.models import CodeValue
from programme.core.reference.reading import rows

# Each is a csv file of the same name with at least the columns read below.
CODE_LISTS = (
    "contraception_methods",
    "ethnicity",
    "instruments",
    "legal_status",
    "placement_types",
)


def load_code_lists(using: str = DEFAULT_DB_ALIAS) -> int:
    """Add the shipped codes that are missing and return how many; an edited row is never touched.

    Safe to run again at every start: one query when nothing is missing, two when something is.
    """
    held = CodeValue.objects.using(using).values_list(
        "list_name", "shipped_as", "code", "valid_from"
    )
    shipped_before, taken = set(), set()
    for list_name, shipped_as, code, valid_from in held:
        shipped_before.add((list_name, shipped_as))
        taken.add((list_name, code, valid_from))
    missing = [
        value
        for value in _shipped()
        if (value.list_name, value.shipped_as) not in shipped_before
        and (value.list_name, value.code, value.valid_from) not in taken
    ]
    CodeValue.objects.using(using).bulk_create(missing)
    return len(missing)


def _shipped() -> list[CodeValue]:
    return [
        _code_value(list_name, position, row)
        for list_name in CODE_LISTS
        for position, row in enumerate(rows(list_name), start=1)
    ]


def _code_value(list_name: str, position: int, row: dict[str, str]) -> CodeValue:
    return CodeValue(
        list_name=list_name,
        code=row["code"],
        label=row["label"],
        group=row.get("group", ""),
        valid_from=_day(row.get("valid_from", "")),
        valid_to=_day(row.get("valid_to", "")),
        position=position,
        note=row["note"],
        source=row["source"],
        to_be_confirmed=row["to_be_confirmed"] == "yes",
        shipped_as=f"{row['code']} {row.get('valid_from', '')}".strip(),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
