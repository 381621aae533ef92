"""What pages ask of the contact log: where a contact belongs, lists, the timeline, differences."""

from programme.contacts.reads.asked import (
    Asked,
    ServedQuestions,
    asked_about,
    asked_about_many,
    served_keys,
)
from programme.contacts.reads.differences import differences
from programme.contacts.reads.happened import (
    ANSWERS,
    CANCELLED,
    MISSED,
    answer_of,
    happened_of,
    in_a_sentence,
)
from programme.contacts.reads.lists import FROM_AFAR, LastAndNext, last_and_next, meetings_from
from programme.contacts.reads.places import (
    LogQuestions,
    Place,
    PlaceOption,
    last_mode,
    may_change,
    places_for,
    places_of,
    worker_of,
)
from programme.contacts.reads.planned import PlannedLine, planned_from, planned_rows, planned_with
from programme.contacts.reads.timeline import (
    contact_entries,
    contact_places,
    contact_questions,
    place_questions,
    title,
    who,
)
from programme.contacts.reads.together import There, people_there
from programme.contacts.reads.ways import RING, TEXT, VISIT, Way

__all__ = [
    "ANSWERS",
    "CANCELLED",
    "FROM_AFAR",
    "MISSED",
    "RING",
    "TEXT",
    "VISIT",
    "Asked",
    "LastAndNext",
    "LogQuestions",
    "Place",
    "PlaceOption",
    "PlannedLine",
    "ServedQuestions",
    "There",
    "Way",
    "answer_of",
    "asked_about",
    "asked_about_many",
    "contact_entries",
    "contact_places",
    "contact_questions",
    "differences",
    "happened_of",
    "in_a_sentence",
    "last_and_next",
    "last_mode",
    "may_change",
    "meetings_from",
    "people_there",
    "place_questions",
    "places_for",
    "places_of",
    "planned_from",
    "planned_rows",
    "planned_with",
    "served_keys",
    "title",
    "who",
    "worker_of",
]
