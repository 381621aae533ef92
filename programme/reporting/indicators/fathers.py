"""Fathers: whether the record knows who the father is."""

from programme.core.choices import FatherNotNamedReason
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure
from programme.reporting.indicators.counting import share_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload

RESPECTED = (FatherNotNamedReason.HER_WISH, FatherNotNamedReason.SAFETY)


def father_recorded(caseload: Caseload, period: Period) -> Figure:
    """FA-1. Pregnancies with a recorded father, of those that are the reason of an open episode.

    The pregnancy behind the referral of an episode open on the report date, born or not; twins,
    and two episodes because of one pregnancy, count once. Recorded: the pregnancy names him, or
    one of its children has a father by birth (expecting alone is not enough). Left out and
    counted: not recorded because of the mother's wish, or for safety. Not recorded for any
    other reason stays in the base.
    """
    reasons = (caseload.pregnancy_of(row) for row in caseload.open_episodes)
    pregnancies = {pregnancy for pregnancy in reasons if pregnancy}
    recorded = {row.id for row in pregnancies if caseload.facts.has_recorded_father(row)}
    unnamed = [row for row in pregnancies if row.id not in recorded]
    respected = {
        str(reason): [row.id for row in unnamed if row.father_not_named_reason == reason]
        for reason in RESPECTED
    }
    left_out = {key for ids in respected.values() for key in ids}
    missing = {row.id for row in unnamed} - left_out
    return share_of(
        DEFINITIONS["FA-1"],
        recorded,
        recorded | missing,
        not_recorded=missing,
        excluded=respected,
    )
