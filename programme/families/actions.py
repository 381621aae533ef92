"""Changing what a record holds of the family around a parent."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from programme.access.models import User
from programme.access.records import CaseRecord
from programme.access.writing import save_changes, store, store_once
from programme.audit import events
from programme.core.choices import Born, NoticedKind, RelationToChild
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Episode
from programme.families.models import (
    DatePrompts,
    FamilyTime,
    ImportantDate,
    Noticed,
    OtherParentOfChild,
)
from programme.people.models import (
    Child,
    FamilyMember,
    Parent,
    ParentChild,
    Partnership,
    SamePerson,
)
from programme.pregnancies.models import Pregnancy
from programme.pregnancies.reads import may_be_told
from programme.proceedings.models import ChildCircumstance

events.declare(
    families__child_added="added a child",
    families__child_corrected="corrected what is held of a child",
    families__child_linked="linked a child to the parent",
    families__relation_corrected="corrected what a parent is to a child",
    families__other_parent_corrected="corrected who the other parent of a child is",
    families__child_taken_off="took a child off the record",
    families__circumstance_recorded="recorded where a child lives",
    families__family_time_agreed="recorded family time",
    families__family_time_changed="changed family time",
    families__important_date_added="added a day to mind",
    families__important_date_removed="removed a day to mind",
    families__prompts_switched="switched reminders of days on or off",
    families__partnership_recorded="recorded a partnership",
    families__partnership_corrected="corrected a partnership",
    families__noticed="wrote down a strength or a worry",
    families__no_longer_so="wrote down that a strength or worry is over",
    families__same_person_found="found that a child has a record as a parent",
    families__same_person_taken_off="took back that a child has a record as a parent",
)


# --- Children ---------------------------------------------------------------------------------


@transaction.atomic
def add_child(
    *,
    key: UUID,
    parent: Parent,
    child: Child,
    relation: str,
    by: User,
    other_member: FamilyMember | None = None,
) -> Child:
    """Adds a child to one parent's record, once however often the form is sent."""
    _refuse_what_is_not_told(child, parent)
    _refuse_future(child.date_of_birth, "date_of_birth")
    child.pk = key
    earlier = Child.objects.filter(pk=key).first()
    if earlier is not None:
        return earlier
    # The link first: through it the child's row is hers to write.
    link = ParentChild(id=uuid5(key, "link"), parent=parent, child=child, relation=relation)
    store(link)
    store(child)
    if other_member is not None:
        other = {"parent": parent, "child": child, "member": other_member}
        store(OtherParentOfChild(id=uuid5(key, "other"), **other))
    events.record("families.child_added", subject=child, parent=parent, by=by)
    return child


@transaction.atomic
def correct_child(
    *, child: Child, parent: Parent, seen_version: int, by: User, reason: str = ""
) -> Child:
    """Stores what was put right of a child; refused when somebody else was faster.

    Also refused where the child would go from this record with it: one born still stands only
    where the pregnancy may be told of (``told.sql``), and nobody may write such a row from here.
    """
    _refuse_future(child.date_of_birth, "date_of_birth")
    try:
        save_changes(child, seen_version=seen_version, reason=reason)
    except PermissionDenied:
        if child.born != Born.STILLBORN:
            raise
        raise RuleBroken(
            "This can be said only on the record of who gave birth, as nobody has said yet that"
            " this parent may be told.",
            field="born",
        ) from None
    events.record("families.child_corrected", subject=child, parent=parent, by=by)
    return child


@transaction.atomic
def link_child(*, key: UUID, parent: Parent, child: Child, relation: str, by: User) -> ParentChild:
    """Links a child who is on another record to this parent too.

    An adopted child gets a row of her own on the adopter's record, so that neither side learns
    of the other; and a baby of a pregnancy waits until this parent may be told of it.
    """
    if relation == RelationToChild.ADOPTIVE:
        raise RuleBroken(
            "Add an adopted child anew on this record, so that the two families stay apart.",
            field="relation",
        )
    _refuse_a_loss_nobody_can_ask_about(child)
    _refuse_what_is_not_told(child, parent)
    if ParentChild.objects.filter(parent=parent, child=child).exclude(pk=key).exists():
        raise RuleBroken("This child is on the record already.", field="child")
    link, is_new = store_once(ParentChild(id=key, parent=parent, child=child, relation=relation))
    if is_new:
        events.record("families.child_linked", subject=link, parent=parent, by=by)
    return link


@transaction.atomic
def correct_relation(
    *, link: ParentChild, parent: Parent, seen_version: int, by: User, reason: str = ""
) -> None:
    """Stores what this parent is to a child, put right; what it said stays in the history."""
    same = ParentChild.objects.filter(parent=parent, child=link.child_id, relation=link.relation)
    if same.exclude(pk=link.pk).exists():
        raise RuleBroken("This is on the record already.", field="relation")
    save_changes(link, seen_version=seen_version, reason=reason)
    events.record("families.relation_corrected", subject=link, parent=parent, by=by)


