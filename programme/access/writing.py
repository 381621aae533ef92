"""Storing rows: checked, once, and never over somebody else's words."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from programme.audit.actor import current_actor
from programme.audit.records import Record
from programme.core.errors import RuleBroken

R = TypeVar("R", bound=Record)
# One's own words are put right without a reason for so long (quality.md U25).
FREE_TO_CHANGE = timedelta(minutes=15)
LONGEST_REASON = 500
CHANGED = "Someone else has changed this since you opened it. Look at it again, then save."


class ChangedMeanwhile(Exception):
    """Somebody stored another version while this one was being written; both are kept."""

    def __init__(self, current: Record) -> None:
        """``current`` is the row as it stands now, to be shown beside what was typed."""
        self.current = current
        super().__init__(CHANGED)


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


def save_changes(record: R, *, seen_version: int, reason: str | None = None) -> R:
    """Stores a changed row unless its version moved on since the page was opened.

    With ``reason`` ("" when none was given) it is somebody's edit of what was written: her own is
    free for 15 minutes, any other is an amendment and keeps its reason with the change; without
    one, ``RuleBroken`` on "reason". None is for what follows from another act.
    """
    model: Any = type(record)
    current: R = model.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != seen_version:
        raise ChangedMeanwhile(current)
    if reason is not None:
        _keep_reason(record, reason.strip())
    check(record)
    record.save()
    return record


def is_free_to_change(record: Record, user_id: UUID) -> bool:
    """Whether this person wrote the row, less than 15 minutes ago (one query where not said)."""
    row: Any = record
    written_at = getattr(row, "recorded_at", None) or row.stored_at
    if timezone.now() - written_at > FREE_TO_CHANGE:
        return False
    if hasattr(row, "written_by_id"):
        return bool(row.written_by_id == user_id)
    first = row.history.filter(history_type="+", history_user_id=user_id)
    return bool(first.exists())


def _keep_reason(record: Record, reason: str) -> None:
    """Put beside the change by simple-history; one's own fresh words need none."""
    if not reason and not is_free_to_change(record, current_actor().user_id):
        raise RuleBroken("Say why you are changing it.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise RuleBroken(f"Give the reason in {LONGEST_REASON} characters.", field="reason")
    row: Any = record
    row._change_reason = reason


def check(record: Record) -> None:
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
    model: Any = type(record)
    earlier: R | None = model.objects.filter(pk=record.pk).first()
    return earlier


def _is_about_key(record: Record, problem: IntegrityError) -> bool:
    """Whether the row is there already under this key, though the acting user may not see it."""
    table = record._meta.db_table
    diagnosis = getattr(problem.__cause__, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == f"{table}_pkey")
    return str(problem) == f"UNIQUE constraint failed: {table}.id"
