"""`manage.py indicators`: the JSON of the exchange format, and mistakes said plainly."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from programme.pathways.models import Programme
from programme.reporting.definitions import DEFINITIONS, DEFINITIONS_VERSION
from tests.builders import make_programme
from tests.programme.reporting.indicators.working import refer

pytestmark = pytest.mark.django_db

DATES = ["--from", "2024-04-01", "--to", "2025-03-31"]


def printed(*options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("indicators", *options, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def pause() -> Programme:
    programme = make_programme("Pause", package_id="pause")
    refer(programme, "2024-06-01")
    return programme


def test_all_indicators_in_the_order_of_their_definitions(pause: Programme) -> None:
    answer = printed("--programme", "pause", *DATES)

    assert [figure["id"] for figure in answer.pop("indicators")] == list(DEFINITIONS)
    assert answer == {
        "programme": "pause",
        "from": "2024-04-01",
        "to": "2025-03-31",
        "definitions_version": DEFINITIONS_VERSION,
    }


def test_one_indicator_is_written_as_the_format_says(pause: Programme) -> None:
    [figure] = printed("--programme", "pause", *DATES, "--indicator", "RE-4")["indicators"]

    assert figure == {
        "id": "RE-4",
        "name": "accepted",
        "kind": "proportion",
        "unit": "referral",
        "numerator": 1,
        "denominator": 1,
        "value": 1,
        "display": "100.0%",
        "interval": [0.2065493143772374, 1.0],
        "interval_method": "wilson",
        "not_recorded": 0,
        "open_window": 0,
        "excluded": {"withdrawn": 0, "undecided": 0},
        "rows": [],
    }


def test_several_indicators_however_they_are_asked_for(pause: Programme) -> None:
    together = printed(*DATES, "--indicator", "SN-3", "RE-3", "SN-3")
    one_by_one = printed(*DATES, "--indicator", "SN-3", "--indicator", "RE-3")

    assert [figure["id"] for figure in together["indicators"]] == ["SN-3", "RE-3"]
    assert together == one_by_one


def test_a_programme_by_its_own_id_and_all_of_them(pause: Programme) -> None:
    other = make_programme("Reflect", "reflect")
    refer(other, "2024-06-01")

    alone = printed("--programme", str(other.pk), *DATES, "--indicator", "RE-3")
    every = printed(*DATES, "--indicator", "RE-3")

    assert (alone["programme"], alone["indicators"][0]["value"]) == (str(other.pk), 1)
    assert (every["programme"], every["indicators"][0]["value"]) == (None, 2)


def test_the_report_date_is_the_last_day_unless_said(pause: Programme) -> None:
    [figure] = printed(*DATES, "--at", "2024-05-31", "--indicator", "RE-3")["indicators"]

    assert figure["value"] == 0


def test_by_ethnicity(pause: Programme) -> None:
    [figure] = printed(*DATES, "--by", "ethnicity", "--indicator", "RE-4")["indicators"]

    assert figure["by"]["ethnicity"][-1]["category"] == "not_recorded"
    assert figure["by"]["ethnicity"][-1]["numerator"] == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--programme", "nobody", *DATES], "There is no programme 'nobody'."),
        (["--programme", "", *DATES], "There is no programme ''."),
        (["--from", "2024-04-02", "--to", "2024-04-01"], "is before the first"),
        (["--from", "1 April", "--to", "2024-04-01"], "'1 April' is not a date"),
        (["--to", "2024-04-01"], "--from"),
        ([*DATES, "--indicator", "XX-1"], "invalid choice"),
        ([*DATES, "--by", "postcode"], "invalid choice"),
    ],
)
def test_a_mistake_is_said_plainly(options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words.replace("(", "\\(")):
        printed(*options)