@transaction.atomic
def name_other_parent(
    *, key: UUID, parent: Parent, child: Child, member: FamilyMember | None, by: User
) -> None:
    """Keeps which of the names on this record is the child's other parent, or that none is."""
    rows = OtherParentOfChild.objects.filter(parent=parent, child=child)
    for wrong in rows.exclude(member=member):
        events.record("families.other_parent_corrected", subject=wrong, parent=parent, by=by)
        wrong.delete()
    if member is not None and not rows.filter(member=member).exists():
        row = {"parent": parent, "child": child, "member": member}
        named, _ = store_once(OtherParentOfChild(id=key, **row))
        events.record("families.other_parent_corrected", subject=named, parent=parent, by=by)


@transaction.atomic
def take_off_child(*, link: ParentChild, parent: Parent, reason: str, by: User) -> None:
    """Takes a child off this record only, where it came by mistake; the child's row stays.

    The line of history keeps the reason. What hangs on both, as family time, is not shown
    without the link and stands again with a new one.
    """
    _take_off(link, reason)
    events.record("families.child_taken_off", subject=link, parent=parent, by=by)
    link.delete()


@transaction.atomic
def take_off_same_person(*, row: SamePerson, parent: Parent, reason: str, by: User) -> None:
    """Parts a child and a parent who are two people after all; the history keeps the reason."""
    _take_off(row, reason)
    events.record("families.same_person_taken_off", subject=row, parent=parent, by=by)
    row.delete()


def _take_off(row: CaseRecord, reason: str) -> None:
    if not reason.strip():
        raise RuleBroken("Say why this is wrong.", field="reason")
    row._change_reason = reason.strip()  # type: ignore[attr-defined]


def _refuse_a_loss_nobody_can_ask_about(child: Child) -> None:
    """Who may be told is asked of a pregnancy: without one, a stillborn child goes nowhere."""
    if child.born == Born.STILLBORN and child.pregnancy_id is None:
        raise RuleBroken(
            "First say, on the record of who gave birth, of which pregnancy this child was."
            " Then it can be asked who may be told.",
            field="child",
        )


def _refuse_what_is_not_told(child: Child, parent: Parent) -> None:
    """A child of a pregnancy comes on another parent's record only when that parent may be told."""
    if child.pregnancy_id is None:
        return
    is_hers = Pregnancy.objects.filter(pk=child.pregnancy_id, mother=parent).exists()
    if not is_hers and not may_be_told(child.pregnancy_id, parent.pk):
        raise RuleBroken(
            "Nobody has said yet that this parent may be told. Ask “Who may be told?” first.",
            field="child",
        )


def _refuse_future(day: date | None, field: str) -> None:
    if day and day > today():
        raise RuleBroken("The date cannot be in the future.", field=field)


@transaction.atomic
def record_circumstance(
    *,
    key: UUID,
    parent: Parent,
    child: Child,
    from_date: date,
    living_with: str,
    by: User,
    plan: str = "",
) -> ChildCircumstance:
    """Adds where a child lives from a day on; the earlier rows stay as they were."""
    _refuse_future(from_date, "from_date")
    row, is_new = store_once(
        ChildCircumstance(
            id=key,
            child=child,
            from_date=from_date,
            living_with=living_with,
            plan=plan,
            written_for=parent,
        )
    )
    if is_new:
        events.record("families.circumstance_recorded", subject=row, parent=parent, by=by)
    return row


# --- Time together, and days ------------------------------------------------------------------


@transaction.atomic
def agree_family_time(*, key: UUID, arrangement: FamilyTime, by: User) -> FamilyTime:
    """Keeps how one parent and one child are in touch, once however often it is sent."""
    arrangement.pk = key
    _refuse_future(arrangement.agreed_on, "agreed_on")
    row, is_new = store_once(arrangement)
    if is_new:
        events.record("families.family_time_agreed", subject=row, parent=row.parent, by=by)
    return row


@transaction.atomic
def change_family_time(
    *, arrangement: FamilyTime, parent: Parent, seen_version: int, by: User, reason: str = ""
) -> FamilyTime:
    """Corrects or ends an arrangement; its history keeps what it was."""
    _refuse_future(arrangement.agreed_on, "agreed_on")
    _refuse_future(arrangement.ended_on, "ended_on")
    save_changes(arrangement, seen_version=seen_version, reason=reason)
    events.record("families.family_time_changed", subject=arrangement, parent=parent, by=by)
    return arrangement


