"""Plain words for the codes of figures; no reader ever meets a bare code."""

from programme.core.choices import (
    ChildPlan,
    ClosureReason,
    MeetingKind,
    NotAcceptedReason,
    PregnancyOutcome,
)
from programme.core.reference import rows

HOMES = {
    "home_universal": "At home, with universal services",
    "home_child_in_need": "At home, child in need plan",
    "home_child_protection": "At home, child protection plan",
    "home_supervision_or_care_order": "At home, supervision or care order",
    "home_other_plan": "At home, another plan or none recorded",
    "family_or_friends": "With family or friends",
    "foster_care": "In foster care",
    "fostering_to_adopt": "In fostering to adopt",
    "adoptive_family": "With an adoptive family",
    "parent_and_baby_placement": "With a parent in a placement",
    "residential": "In residential care",
    "hospital": "In hospital",
    "other": "Somewhere else",
    "died": "Died",
}
HELP = {
    "practical": "Practical help",
    "therapeutic": "Therapeutic help",
    "both": "Both",
}
WEEKS = {
    "<=12": "Up to 12 weeks",
    "13-16": "13 to 16 weeks",
    "17-20": "17 to 20 weeks",
    "21-27": "21 to 27 weeks",
    ">=28": "28 weeks or more",
}
# What readers call a unit.
UNITS = {"episode": "case"}
# Measures whose short name is an abbreviation.
MEASURES = {
    "RE-9": "Places in use",
    "TI-7": "Assessments before birth, in time",
    "TI-9": "Assessments after birth, in time",
    "TI-10": "All of them",
}
EVENTS = {"looked_after_review": "Looked-after reviews", "statutory_visit": "Statutory visits"}


def _of(choices: object) -> dict[str, str]:
    return {str(code): str(label) for code, label in choices.choices}  # type: ignore[attr-defined]


BY_INDICATOR: dict[str, dict[str, str]] = {
    "RE-3": {"re_referral": "Referred to us before, and again"},
    "RE-5": _of(NotAcceptedReason),
    "SN-2": _of(ClosureReason),
    "SN-4": _of(ChildPlan),
    "PR-7": {**_of(PregnancyOutcome), "moved": "Moved away before it ended"},
    "TI-1": WEEKS,
    "CO-2": {"refused": "Said no to our keeping notes about it"},
    "SN-3": {"pregnancies": "Pregnancies these babies come from"},
    "TI-10": {**_of(MeetingKind), **EVENTS},
    "BA-10": HOMES,
    "SU-1": HELP,
    "SN-1": {row["stage"]: row["label"] for row in rows("pathways")},
    "EQ-2": {row["code"]: row["label"] for row in rows("ethnicity")},
}
# The parts of a split.
SPLITS = {
    "birth": "At birth",
    "26_weeks": "At 26 weeks",
    "52_weeks": "At 52 weeks",
    "live_births": "For 1,000 births",
    "women_15_44": "For 10,000 women aged 15 to 44",
    "per_100_person_years": "For 100 years with us",
    "finished": "For each parent who finished",
}
EVERYWHERE = {
    "not_recorded": "Not recorded",
    "no_stage": "In no stage",
    "refused": "Refused to say",
    "none": "None",
}


def label_of(indicator: str, code: str) -> str:
    """The words for a category of an indicator."""
    known = BY_INDICATOR.get(indicator, {})
    return known.get(code) or EVERYWHERE.get(code) or in_words(code)


def split_label(category: str) -> str:
    """The words for one part of a split."""
    return SPLITS.get(category) or in_words(category)


def measure_of(indicator: str, name: str) -> str:
    """The words for what a share is of."""
    return MEASURES.get(indicator) or in_words(name)


def plural(unit: str, number: int | None) -> str:
    """``1 baby``, ``2 babies``."""
    word = UNITS.get(unit, unit)
    if number == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def in_words(code: str) -> str:
    """``ended_before_day_15`` as ``Ended before day 15``."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
