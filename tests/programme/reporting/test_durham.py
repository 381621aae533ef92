"""The caseload behind a published report (Durham, March 2019) gives the figures it published."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from programme.pathways.models import Programme
from programme.reporting.figures import Figure
from programme.reporting.periods import Period
from tests.programme.reporting.indicators.working import counts, d, figure_of

CASE = Path(__file__).parents[2] / "cases" / "durham-2019"
PUBLISHED: dict[str, Any] = json.loads((CASE / "expected.json").read_text())
PERIOD = Period(d(PUBLISHED["period"]["from"]), d(PUBLISHED["period"]["to"]))
# The report's words for the categories of BA-10.
PLACES = {
    "home_universal": "home, universal",
    "home_child_in_need": "home, child in need",
    "home_child_protection": "home, child protection",
    "family_or_friends": "family or friends",
    "foster_care": "foster care",
    "fostering_to_adopt": "fostering to adopt",
}
NAMES = "RE-3 RE-4 RE-5 SN-1 SN-2 SN-3 SN-4 BA-10 BA-11 TI-7 TI-9 TI-10 WF-1"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def _durham() -> None:
    call_command("load_caseload", str(CASE), stdout=StringIO(), stderr=StringIO())


def published(package_id: str) -> dict[str, Any]:
    """What the report says of a programme; the trap is a note for readers of it."""
    return {name: value for name, value in PUBLISHED[package_id].items() if name != "trap"}


def out_of(figure: Figure, thing: str = "") -> str:
    return f"{figure.numerator} of {figure.denominator}{thing}"


def all_that_fell_due(figure: Figure) -> str:
    assert figure.denominator
    return "all that fell due" if figure.display == "100.0%" else out_of(figure)


@pytest.mark.usefixtures("_durham")
def test_the_pre_birth_team() -> None:
    team = Programme.objects.get(package_id="pre-birth")
    figure = {name: figure_of(name, team, PERIOD) for name in NAMES.split()}
    cells = {row.category: row.count or 0 for row in figure["BA-11"].rows}
    still_open = figure["SN-1"].denominator or 0
    completed = counts(figure["SN-2"])["completed"] or 0

    assert {
        "RE-3 referrals received": figure["RE-3"].value,
        "RE-4 accepted": f"{out_of(figure['RE-4'])}, {figure['RE-4'].display}",
        "RE-5 not taken on": counts(figure["RE-5"]),
        "SN-2 closed, by reason": counts(figure["SN-2"]),
        "open on the last day": still_open,
        "open, or closed as completed": still_open + completed,
        "SN-4 unborn with a child protection plan": counts(figure["SN-4"])["child_protection"],
        "SN-3 babies born": figure["SN-3"].value,
        "BA-10 on the report date": {
            PLACES[str(place)]: number for place, number in counts(figure["BA-10"]).items()
        },
        "with a parent": sum(number for (_, where), number in cells.items() if where == "home"),
        "not with a parent": sum(n for (_, where), n in cells.items() if where == "not home"),
        "TI-7 pre-birth assessments in 45 days": all_that_fell_due(figure["TI-7"]),
        "TI-9 post-birth assessments in time": all_that_fell_due(figure["TI-9"]),
        "TI-10 statutory visits": all_that_fell_due(figure["TI-10"]),
        "SN-1 stage on the last day": counts(figure["SN-1"]),
        "WF-1 caseload in range": out_of(
            figure["WF-1"], " workers (10-12 children each; the consultant 6)"
        ),
    } == published("pre-birth")


@pytest.mark.usefixtures("_durham")
def test_pause() -> None:
    pause = Programme.objects.get(package_id="pause")
    stages = counts(figure_of("SN-1", pause, PERIOD))
    capacity = figure_of("RE-9", pause, PERIOD)

    assert {
        "commissioned places": pause.commissioned_places,
        "referred": figure_of("RE-3", pause, PERIOD).value,
        "stage engagement (introductory)": stages["engagement"],
        "stage active": stages["active"],
        "capacity used RE-9": out_of(capacity),
    } == published("pause")


@pytest.mark.usefixtures("_durham")
def test_the_command_prints_the_example_of_the_exchange_format() -> None:
    out = StringIO()
    dates = ["--from", "2018-05-01", "--to", "2019-03-31"]
    call_command(
        "indicators", "--programme", "pre-birth", *dates, "--indicator", "RE-4", "RE-5", stdout=out
    )

    accepted, reasons = json.loads(out.getvalue())["indicators"]

    assert (accepted["numerator"], accepted["denominator"], accepted["value"]) == (56, 64, 0.875)
    assert accepted["interval"] == [0.7722543817887005, 0.9352775733666955]
    assert reasons["rows"][0] == {
        "category": "pregnancy_did_not_progress",
        "count": 3,
        "value": 0.046875,
    }
