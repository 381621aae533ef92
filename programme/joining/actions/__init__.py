"""Saying that two are not the same; looking among all records; joining two and parting them."""

from programme.joining.actions.joining import GoesOn, join_records, undo_join
from programme.joining.actions.matches import (
    answer_possible_match,
    ask_keepers,
    look_among_all,
    say_not_the_same,
    take_back_not_the_same,
)

__all__ = [
    "GoesOn",
    "answer_possible_match",
    "ask_keepers",
    "join_records",
    "look_among_all",
    "say_not_the_same",
    "take_back_not_the_same",
    "undo_join",
]
