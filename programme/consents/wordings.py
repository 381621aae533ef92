"""The words a parent is shown for each purpose, kept by version: an old version stays readable."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from programme.core.choices import ConsentDecision

# As an answer to a question; a decision in the ledger is given, refused or withdrawn.
ANSWERS = {
    ConsentDecision.GIVEN: "Yes",
    ConsentDecision.REFUSED: "No",
    ConsentDecision.WITHDRAWN: "Takes back an earlier yes",
}
FILE = Path(__file__).parent / "wordings.csv"


@dataclass(frozen=True)
class Wording:
    """What a parent was shown when asked about one purpose."""

    purpose: str
    version: str
    words: str


@cache
def every_wording() -> tuple[Wording, ...]:
    """All versions of all purposes; of one purpose the last line is the one in use."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Wording(**row) for row in csv.DictReader(file))


def current() -> dict[str, Wording]:
    """The wording in use for each purpose."""
    return {one.purpose: one for one in every_wording()}


def shown(purpose: str, version: str) -> str:
    """The words of that version, or "" when it is not one of ours."""
    found = (one for one in every_wording() if (one.purpose, one.version) == (purpose, version))
    return next((one.words for one in found), "")
