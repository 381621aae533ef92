"""Storing rows behind the wall: checked, once, and never over somebody else's words."""

from typing import TypeVar
from uuid import UUID, uuid5

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from programme.access.records import CaseRecord
from programme.core.errors import RuleBroken

R = TypeVar("R", bound=CaseRecord)


class ChangedMeanwhile(Exception):
    """Somebody stored another version while this one was being written; both are kept."""

    def __init__(self, current: CaseRecord) -> None:
        """``current`` is the row as it stands now, to be shown beside what was typed."""
        self.current = current
        super().__init__("Someone else has changed this since you opened it.")


def own_key(key: UUID, parent_id: UUID, user_id: UUID) -> UUID:
    """The key of a form, for this parent and user only: no form can name a row of another."""
    return uuid5(key, f"{parent_id} {user_id}")


def store(record: R) -> R:
    """Checks a new row as its form and the database would, and stores it."""
    check(record)
    record.save()
    return record


def store_once(record: R) -> tuple[R, bool]:
    """Stores a row under the key its form carried; sent twice, the first row comes back.

    The second value says whether this call stored it. Two sends at the same moment meet at the
    primary key: the later waits, fails there, and finds the earlier row.
    """
    earlier = _earlier(record)
    if earlier is not None:
        return earlier, False
    try:
        with transaction.atomic():
            return store(record), True
    except IntegrityError as problem:
        earlier = _earlier(record)
        if earlier is None and not _is_about_key(record, problem):
            raise
        # Who may add to a record need not see it: then what was sent is given back.
        return earlier or record, False


def save_changes(record: R, *, seen_version: int) -> R:
    """Stores a changed row unless its version moved on since the page was opened."""
    model = type(record)
    current = model.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != seen_version:
        raise ChangedMeanwhile(current)
    check(record)
    record.save()
    return record


def check(record: CaseRecord) -> None:
    """Raises ``RuleBroken`` at the first field or constraint that is not kept.

    Keys of other rows are not looked up again: they came through scoped managers, and the
    database holds them to it.
    """
    keys = {field.name for field in record._meta.fields if field.is_relation}
    try:
        record.clean_fields(exclude=keys)
        record.validate_constraints(exclude={"package_id"})
    except ValidationError as problem:
        field, messages = next(iter(problem.message_dict.items()))
        raise RuleBroken(messages[0], field=None if field == NON_FIELD_ERRORS else field) from None


def _earlier(record: R) -> R | None:
    return type(record).objects.filter(pk=record.pk).first()


def _is_about_key(record: CaseRecord, problem: IntegrityError) -> bool:
    """Whether the row is there already under this key, though the acting user may not see it."""
    table = record._meta.db_table
    diagnosis = getattr(problem.__cause__, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == f"{table}_pkey")
    return str(problem) == f"UNIQUE constraint failed: {table}.id"