@transaction.atomic
def add_important_date(
    *, key: UUID, parent: Parent, day: date, wording: str, every_year: bool, by: User
) -> ImportantDate:
    """Adds a day to mind, once however often its form is sent."""
    row, is_new = store_once(
        ImportantDate(id=key, parent=parent, day=day, wording=wording, every_year=every_year)
    )
    if is_new:
        events.record("families.important_date_added", subject=row, parent=parent, by=by)
    return row


@transaction.atomic
def remove_important_date(*, row: ImportantDate, parent: Parent, by: User) -> None:
    """Takes a day off the record; its history stays."""
    events.record("families.important_date_removed", subject=row, parent=parent, by=by)
    row.delete()


@transaction.atomic
def switch_prompts(*, parent: Parent, are_on: bool, by: User) -> None:
    """Reminds the team of this parent's days, or no longer; what is so already is not stored."""
    row, is_new = DatePrompts.objects.filter(parent=parent).first(), False
    if row is None and not are_on:
        # A parent has one row: two sends at once name the same key and meet there.
        off = DatePrompts(id=uuid5(parent.pk, "prompts"), parent=parent, are_on=False)
        row, is_new = store_once(off)
    if row is None or (row.are_on == are_on and not is_new):
        return
    if not is_new:
        row.are_on = are_on
        store(row)
    events.record("families.prompts_switched", subject=row, parent=parent, by=by)


# --- Couples ----------------------------------------------------------------------------------


@transaction.atomic
def record_partnership(
    *, key: UUID, spell: Partnership, by: User, new_member: FamilyMember | None = None
) -> Partnership:
    """Keeps a spell as a couple on this parent's record, with somebody known or a new name."""
    earlier = Partnership.objects.filter(pk=key).first()
    if earlier is not None:
        return earlier
    _refuse_future(spell.started_on, "started_on")
    _refuse_future(spell.ended_on, "ended_on")
    if new_member is not None:
        new_member.parent, new_member.pk = spell.parent, uuid5(key, "member")
        spell.other_member = store(new_member)
    spell.pk = key
    row, is_new = store_once(spell)
    if is_new:
        events.record("families.partnership_recorded", subject=row, parent=spell.parent, by=by)
    return row


@transaction.atomic
def correct_partnership(
    *, spell: Partnership, parent: Parent, seen_version: int, by: User, reason: str = ""
) -> Partnership:
    """Ends a spell or puts its dates right; its history keeps what it said."""
    _refuse_future(spell.started_on, "started_on")
    _refuse_future(spell.ended_on, "ended_on")
    save_changes(spell, seen_version=seen_version, reason=reason)
    events.record("families.partnership_corrected", subject=spell, parent=parent, by=by)
    return spell


@transaction.atomic
def find_same_person(*, key: UUID, parent: Parent, child: Child, by: User) -> SamePerson:
    """Keeps that a parent is the child of another record; seen only by who sees both."""
    if ParentChild.objects.filter(parent=parent, child=child).exists():
        raise RuleBroken("This is a child of the parent.", field="child")
    if SamePerson.objects.filter(parent=parent, child=child).exclude(pk=key).exists():
        raise RuleBroken("This is on the record already.", field="child")
    row, is_new = store_once(SamePerson(id=key, parent=parent, child=child))
    if is_new:
        events.record("families.same_person_found", subject=row, parent=parent, by=by)
    return row


# --- Strengths and worries --------------------------------------------------------------------


@transaction.atomic
def notice(
    *,
    key: UUID,
    episode: Episode,
    kind: str,
    wording: str,
    words_of: str,
    noted_on: date,
    by: User,
) -> Noticed:
    """Adds a strength or a worry to its own list, once however often its form is sent."""
    if kind not in NoticedKind.values:
        raise RuleBroken("Choose a strength or a worry.", field="kind")
    _refuse_future(noted_on, "noted_on")
    row, is_new = store_once(
        Noticed(
            id=key,
            episode=episode,
            kind=kind,
            wording=wording,
            words_of=words_of,
            noted_on=noted_on,
        )
    )
    if is_new:
        events.record("families.noticed", subject=row, parent=episode.parent, by=by)
    return row


@transaction.atomic
def no_longer_so(*, row: Noticed, parent: Parent, by: User) -> Noticed:
    """A strength or worry is over from today; it stays on the record. Twice is once."""
    if row.ended_on is None:
        row.ended_on = max(today(), row.noted_on)
        save_changes(row, seen_version=row.version)
        events.record("families.no_longer_so", subject=row, parent=parent, by=by)
    return row


def months_as_stored(months: Iterable[str]) -> str:
    """Months of a letterbox as they are kept: ``6,12``."""
    return ",".join(str(number) for number in sorted({int(one) for one in months}))
