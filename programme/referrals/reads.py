"""What may be read of a referral beside its dates."""

from collections.abc import Callable

from programme.access.holdings import read_in
from programme.access.parts import Part
from programme.audit.actor import current_actor
from programme.people.models import Parent
from programme.referrals.models import Referral


def may_read_reason(parent: Parent) -> Callable[[Referral], bool]:
    """Whether the acting user may read why a parent was referred (asked once for all referrals).

    Those who refer to the programme or read its notes may, and whoever wrote it.
    """
    rights, me = read_in(parent.pk), current_actor().user_id
    programmes = rights[Part.NOTES] | rights[Part.INTAKE]
    return lambda referral: referral.programme_id in programmes or referral.referred_by_id == me
