"""Writes of a merge that can be taken back exactly, over every table that names a parent.

Which tables those are is read from the models, so a table added later is joined and parted like
the rest. A row is never stored anew as a whole: only the columns named change, so scrambled text
keeps its bytes, and taking back gives the earlier version too.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Q

from programme.access.records import CaseRecord
from programme.access.wall import case_models
from programme.joining.models import Merge, MergeMove
from programme.people.models import Parent, ParentChild

Columns = dict[str, Any]


def parent_columns(model: type[CaseRecord]) -> list[str]:
    """The columns of a table that name a parent."""
    return [field.attname for field in _keys(model) if field.related_model is Parent]


def tables() -> list[type[CaseRecord]]:
    """Every table that names a parent, but those of the merge itself."""
    own = (Merge, MergeMove)
    return [model for model in case_models() if model not in own and parent_columns(model)]


def rows_of(model: type[CaseRecord], parent_id: UUID) -> list[Any]:
    """The rows that name a parent, locked, in the order in which they were stored."""
    named = Q()
    for column in parent_columns(model):
        named |= Q(**{column: parent_id})
    rows: Any = model.objects.select_for_update(of=("self",)).filter(named)
    return list(rows.order_by("stored_at", "pk"))


class Writer:
    """Writes the rows of one merge, and how each stood before."""

    def __init__(self, merge: Merge) -> None:
        """Nothing is written yet."""
        self.merge = merge
        self.notes: list[MergeMove] = []

    def finish(self) -> None:
        """Stores how everything stood; without this nothing could be taken back."""
        MergeMove.objects.bulk_create(self.notes)

    def move(self, row: Any, to: UUID) -> None:
        """Gives a row of the absorbed parent to the kept one, unless a rule forbids that."""
        own = [name for name in parent_columns(type(row)) if _is_own(row, name, self.merge)]
        after = dict.fromkeys(own, to)
        if fits(row, after):
            self.change(row, after)
        elif isinstance(row, ParentChild):
            # The kept parent has this child already; left behind, it would be another parent's.
            self.remove(row)

    def change(self, row: Any, after: Columns) -> None:
        """Stores new values of some columns."""
        before, version = said(row, after), row.version
        put(row, after, self.merge)
        self._note(row, before, said(row, after), version, row.version)

    def add(self, row: Any) -> None:
        """Stores a row that was not there."""
        row.save()
        self._note(row, None, {}, None, row.version)

    def remove(self, row: Any) -> None:
        """Takes a row away, keeping all of it."""
        whole = said(row, [field.attname for field in row._meta.concrete_fields])
        self._note(row, whole, None, row.version, None)
        row.delete()

    def _note(
        self,
        row: Any,
        before: Columns | None,
        after: Columns | None,
        version_before: int | None,
        version_after: int | None,
    ) -> None:
        note = MergeMove(
            merge=self.merge,
            position=len(self.notes) + 1,
            table=row._meta.model_name,
            row_id=row.pk,
            before=before,
            after=after,
            version_before=version_before,
            version_after=version_after,
        )
        self.notes.append(note)


def fits(row: Any, after: Columns) -> bool:
    """Whether the row with these values keeps every rule of its table; it is not changed.

    A row that names two parents never comes to name one twice.
    """
    before = {name: getattr(row, name) for name in after}
    _set(row, after)
    named = [getattr(row, name) for name in parent_columns(type(row)) if getattr(row, name)]
    try:
        if len(set(named)) < len(named):
            return False
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return False
    finally:
        _set(row, before)
    return True


def put(row: Any, values: Columns, merge: Merge, *, version: int | None = None) -> None:
    """Stores some columns of a row, past what its model says of changing rows, with history."""
    _set(row, values)
    row._change_reason = f"merge {merge.pk}"
    if version is not None:
        row.version = version - 1
    CaseRecord.save(row, update_fields=[*values, "version"])


def take_back(move: MergeMove) -> UUID | None:
    """Undoes one write; gives the key of a row that is its own parent's again.

    A column that somebody changed since keeps that; a row that is gone since stays gone.
    """
    model: Any = apps.get_model("programme", move.table)
    if move.after is None:
        _store_again(model, move)
        return move.row_id
    row = model.objects.select_for_update(of=("self",)).filter(pk=move.row_id).first()
    if row is None:
        return None
    if move.before is None:
        CaseRecord.delete(row)
        return None
    now = said(row, move.after)
    back = {name: move.before[name] for name in move.after if now[name] == move.after[name]}
    untouched = row.version == move.version_after and len(back) == len(move.after)
    put(row, read(model, back), move.merge, version=move.version_before if untouched else None)
    return move.row_id


def _store_again(model: Any, move: MergeMove) -> None:
    values = read(model, move.before or {})
    row = model(**values)
    CaseRecord.save(row, force_insert=True)
    # The day a row is stored is set whenever one is added: here it is the earlier one.
    put(row, {"stored_at": values["stored_at"]}, move.merge, version=move.version_before)


# --- Rows written since that hang on what goes back -------------------------------------------


def followers(merge: Merge, gone: dict[str, set[UUID]], known: set[UUID]) -> Iterator[Any]:
    """Rows of the kept parent, stored since, that name a row which is the absorbed one's again.

    ``gone`` holds those rows by table, and grows with each row given: what hangs on a follower
    follows too.
    """
    found = True
    while found:
        found = False
        for model in tables():
            for row in _hanging(model, merge, gone, known):
                gone.setdefault(str(model._meta.model_name), set()).add(row.pk)
                known.add(row.pk)
                found = True
                yield row


def _hanging(
    model: type[CaseRecord], merge: Merge, gone: dict[str, set[UUID]], known: set[UUID]
) -> list[Any]:
    hangs = Q(pk=None)
    for field in _keys(model):
        table = str(field.related_model._meta.model_name)
        if table in gone:
            hangs |= Q(**{f"{field.attname}__in": gone[table]})
    since: Any = model.objects.filter(hangs, stored_at__gte=merge.stored_at).exclude(pk__in=known)
    return [
        row
        for row in since.order_by("stored_at", "pk")
        if any(getattr(row, name) == merge.kept_id for name in parent_columns(model))
    ]


def give_back(row: Any, merge: Merge) -> None:
    """A row written since goes to the absorbed parent, on whose row it hangs."""
    named = [name for name in parent_columns(type(row)) if getattr(row, name) == merge.kept_id]
    after = dict.fromkeys(named, merge.absorbed_id)
    if fits(row, after):
        put(row, after, merge)


# --- Columns ----------------------------------------------------------------------------------


def said(row: Any, names: Any) -> Columns:
    """Values of some columns, as JSON keeps them without losing a digit."""
    return {name: _said(row, row._meta.get_field(name)) for name in names}


def _said(row: Any, field: "Field[Any, Any]") -> Any:
    value = field.value_from_object(row)
    return value if value is None or isinstance(value, bool | int) else field.value_to_string(row)


def read(model: Any, kept: Columns) -> Columns:
    """The values again."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in kept.items()}


def _set(row: Any, values: Columns) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _keys(model: type[CaseRecord]) -> "list[ForeignKey[Any, Any]]":
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _is_own(row: Any, name: str, merge: Merge) -> bool:
    return bool(getattr(row, name) == merge.absorbed_id)
