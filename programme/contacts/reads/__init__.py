"""What pages ask of the contact log: where a contact belongs, lists, the timeline, differences."""

from programme.contacts.reads.differences import Difference, differences, last_changed_by
from programme.contacts.reads.lists import LastAndNext, last_and_next
from programme.contacts.reads.places import (
    Place,
    PlaceOption,
    last_mode,
    may_change,
    places_for,
    places_of,
    worker_of,
)
from programme.contacts.reads.timeline import (
    in_a_sentence,
    timeline_rows,
    title,
    who,
)

__all__ = [
    "Difference",
    "LastAndNext",
    "Place",
    "PlaceOption",
    "differences",
    "in_a_sentence",
    "last_and_next",
    "last_changed_by",
    "last_mode",
    "may_change",
    "places_for",
    "places_of",
    "timeline_rows",
    "title",
    "who",
    "worker_of",
]
