"""The board report of the published caseload: page, PDF and spreadsheet say what was published."""

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programme.access import actors
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.pathways.models import Programme
from programme.reporting.board.sections import ORDER, SECTIONS
from tests import builders as make
from tests.programme.reporting import board_reading as reading
from tests.programme.reporting.board_reading import Answer, Answers
from tests.programme.reporting.pdf_reading import opened
from tests.programme.reporting.test_durham import CASE, PERIOD, PUBLISHED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEAM = PUBLISHED["pre-birth"]
DAYS = {"from": PERIOD.first.isoformat(), "to": PERIOD.last.isoformat()}
# What the report to councillors calls a group, and what ours does.
REASONS = {
    "pregnancy_did_not_progress": "The pregnancy did not continue",
    "criteria_not_met": "Does not meet the programme's criteria",
}
CLOSED = {"moved_area": "Moved to another area", "completed": "Completed as planned"}
STAGES = {
    "pre_birth_assessment": "Pre-birth assessment and help",
    "awaiting_birth": "Plan agreed; waiting for the birth",
    "step_down": "Stepping down",
}
PLACES = {
    "home, universal": "At home, with universal services",
    "home, child in need": "At home, child in need plan",
    "home, child protection": "At home, child protection plan",
    "family or friends": "With family or friends",
    "foster care": "In foster care",
    "fostering to adopt": "In fostering to adopt",
}


