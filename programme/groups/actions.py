"""Beginning a group, its dates, who may come, and marking the register of one date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from programme.access.models import User
from programme.access.writing import ChangedMeanwhile, save_changes, store_once
from programme.audit import events
from programme.contacts.actions import correct_contact, record_contact
from programme.contacts.models import Contact
from programme.contacts.reads import places_of, worker_of
from programme.core.choices import ContactMode, ContactOutcome, ContactPurpose
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.groups.models import (
    Answer,
    Attendance,
    Every,
    Group,
    GroupKind,
    GroupMember,
    GroupSession,
)
from programme.pathways.models import Programme
from programme.people.models import Parent

events.declare(
    groups__group_begun="began a group",
    groups__group_renamed="renamed a group",
    groups__sessions_planned="planned dates of a group",
    groups__session_cancelled="cancelled a date of a group",
    groups__session_counted="counted who came to a group",
    groups__person_chosen="chose somebody for a group",
    groups__person_left="took somebody off a group",
    groups__attendance_marked="marked the register of a group",
    groups__attendance_corrected="corrected the register of a group",
)
OUTCOMES = {
    Answer.CAME: ContactOutcome.MET,
    Answer.DID_NOT_COME: ContactOutcome.MISSED_BY_PARENT,
    Answer.SAID_NO: ContactOutcome.CANCELLED_BY_PARENT,
}
WEEKS_BETWEEN = {Every.WEEK: 1, Every.TWO_WEEKS: 2, Every.FOUR_WEEKS: 4}


@dataclass(frozen=True)
class Mark:
    """What was tapped for one person; ``seen_version`` is 0 where nothing was marked before."""

    parent: Parent
    answer: str
    note: str = ""
    seen_version: int = 0
    needs_met: bool | None = None


@transaction.atomic
def begin_group(*, key: UUID, programme: Programme, name: str, kind: str, by: User) -> Group:
    """Begins a group or a drop-in, once however often its form is sent."""
    group = Group(id=key, programme=programme, name=name, kind=GroupKind(kind))
    group, is_new = store_once(group)
    if is_new:
        events.record("groups.group_begun", subject=group, by=by)
    return group


@transaction.atomic
def rename_group(*, group: Group, name: str, seen_version: int, by: User) -> Group:
    """Calls a group otherwise; its dates and who may come stay, the earlier name in its history.

    Raises ``ChangedMeanwhile`` when somebody else renamed it since the page was opened.
    """
    if name != group.name:
        group.name = name
        save_changes(group, seen_version=seen_version)
        events.record("groups.group_renamed", subject=group, by=by)
    return group


@transaction.atomic
def plan_sessions(
    *, group: Group, first_on: date, at: time, times: int, every: str, by: User
) -> None:
    """Plans dates at the same time by the clock; a date that is there stays as it is."""
    planned = [_moment(_day_of(first_on, every, number), at) for number in range(times)]
    there = set(GroupSession.objects.filter(group=group).values_list("starts_at", flat=True))
    fresh = [moment for moment in planned if moment not in there]
    for moment in fresh:
        key = uuid5(group.pk, moment.isoformat())
        store_once(GroupSession(id=key, group=group, starts_at=moment))
    if fresh:
        events.record("groups.sessions_planned", subject=group, by=by)


@transaction.atomic
def cancel_session(*, session: GroupSession, by: User) -> GroupSession:
    """Cancels one date; the others stay. What was counted cannot have been cancelled."""
    session = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.cancelled_at:
        return session
    if session.head_count is not None or Attendance.objects.filter(session=session).exists():
        raise RuleBroken("The register of this date is begun, so it cannot be cancelled.")
    session.cancelled_at = timezone.now()
    session.save()
    events.record("groups.session_cancelled", subject=session, by=by)
    return session


@transaction.atomic
def choose_people(
    *, group: Group, chosen: Iterable[Parent], left: Iterable[Parent], by: User
) -> None:
    """Adds those chosen and takes those off who no longer come; marks made before stay."""
    for parent in chosen:
        key = uuid5(group.pk, str(parent.pk))
        # A record that was joined to another keeps its row under the earlier key.
        member = GroupMember.objects.filter(group=group, parent=parent).first()
        if member is None:
            new = GroupMember(id=key, group=group, parent=parent, programme=group.programme)
            member, _ = store_once(new)
        elif member.left_on is None:
            continue
        else:
            member.left_on = None
            member.save()
        events.record("groups.person_chosen", subject=member, parent=parent, by=by)
    for parent in left:
        for member in GroupMember.objects.filter(group=group, parent=parent, left_on=None):
            member.left_on = today()
            member.save()
            events.record("groups.person_left", subject=member, parent=parent, by=by)


@transaction.atomic
def save_register(
    *,
    session: GroupSession,
    marks: Iterable[Mark],
    head_count: int | None,
    first_names: str,
    seen_version: int,
    by: User,
    reason: str = "",
) -> None:
    """Keeps what was counted and each mark, all or nothing; whoever came gets a contact.

    Raises ``ChangedMeanwhile`` when somebody counted otherwise since the page was opened.
    """
    session = GroupSession.objects.select_related("group__programme").get(pk=session.pk)
    if session.cancelled_at:
        raise RuleBroken("This date was cancelled.")
    marks = list(marks)
    came = sum(mark.answer == Answer.CAME for mark in marks)
    if head_count is not None and head_count < came:
        raise RuleBroken(f"You marked {came} who came. Count them in.", field="head_count")
    if (head_count, first_names) != (session.head_count, session.first_names):
        session.head_count, session.first_names = head_count, first_names
        save_changes(session, seen_version=seen_version)
        events.record("groups.session_counted", subject=session, by=by)
    for mark in marks:
        _mark(session, mark, by, reason)


def _mark(session: GroupSession, mark: Mark, by: User, reason: str) -> None:
    if mark.answer != Answer.SAID_NO and session.starts_at > timezone.now():
        raise RuleBroken(
            "This date has not begun yet. Until then only mark who said they cannot come.",
            field=f"answer_{mark.parent.pk.hex}",
        )
    attendance = Attendance.objects.filter(session=session, parent=mark.parent).first()
    if attendance is None:
        attendance, is_new = store_once(
            Attendance(
                id=uuid5(session.pk, str(mark.parent.pk)),
                session=session,
                parent=mark.parent,
                programme=session.group.programme,
                answer=mark.answer,
                marked_by=by,
            )
        )
        if is_new:
            events.record("groups.attendance_marked", subject=attendance, parent=mark.parent, by=by)
            _keep_contact(attendance, mark, by, reason)
    # Marked before as it is now: a contact that was corrected since stays as it is.
    if attendance.answer != mark.answer:
        _correct(attendance, mark, by, reason)


def _correct(attendance: Attendance, mark: Mark, by: User, reason: str) -> None:
    contact = Contact.objects.filter(pk=_contact_key(attendance)).exists()
    if attendance.answer == Answer.CAME and not contact:
        # A coordinator reads contacts of her own only; another's cannot be put right from here.
        words = "Ask whoever marked this to change it. There is a contact with it."
        raise RuleBroken(words, field=f"answer_{mark.parent.pk.hex}")
    attendance.answer = mark.answer
    try:
        save_changes(attendance, seen_version=mark.seen_version, reason=reason)
    except ChangedMeanwhile:
        words = "Somebody else marked this at the same moment. Save again."
        raise RuleBroken(words, field=f"answer_{mark.parent.pk.hex}") from None
    events.record("groups.attendance_corrected", subject=attendance, parent=mark.parent, by=by)
    _keep_contact(attendance, mark, by, reason)


def _keep_contact(attendance: Attendance, mark: Mark, by: User, reason: str) -> None:
    """Whoever came has a contact; of one marked so by mistake the contact is put right."""
    key = _contact_key(attendance)
    contact = Contact.objects.filter(pk=key).first()
    outcome = OUTCOMES[Answer(mark.answer)]
    if contact is None and mark.answer == Answer.CAME:
        _record_contact(key, attendance, mark, by)
    elif contact is not None and contact.outcome != outcome:
        contact.outcome = outcome
        # Nobody asks for an interpreter of one who did not come.
        contact.needs_met = mark.needs_met
        correct_contact(contact=contact, seen_version=contact.version, by=by, reason=reason)


def _record_contact(key: UUID, attendance: Attendance, mark: Mark, by: User) -> None:
    programme = attendance.programme
    places = [one.place for one in places_of(mark.parent) if one.place.programme == programme]
    if not places:
        raise RuleBroken(
            "You cannot log a contact here. Ask whoever works with this parent.",
            field=f"answer_{mark.parent.pk.hex}",
        )
    record_contact(
        key=key,
        parent=mark.parent,
        place=places[0],
        worker=worker_of(by, programme),
        happened_at=attendance.session.starts_at,
        mode=ContactMode.GROUP,
        purpose=ContactPurpose.GROUP_SESSION,
        outcome=ContactOutcome.MET,
        planned=not attendance.session.group.is_drop_in,
        needs_met=mark.needs_met,
        note=mark.note,
        by=by,
    )


def _contact_key(attendance: Attendance) -> UUID:
    return uuid5(attendance.pk, "contact")


def _day_of(first_on: date, every: str, number: int) -> date:
    """The day so many times after the first."""
    if every != Every.MONTH:
        return first_on + timedelta(weeks=WEEKS_BETWEEN[Every(every)] * number)
    months = first_on.year * 12 + first_on.month - 1 + number
    first_of_month = date(months // 12, months % 12 + 1, 1)
    to_weekday = (first_on.weekday() - first_of_month.weekday()) % 7
    day = first_of_month + timedelta(days=to_weekday, weeks=(first_on.day - 1) // 7)
    # A fifth Monday is the last one where there are four.
    return day if day.month == first_of_month.month else day - timedelta(weeks=1)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
