"""Restricting, denying and lifting; opening a record in an emergency, and reviewing that."""

from programme.protection.actions.emergencies import (
    LEAST_LETTERS,
    MINUTES,
    NOT_OPENED,
    REVIEW_WORKING_DAYS,
    open_in_emergency,
    review_opening,
)
from programme.protection.actions.protecting import (
    REVIEW_DAYS,
    answer_requests,
    ask_for_protection,
    deny_person,
    keep_protection,
    lift_protection,
    restrict_record,
)

__all__ = [
    "LEAST_LETTERS",
    "MINUTES",
    "NOT_OPENED",
    "REVIEW_DAYS",
    "REVIEW_WORKING_DAYS",
    "answer_requests",
    "ask_for_protection",
    "deny_person",
    "keep_protection",
    "lift_protection",
    "open_in_emergency",
    "restrict_record",
    "review_opening",
]
