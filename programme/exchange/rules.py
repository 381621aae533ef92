"""What must be true within a row, and of a row and those before it.

Dates out of order are those of the package's description and no others: left, closed, ended,
returned or to-date before its start; decided or opened before received; separated or died before
born; completed before started; first hearing before issue. A rule looks only at cells that could
be read: one mistake is told once.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from programme.core.choices import ContraceptionAnswer, ContraceptionEvent
from programme.core.identifiers import nhs_number_problem
from programme.exchange.facts import Facts, Values
from programme.measures.instruments import Instrument, instruments

# table: (later, earlier)
DATE_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "parents": (("died_on", "date_of_birth"),),
    "partnerships": (("ended_on", "started_on"),),
    "children": (("died_on", "date_of_birth"),),
    "proceedings": (("first_hearing_on", "issued_on"), ("concluded_on", "issued_on")),
    "separations": (("returned_on", "separated_on"),),
    "child_circumstances": (("to_date", "from_date"),),
    "identifications": (("ended_on", "identified_on"),),
    "referrals": (("decided_on", "received_on"),),
    "episodes": (("closed_on", "opened_on"),),
    "stages": (("left_on", "entered_on"),),
    "pauses": (("to_date", "from_date"),),
    "allocations": (("to_date", "from_date"),),
    "goals": (("ended_on", "agreed_on"),),
    "support": (("ended_on", "started_on"),),
    "assessments": (("completed_on", "started_on"),),
    "population": (("year_end", "year_start"),),
    "costs": (("to_date", "from_date"),),
}
ANSWERED_EVENTS = frozenset({ContraceptionEvent.CONVERSATION, ContraceptionEvent.CHOICE})
WHOLE = re.compile(r"\d{1,3}", re.ASCII)
FRACTION = re.compile(r"\d{1,3}(?:\.\d{1,3})?", re.ASCII)
LINE = 10


@dataclass(frozen=True)
class Wrong:
    """A column whose value does not go with the rest, and what would be right."""

    column: str
    right: str


Rule = Callable[[Values, Facts], Iterator[Wrong]]


def broken_rules(table: str, values: Values, facts: Facts) -> Iterator[Wrong]:
    """Everything a row that could be read does wrong; ``values`` lacks cells that could not."""
    for later, earlier in DATE_ORDER.get(table, ()):
        yield from _in_order(values, later, earlier, values.get(earlier))
    for rule in RULES.get(table, ()):
        yield from rule(values, facts)


def _in_order(values: Values, later: str, name: str, earliest: date | None) -> Iterator[Wrong]:
    day = values.get(later)
    if day and earliest and day < earliest:
        yield Wrong(later, f"A day on or after {name}, {earliest.isoformat()}, is right.")


def _caseload_range(values: Values, facts: Facts) -> Iterator[Wrong]:
    low, high = values.get("caseload_min"), values.get("caseload_max")
    if low is not None and high is not None and high < low:
        yield Wrong("caseload_max", f"A number not below caseload_min, {low}, is right.")


def _nhs_number(values: Values, facts: Facts) -> Iterator[Wrong]:
    number = values.get("nhs_number")
    if not number:
        return
    problem = nhs_number_problem(number, allow_test_range=settings.RUN_MODE != "service")
    if problem or not number.isdigit():
        yield Wrong("nhs_number", f"{problem or 'Ten digits without spaces are right'}.")


def _two_people(values: Values, facts: Facts) -> Iterator[Wrong]:
    if values.get("parent_id") and values.get("parent_id") == values.get("other_parent_id"):
        yield Wrong("other_parent_id", "Another parent is right; this is the same one.")


def _linked_once(values: Values, facts: Facts) -> Iterator[Wrong]:
    link = (values.get("parent_id"), values.get("child_id"), values.get("relation"))
    if link in facts.parent_children:
        yield Wrong("child_id", "One row for this parent, child and relation is right.")


def _after_birth(values: Values, facts: Facts) -> Iterator[Wrong]:
    born = facts.born_on.get(values.get("child_id", ""))
    yield from _in_order(values, "separated_on", "the child's date of birth", born)


def _placement(values: Values, facts: Facts) -> Iterator[Wrong]:
    code, day = values.get("placement_code"), values.get("from_date")
    if code and day and not facts.codes.is_valid("placement_types", code, day):
        yield Wrong("placement_code", f"A code that was valid on {day.isoformat()} is right.")


def _after_received(values: Values, facts: Facts) -> Iterator[Wrong]:
    received = facts.received_on.get(values.get("referral_id") or "")
    yield from _in_order(values, "opened_on", "the referral's received_on", received)


def _stage(values: Values, facts: Facts) -> Iterator[Wrong]:
    programme = facts.episode_programme.get(values.get("episode_id") or "")
    pathway = facts.pathway.get(programme or "")
    stage = values.get("stage")
    if pathway and stage and not facts.codes.is_stage(pathway, stage):
        allowed = ", ".join(facts.codes.stages.get(pathway, []))
        yield Wrong("stage", f"A stage of the pathway {pathway} is right: {allowed}.")


def _contraception(values: Values, facts: Facts) -> Iterator[Wrong]:
    event = values.get("event")
    if event == ContraceptionEvent.INFORMATION_OFFERED:
        yield from _date_and_role_only(values)
    elif event:
        yield from _allowed_to_be_kept(values, facts)
    if event in ANSWERED_EVENTS and values.get("answer") == "":
        yield Wrong("answer", "This event carries an answer; not_discussed is one.")
    if values.get("method") and values.get("answer", "method") != ContraceptionAnswer.METHOD:
        yield Wrong("method", "Blank is right, or the answer method.")


def _date_and_role_only(values: Values) -> Iterator[Wrong]:
    for name in ("answer", "method", "review_due_on", "end_reason"):
        if values.get(name):
            yield Wrong(name, "Blank is right: of an offer only the day and the role are kept.")


def _allowed_to_be_kept(values: Values, facts: Facts) -> Iterator[Wrong]:
    parent, day = values.get("parent_id"), values.get("happened_on")
    if parent and day and not facts.may_record_contraception(parent, day):
        yield Wrong(
            "happened_on",
            "A day is right on which consent to record contraception was in force "
            "(consents.csv: the newest decision by that day is given and has not run out).",
        )


def _total(values: Values, facts: Facts) -> Iterator[Wrong]:
    instrument = instruments().get(values.get("instrument") or "")
    items = values.get("items")
    if not instrument or not instrument.adds_up or not items:
        return
    answers = [answer.strip() for answer in items.split(";")]
    if not _takes(instrument, answers):
        yield Wrong(
            "items",
            f"{instrument.item_count} answers from {instrument.item_low} to"
            f" {instrument.item_high} are right, with ; between them; blank is not answered.",
        )
        return
    total = instrument.total_of(answers)
    if total is not None and values.get("total") not in (None, total):
        yield Wrong("total", f"{total} is right: the total of the items.")


def _takes(instrument: Instrument, answers: list[str]) -> bool:
    given = [answer for answer in answers if answer]
    fits = all(_fits(instrument, answer) for answer in given)
    return len(answers) == instrument.item_count and fits


def _fits(instrument: Instrument, answer: str) -> bool:
    # Only an item of 0 to 10 is a mark on a line, so only it may have a fraction.
    pattern = FRACTION if instrument.item_high == LINE else WHOLE
    is_number = bool(pattern.fullmatch(answer))
    return is_number and instrument.item_low <= Decimal(answer) <= instrument.item_high


RULES: dict[str, tuple[Rule, ...]] = {
    "workers": (_caseload_range,),
    "parents": (_nhs_number,),
    "partnerships": (_two_people,),
    "parent_child": (_linked_once,),
    "separations": (_after_birth,),
    "child_circumstances": (_placement,),
    "episodes": (_after_received,),
    "stages": (_stage,),
    "contraception": (_contraception,),
    "measures": (_total,),
}
