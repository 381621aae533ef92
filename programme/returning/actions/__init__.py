"""Referring a parent again in one act; asking an earlier team for its record."""

from programme.returning.actions.re_referral import (
    NOTHING_CONFIRMED,
    Confirmed,
    NewPregnancy,
    Permission,
    ReachRule,
    ReReferral,
    TakesOn,
    Why,
    re_refer,
)
from programme.returning.actions.requests import (
    LONGEST_RELEASE_DAYS,
    answer_request,
    ask_for_record,
)

__all__ = [
    "LONGEST_RELEASE_DAYS",
    "NOTHING_CONFIRMED",
    "Confirmed",
    "NewPregnancy",
    "Permission",
    "ReReferral",
    "ReachRule",
    "TakesOn",
    "Why",
    "answer_request",
    "ask_for_record",
    "re_refer",
]
