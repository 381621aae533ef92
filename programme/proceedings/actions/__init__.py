"""Adding what is known of court: sets, dates, hearings, who stands for a parent."""

from programme.proceedings.actions.dates import add_date, add_set
from programme.proceedings.actions.hearings import (
    add_hearing,
    move_hearing,
    record_company,
    record_outcome,
)
from programme.proceedings.actions.parties import (
    name_people,
    record_representation,
    take_off_people,
)
from programme.proceedings.actions.said import Dated, Said, Sitting

__all__ = [
    "Dated",
    "Said",
    "Sitting",
    "add_date",
    "add_hearing",
    "add_set",
    "move_hearing",
    "name_people",
    "record_company",
    "record_outcome",
    "record_representation",
    "take_off_people",
]
