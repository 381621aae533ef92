"""Court as pages show it: what is in force, what the parent told us, hearings to come."""

from programme.proceedings.reads.choices import (
    children_of,
    children_to_name,
    court_events,
    court_questions,
    named_by_hand,
    other_parents_to_name,
    sets_of,
    who_stands_for,
)
from programme.proceedings.reads.hearings import (
    HearingLine,
    HearingQuestions,
    hearing_questions,
    hearings_from,
    hearings_to_come,
)
from programme.proceedings.reads.in_force import in_force, orders_in_force
from programme.proceedings.reads.sets import CourtSet, court_of

__all__ = [
    "CourtSet",
    "HearingLine",
    "HearingQuestions",
    "children_of",
    "children_to_name",
    "court_events",
    "court_of",
    "court_questions",
    "hearing_questions",
    "hearings_from",
    "hearings_to_come",
    "in_force",
    "named_by_hand",
    "orders_in_force",
    "other_parents_to_name",
    "sets_of",
    "who_stands_for",
]
