"""What a pregnancy loss stops: everything that was about that unborn baby, and nothing else.

Nothing is written when it stops, so that all of it is there again when the loss is taken back.
"""

from datetime import date
from uuid import UUID

from programme.access.parts import Part
from programme.core.choices import MeetingKind, ParentRole
from programme.episodes.models import Episode
from programme.workboard.reads.facts import Facts

CONFERENCES = (
    MeetingKind.INITIAL_CHILD_PROTECTION_CONFERENCE,
    MeetingKind.REVIEW_CHILD_PROTECTION_CONFERENCE,
)
# Set for the baby whom a referral was about; others are about the parent, or a child in care.
FOR_A_BABY = (*CONFERENCES, MeetingKind.FAMILY_GROUP_CONFERENCE)


def assessment_is_of_a_loss(facts: Facts, one: Episode, named: UUID | None, since: date) -> bool:
    """Whether an assessment before birth, begun on a day, was of a baby who was lost."""
    if named:
        return _is_lost(facts, one, named)
    return not _other_was_known(facts, one, since) and _was_lost(facts, one, since)


def conference_is_of_a_loss(facts: Facts, one: Episode, since: date) -> bool:
    """Whether a conference of an episode, set or held on a day, was about a baby who was lost.

    Only where the episode is about that pregnancy: any other may be about another child.
    """
    about = one.referral.pregnancy_id
    is_lost = about is not None and _is_lost(facts, one, about)
    return is_lost and not _other_was_known(facts, one, since)


def meeting_is_of_a_loss(facts: Facts, one: Episode, kind: str, since: date) -> bool:
    """The same of a meeting of any kind: a birth is only planned for the baby expected."""
    if kind == MeetingKind.BIRTH_PLANNING:
        return assessment_is_of_a_loss(facts, one, None, since)
    return kind in FOR_A_BABY and conference_is_of_a_loss(facts, one, since)


def _was_lost(facts: Facts, one: Episode, since: date) -> bool:
    """Of the pregnancy that the episode is about; else of any that ended since."""
    about = one.referral.pregnancy_id
    if about:
        return _is_lost(facts, one, about)
    return any(
        loss.mother_id == one.parent_id and loss.ended_on is not None and loss.ended_on >= since
        for loss in facts.losses
    )


def _other_was_known(facts: Facts, one: Episode, since: date) -> bool:
    """Whether she was known to expect another baby by then, whom it may be about."""
    return any(
        other.mother_id == one.parent_id
        and other.pk != one.referral.pregnancy_id
        and other.known_on <= since
        for other in facts.pregnancies
    )


def _is_lost(facts: Facts, one: Episode, pregnancy_id: UUID) -> bool:
    """Also where the reader is no longer told of it, as of one that was ended by choice: the same
    is due to everybody who works with her. Of a father, it need not be his to know of.
    """
    if any(loss.pk == pregnancy_id for loss in facts.losses):
        return True
    is_her_own = one.parent.parent_role != ParentRole.FATHER
    reads_all = facts.sees(Part.CORE, one.parent_id, one.programme_id)
    return is_her_own and reads_all and pregnancy_id not in facts.told_of
