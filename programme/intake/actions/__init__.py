"""Taking a referral in, for somebody new or somebody known; deciding it."""

from programme.intake.actions.deciding import Decided, TakesOn, decide
from programme.intake.actions.receiving import (
    Goes,
    HowToReach,
    Referred,
    TakenIn,
    Told,
    receive_known,
    receive_new,
)

__all__ = [
    "Decided",
    "Goes",
    "HowToReach",
    "Referred",
    "TakenIn",
    "TakesOn",
    "Told",
    "decide",
    "receive_known",
    "receive_new",
]