@dataclass(frozen=True)
class Made:
    """The three forms of one report."""

    page: bytes
    pdf: bytes
    csv: bytes


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Made:
    """Loaded and made once for all tests of this file; nothing of it stays in the database."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_caseload", str(CASE), stdout=StringIO(), stderr=StringIO())
        with acting_as(actors.SEEDER):
            team = Programme.objects.get(package_id="pre-birth")
        manager = make.make_practitioner(team, "Ines Example", Role.MANAGER)
        client = Client()
        client.force_login(manager, backend=make.DEMO_BACKEND)
        names = ("show_report", "download_report_pdf", "download_report_csv")
        addresses = (reverse(f"reporting:{name}", args=[team.pk]) for name in names)
        report = Made(*(client.get(address, DAYS).content for address in addresses))
        transaction.set_rollback(True)
    return report


FORMS: dict[str, Callable[[Made], Answers]] = {
    "page": lambda made: reading.on_page(made.page),
    "PDF": lambda made: reading.on_paper(made.pdf),
    "spreadsheet": lambda made: reading.in_spreadsheet(made.csv),
}
each_form = pytest.mark.parametrize("read", [pytest.param(r, id=name) for name, r in FORMS.items()])


def renamed(published: dict[str, int], words: dict[str, str]) -> dict[str, int]:
    return {words[name]: number for name, number in published.items()}


def at_home(answer: Answer, column: str) -> int:
    return sum(n for label, n in answer.rows.items() if label.endswith(f", {column}"))


@each_form
def test_every_group_has_the_number_that_was_published(
    made: Made, read: Callable[[Made], Answers]
) -> None:
    told = read(made)

    assert told["RE-5"].rows == renamed(TEAM["RE-5 not taken on"], REASONS)
    assert told["SN-2"].rows == renamed(TEAM["SN-2 closed, by reason"], CLOSED)
    assert told["SN-1"].rows == renamed(TEAM["SN-1 stage on the last day"], STAGES)
    assert told["BA-10"].rows == renamed(TEAM["BA-10 on the report date"], PLACES)
    protected = told["SN-4"].rows["Child protection plan"]
    assert protected == TEAM["SN-4 unborn with a child protection plan"]
    homes = {where: at_home(told["BA-11"], where) for where in ("home", "not home")}
    assert homes == {"home": TEAM["with a parent"], "not home": TEAM["not with a parent"]}


def said(made: Made) -> dict[str, dict[str, str]]:
    """The headline of each published figure in each form."""
    page, pdf, csv = (read(made) for read in FORMS.values())
    return {
        name: {"page": page[name].headline, "PDF": pdf[name].headline, "csv": csv[name].headline}
        for name in ("RE-3", "RE-4", "SN-1", "SN-2", "SN-3", "WF-1")
    }


def test_every_headline_has_the_number_that_was_published(made: Made) -> None:
    accepted, share = TEAM["RE-4 accepted"].split(", ")
    workers = TEAM["WF-1 caseload in range"].partition(" workers")[0]
    closed = sum(TEAM["SN-2 closed, by reason"].values())
    still_open = TEAM["open on the last day"]
    counted = {
        "RE-3": (f"{TEAM['RE-3 referrals received']}", "referrals"),
        "SN-1": (f"{still_open}", "cases"),
        "SN-2": (f"{closed}", "cases"),
        "SN-3": (f"{TEAM['SN-3 babies born']}", "babies"),
    }
    shares = {"RE-4": (share, accepted), "WF-1": ("100.0%", workers)}

    expected = {
        name: dict.fromkeys(("page", "PDF"), f"{number} {unit}") | {"csv": number}
        for name, (number, unit) in counted.items()
    } | {
        name: dict.fromkeys(("page", "PDF"), f"{percent} ({pair})") | {"csv": pair}
        for name, (percent, pair) in shares.items()
    }
    assert said(made) == expected


@each_form
def test_all_that_fell_due_was_in_time(made: Made, read: Callable[[Made], Answers]) -> None:
    """The report says of three things that all were in time; the third is a row of TI-10."""
    told = read(made)
    assert {TEAM[f"TI-{name}"] for name in TIMELY} == {"all that fell due"}

    assert all(is_all(told[name].headline) for name in ("TI-7", "TI-9", "TI-10"))
    assert told["TI-10"].rows["Statutory visits"] == out_of(told["TI-10"].headline)


TIMELY = (
    "7 pre-birth assessments in 45 days",
    "9 post-birth assessments in time",
    "10 statutory visits",
)


def is_all(headline: str) -> bool:
    counted, _, whole = headline.removeprefix("100.0% ").strip("()").partition(" of ")
    return counted == whole != "0"


def out_of(headline: str) -> int:
    return int(headline.strip(")").rpartition(" of ")[2])


def test_the_page_has_every_figure_with_definition_number_date_and_what_is_missing(
    made: Made,
) -> None:
    answers = reading.on_page(made.page)

    assert set(answers) == set(ORDER)
    for name, answer in answers.items():
        assert f"Indicator {name}, as at 28 March 2019" in answer.words
        assert all(term in answer.words for term in ("What is counted", "Out of", "When"))
        assert says_what_is_missing(answer.words), (name, answer.words)


def test_the_pdf_has_every_figure_with_definition_number_date_and_what_is_missing(
    made: Made,
) -> None:
    answers = reading.on_paper(made.pdf)

    assert set(answers) == set(ORDER)
    assert "as at 28 March 2019" in reading.pages_of(made.pdf)[0]
    definitions = reading.definitions_on_paper(made.pdf)
    assert set(definitions) == set(ORDER)
    assert all(len(words) == 4 and all(words) for words in definitions.values())
    assert [name for name, one in answers.items() if not says_what_is_missing(one.words)] == []


# A figure that counts nothing says why instead.
NOTHING = (
    "nobody or nothing to count",
    "Nobody or nothing is recorded",
    "does not arise",
    "not recorded, so",
    "No running costs",
)
MISSING = ("Not recorded:", "Not yet long enough ago to count:", "Counted apart:")


def says_what_is_missing(words: str) -> bool:
    return any(part in words for part in (*NOTHING, *MISSING))


def test_the_spreadsheet_has_every_figure_with_definition_number_date_and_what_is_missing(
    made: Made,
) -> None:
    lines = reading.lines_of(made.csv)
    whole = [line for line in lines if line["group"] == "all"]

    assert [line["indicator"] for line in whole] == list(ORDER)
    dates = {(line["first day"], line["last day"], line["as at"]) for line in lines}
    assert dates == {("2018-05-01", "2019-03-28", "2019-03-28")}
    assert all(line["definition"] and line["question"] for line in lines)
    assert all(line["not recorded"] and line["open window"] for line in whole)


@pytest.mark.parametrize("name", ["page", "PDF"])
def test_every_chart_has_its_table_and_there_are_more_than_three(made: Made, name: str) -> None:
    answers = FORMS[name](made)

    drawn = {name for name, answer in answers.items() if answer.has_chart}

    assert drawn >= {"RE-4", "RE-5", "TI-1", "SN-1", "BA-10", "BA-11"}
    assert drawn == {name for name, answer in answers.items() if answer.has_table}


def test_the_first_page_of_the_pdf_is_enough_for_a_councillor(made: Made) -> None:
    first = reading.pages_of(made.pdf)[0]

    assert "Board report: Pre-birth intervention team" in first
    assert "1 May 2018 to 28 March 2019" in first
    for answer in ("64 referrals", "87.5% (56 of 64)", "22 babies"):
        assert answer in first


def test_the_pdf_is_tagged_named_and_has_the_questions_as_bookmarks(made: Made) -> None:
    pdf = opened(made.pdf)

    with pdf.open_outline() as outline:
        bookmarks = [item.title for item in outline.root]
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.Lang == "en-GB"
    assert pdf.docinfo.Title == "Board report: Pre-birth intervention team"
    questions = [section.question for section in SECTIONS]
    assert bookmarks == ["In short", *questions, "How each figure is made"]


def test_no_marking_is_cut_short(made: Made) -> None:
    for page in reading.pages_of(made.pdf):
        assert "OFFICIAL-SENSITIVE: small numbers shown" in page
