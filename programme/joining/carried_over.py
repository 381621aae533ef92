"""What holds on a joined record: permissions, restrictions, names (decision 0009)."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils import timezone

from programme.access.models import TimedGrant
from programme.consents.models import Consent
from programme.core.choices import ConsentDecision, ConsentPurpose, ProtectionKind
from programme.episodes.models import Episode
from programme.joining.models import Merge
from programme.joining.moves import Writer, fits, rows_of
from programme.people.models import Identity, Protection

EXPLAINED = "Carried over when two records of one person were joined. Ask the parent again"
COVERS = ("covers_own_worker", "covers_stand_in", "covers_clinician")
NAMES = ("given_names", "family_name", "known_as", "other_names")
NOT_FILLED = {"id", "parent_id", "version", "stored_at", "search_keys", *NAMES}

Sides = tuple[dict[str, Consent], dict[str, Consent]]


# --- Permissions ------------------------------------------------------------------------------


def permissions(merge: Merge) -> list[Consent]:
    """The decisions to write down, so that the joined record allows no more than either did.

    Asked before a row is moved. A refusal or withdrawal on either side holds, whatever its day.
    Where both gave, only what both gave. Notes about contraception that only one side was asked
    about name nobody, if the other side holds work: its worker was never meant.
    """
    sides = _newest(merge.kept_id), _newest(merge.absorbed_id)
    purposes = sorted(set(sides[0]) | set(sides[1]))
    found = (_restated(purpose, sides, merge) for purpose in purposes)
    return [one for one in found if one is not None]


def _newest(parent_id: UUID) -> dict[str, Consent]:
    rows = Consent.objects.filter(parent_id=parent_id).order_by("decided_at", "position")
    return {row.purpose: row for row in rows}


def _restated(purpose: str, sides: Sides, merge: Merge) -> Consent | None:
    said = [side[purpose] for side in sides if purpose in side]
    newest = max(said, key=lambda row: (row.decided_at, row.position))
    no = [row for row in said if row.decision != ConsentDecision.GIVEN]
    if no:
        if newest.decision != ConsentDecision.GIVEN:
            return None
        return _again(max(no, key=lambda row: row.decided_at), merge)
    if len(said) == 1:
        return _of_one_side(newest, sides, merge)
    return _of_both(newest, said, merge)


def _of_both(newest: Consent, said: list[Consent], merge: Merge) -> Consent | None:
    covers = {name: all(getattr(row, name) for row in said) for name in COVERS}
    days = [row.expires_on for row in said if row.expires_on]
    wanted = {**covers, "expires_on": min(days, default=None)}
    if all(getattr(newest, name) == value for name, value in wanted.items()):
        return None
    return _again(newest, merge, **wanted)


def _of_one_side(given: Consent, sides: Sides, merge: Merge) -> Consent | None:
    other = merge.absorbed_id if given.purpose in sides[0] else merge.kept_id
    if given.purpose != ConsentPurpose.RECORD_CONTRACEPTION or not _holds_work(other):
        return None
    return _again(given, merge, **dict.fromkeys(COVERS, False))


def _holds_work(parent_id: UUID) -> bool:
    """Whether somebody works with the parent, or she was referred to somebody, through a record."""
    is_open = Episode.objects.filter(parent_id=parent_id, closed_on=None).exists()
    granted = TimedGrant.objects.filter(parent_id=parent_id, ends_at__gt=timezone.now())
    return is_open or granted.exists()


def _again(row: Consent, merge: Merge, **other: Any) -> Consent:
    values = {
        "parent_id": merge.kept_id,
        "purpose": row.purpose,
        "decision": row.decision,
        "decided_at": timezone.now(),
        "wording_version": row.wording_version,
        "given_how": row.given_how,
        "shared_with": row.shared_with,
        "expires_on": row.expires_on,
        "explained_by": EXPLAINED,
        **{name: getattr(row, name) for name in COVERS},
    }
    return Consent(**{**values, **other})


# --- Restrictions -----------------------------------------------------------------------------


def keep_only_those_named_on_both(writer: Writer) -> Callable[[Any], bool]:
    """Where both records are restricted, whoever is named on one only does not see the joined one.

    Her line goes to the absorbed record, which nobody opens, or stays there: the answer says
    which rows. Where one side is restricted, its people alone see both.
    """
    merge = writer.merge
    kept, absorbed = (_restrictions(key) for key in (merge.kept_id, merge.absorbed_id))
    if not (kept and absorbed):
        return lambda row: False
    on_one = set(kept) ^ set(absorbed)
    for user_id in on_one & set(kept):
        for row in kept[user_id]:
            writer.change(row, {"parent_id": merge.absorbed_id})
    return lambda row: _is_restriction(row) and _user_of(row) in on_one


def _is_restriction(row: Any) -> bool:
    return isinstance(row, Protection) and row.kind == ProtectionKind.RESTRICTED


def _restrictions(parent_id: UUID) -> dict[UUID | None, list[Protection]]:
    found: dict[UUID | None, list[Protection]] = defaultdict(list)
    for row in rows_of(Protection, parent_id):
        if _is_restriction(row):
            found[_user_of(row)].append(row)
    return found


def _user_of(row: Protection) -> UUID | None:
    return row.user_id or (row.worker.user_id if row.worker else None)


# --- Who she is -------------------------------------------------------------------------------


def complete_identity(writer: Writer) -> None:
    """The names of the absorbed record are found from now on; what was blank is filled from it.

    Nothing that stands is changed. The absorbed record keeps all of its own, for parting.
    """
    both = {
        row.parent_id: row
        for key in (writer.merge.kept_id, writer.merge.absorbed_id)
        for row in rows_of(Identity, key)
    }
    kept, other = both.get(writer.merge.kept_id), both.get(writer.merge.absorbed_id)
    if kept is None or other is None:
        return
    names = names_together(kept, other)
    changes: dict[str, Any] = {"other_names": names} if names != kept.other_names else {}
    for name in _blank(kept):
        if (value := getattr(other, name)) not in ("", None) and fits(kept, {name: value}):
            changes[name] = value
    if changes:
        writer.change(kept, {**changes, "search_keys": kept.search_keys})


def names_together(kept: Identity, other: Identity) -> str:
    """The other names of the kept record, with every name that only the absorbed one has."""
    has = {getattr(kept, name) for name in NAMES}
    more = [
        f"{other.given_names} {other.family_name}",
        other.known_as,
        *other.other_names.splitlines(),
    ]
    own = f"{kept.given_names} {kept.family_name}"
    new = [name.strip() for name in more if name.strip() and name not in has and name != own]
    return "\n".join(one for one in (kept.other_names, *dict.fromkeys(new)) if one)


def _blank(row: Identity) -> list[str]:
    names = [field.attname for field in row._meta.concrete_fields]
    return [name for name in names if name not in NOT_FILLED and getattr(row, name) in ("", None)]
