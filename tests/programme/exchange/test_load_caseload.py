"""manage.py load_caseload: everything or nothing, and every problem told."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from programme.access.actors import LOADER
from programme.access.scope import acting_as
from programme.audit.models import Event
from programme.contacts.models import Contact
from programme.exchange.loading import load
from programme.exchange.problems import Problem, Problems
from programme.people.models import Parent
from tests import pristine
from tests.programme.exchange import packages
from tests.programme.exchange.packages import DURHAM, Package

pytestmark = pytest.mark.django_db


@pytest.fixture
def durham(tmp_path: Path) -> Path:
    """A copy of the Durham case, to be spoilt."""
    return Path(shutil.copytree(DURHAM, tmp_path / "durham"))


def run(path: Path, *options: str) -> str:
    """What the command prints for people, its progress apart."""
    out = StringIO()
    call_command("load_caseload", str(path), *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def run_refused(path: Path) -> tuple[str, str]:
    """What the command prints, and its last words; nothing may have been stored."""
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("load_caseload", str(path), stdout=out, stderr=StringIO())
    assert stored() == (0, 0, 0)
    return out.getvalue(), str(refused.value)


def stored() -> tuple[int, int, int]:
    with acting_as(LOADER):
        return Parent.objects.count(), Contact.objects.count(), Contact.history.count()


def change(path: Path, old: str, new: str) -> None:
    """Spoils one place of a file."""
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_loads_the_durham_case_with_history_in_the_loaders_name() -> None:
    run(DURHAM)

    assert stored() == (80, 142, 142)
    with acting_as(LOADER):
        assert {row.history_user_id for row in Parent.history.all()} == {LOADER}


def test_says_how_many_rows_of_each_table_were_stored() -> None:
    printed = run(DURHAM).splitlines()

    assert printed[0] == "programmes: 2"
    assert printed[-1] == "1,491 rows stored."


def test_shows_progress_on_the_other_stream() -> None:
    progress = StringIO()

    call_command("load_caseload", str(DURHAM), stdout=StringIO(), stderr=progress)

    lines = progress.getvalue().splitlines()
    assert lines[0] == "Reading ids ..."
    assert lines[-1] == "Storing assessments.csv ..."


def test_records_that_a_package_was_loaded() -> None:
    run(DURHAM)

    assert names_of_events() == ["exchange.caseload_loaded"]


def names_of_events() -> list[str]:
    """On PostgreSQL only a protection officer reads the log; here the owner does."""
    if connection.vendor != "postgresql":
        return list(Event.objects.values_list("name", flat=True))
    with pristine.as_owner() as cursor:
        cursor.execute("SELECT name FROM programme_event ORDER BY happened_at")
        return [name for (name,) in cursor.fetchall()]


def test_a_preview_says_the_same_and_stores_nothing() -> None:
    printed = run(DURHAM, "--preview").splitlines()

    assert printed[-1] == "1,491 rows would be stored. Nothing was stored."
    assert stored() == (0, 0, 0)


def test_a_zip_loads_like_its_folder(tmp_path: Path) -> None:
    archive = shutil.make_archive(str(tmp_path / "durham"), "zip", DURHAM)

    run(Path(archive))

    assert stored() == (80, 142, 142)


def test_a_zip_may_hold_one_folder_with_everything_in_it(tmp_path: Path) -> None:
    archive = shutil.make_archive(
        str(tmp_path / "durham"), "zip", DURHAM.parent, base_dir=DURHAM.name
    )

    run(Path(archive))

    assert stored() == (80, 142, 142)


def test_loading_twice_refuses_each_row_and_changes_nothing() -> None:
    run(DURHAM)
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("load_caseload", str(DURHAM), stdout=out, stderr=StringIO())

    assert stored() == (80, 142, 142)
    refused = [line for line in out.getvalue().splitlines() if line.startswith("parents.csv")]
    assert len(refused) == 80
    assert refused[0] == (
        'parents.csv, line 2, column parent_id: "m01". '
        "This is loaded already. An id that is not there yet is right."
    )


# --- One thing wrong at a time ----------------------------------------------------------------

Spoil = Callable[[Path], None]
ONE_WRONG: dict[str, tuple[Spoil, str]] = {
    "missing column": (
        lambda folder: change(folder / "stages.csv", "episode_id,stage,", "episode_id,phase,"),
        "stages.csv, line 1, column stage: This column is missing; it is right in every row.",
    ),
    "unknown code": (
        lambda folder: change(folder / "programmes.csv", ",pause,2018-09-01", ",paws,2018-09-01"),
        'programmes.csv, line 3, column pathway: "paws". One of these is right: '
        "pause, reflect, baby_and_me, pre_birth, new_beginnings, recurrent_offer, other.",
    ),
    "date out of order": (
        lambda folder: change(
            folder / "episodes.csv",
            "e09,r09,m09,pre-birth,2018-08-15",
            "e09,r09,m09,pre-birth,2019-08-15",
        ),
        'episodes.csv, line 2, column closed_on: "2018-09-26". '
        "A day on or after opened_on, 2019-08-15, is right.",
    ),
    "opened before it was received": (
        lambda folder: change(
            folder / "episodes.csv",
            "e09,r09,m09,pre-birth,2018-08-15",
            "e09,r09,m09,pre-birth,2018-01-01",
        ),
        'episodes.csv, line 2, column opened_on: "2018-01-01". '
        "A day on or after the referral's received_on, 2018-08-14, is right.",
    ),
    "reference to nowhere": (
        lambda folder: change(folder / "contraception.csv", "wz01,w01,", "wz01,w99,"),
        'contraception.csv, line 2, column parent_id: "w99". '
        "An id of parents.csv is right; this one is not in it.",
    ),
    "duplicate id": (
        lambda folder: change(folder / "contraception.csv", "wz02,", "wz01,"),
        'contraception.csv, line 3, column event_id: "wz01". '
        "An id used once is right; line 2 has it too.",
    ),
    "not a date": (
        lambda folder: change(folder / "programmes.csv", "2018-05-01", "01/05/2018"),
        'programmes.csv, line 2, column started_on: "01/05/2018". '
        "A date like 2019-03-28 is right, in the years 1800 to 2999.",
    ),
    "a required cell is blank": (
        lambda folder: change(folder / "workers.csv", "sw-1,Worker 1,", "sw-1,,"),
        "workers.csv, line 3, column name: This cannot be blank.",
    ),
    "a cell too many": (
        lambda folder: change(folder / "workers.csv", "sw-1,Worker 1,", "sw-1,Worker 1,,"),
        "workers.csv, line 3: 8 cells are right, as in the first line; here are 9.",
    ),
    "a stage of another pathway": (
        lambda folder: change(folder / "stages.csv", "e09,pre_birth_assessment", "e09,engagement"),
        'stages.csv, line 2, column stage: "engagement". A stage of the pathway pre_birth is '
        "right: referred, pre_birth_assessment, awaiting_birth, "
        "post_birth_assessment, step_down.",
    ),
    "contraception without consent": (
        lambda folder: change(folder / "contraception.csv", "2018-12-13", "2018-12-02"),
        'contraception.csv, line 2, column happened_on: "2018-12-02". A day is right on which '
        "consent to record contraception was in force (consents.csv: the newest decision by that "
        "day is given and has not run out).",
    ),
}


@pytest.mark.parametrize("spoil, said", ONE_WRONG.values(), ids=ONE_WRONG.keys())
def test_one_mistake_is_told_once_and_stores_nothing(durham: Path, spoil: Spoil, said: str) -> None:
    spoil(durham)

    printed, last_words = run_refused(durham)

    stopping = [line for line in printed.splitlines() if not line.endswith("(a warning)")]
    assert stopping == [said]
    assert last_words == "1 problem. Nothing was stored."


def test_latin_1_bytes_are_told_with_line_and_column(durham: Path) -> None:
    path = durham / "workers.csv"
    path.write_bytes(path.read_bytes().replace(b"Worker 1", "Siân".encode("latin-1")))

    printed, _ = run_refused(durham)

    assert printed.splitlines() == [
        'workers.csv, line 3, column name: "Si�n". '
        "Text in UTF-8 is right; these bytes are in another encoding."
    ]


def test_an_empty_file_is_told(durham: Path) -> None:
    (durham / "consents.csv").write_bytes(b"")
    (durham / "contraception.csv").unlink()

    printed, _ = run_refused(durham)

    assert printed.startswith(
        "consents.csv, line 1: A first line that names columns is right: consent_id, parent_id"
    )


def test_an_unknown_column_and_file_are_told_and_stop_nothing(durham: Path) -> None:
    change(durham / "workers.csv", "worker_id,name,", "worker_id,shoe_size,")
    path = durham / "workers.csv"
    path.write_text("worker_id,name,programme_id,role,shoe_size\nsw,Worker,pause,practitioner,7\n")
    for table in ("allocations", "contacts"):
        (durham / f"{table}.csv").unlink()
    (durham / "pets.csv").write_text("name\nRex\n")

    printed = run(durham).splitlines()

    assert printed[:2] == [
        "pets.csv: Not a file of a caseload package, so not read. (a warning)",
        "workers.csv, line 1, column shoe_size: Not a column of this file, so not read. Its "
        "columns: worker_id, name, programme_id, role, whole_time_equivalent, caseload_unit, "
        "caseload_min, caseload_max. (a warning)",
    ]
    assert stored()[0] == 80


def test_every_problem_is_told_not_only_the_first(durham: Path) -> None:
    path = durham / "contacts.csv"
    path.write_text(path.read_text().replace(",met,", ",meet,").replace("home_visit", "visit"))

    printed, last_words = run_refused(durham)

    assert len(printed.splitlines()) == int(last_words.split()[0])
    assert int(last_words.split()[0]) > 142


# --- Dates out of order, and no others ---------------------------------------------------------


def test_dates_that_may_stand_in_any_order_are_accepted(tmp_path: Path) -> None:
    package = packages.rich()
    _set(package, "feedback", asked_on="2018-05-02", answered_on="2018-05-01")
    _set(package, "pregnancies", known_on="2018-05-02", booked_on="2018-04-01")
    _set(package, "pregnancies", ended_on="2018-03-01")
    _set(package, "due_dates", recorded_on="2010-01-01", estimated_due_date="2009-01-01")
    _set(package, "contacts", happened_at="2029-05-02T10:00", recorded_at="2009-05-02T10:00")
    _set(package, "protections", from_date="2018-05-02", review_on="2018-05-01")
    _set(package, "next_steps", due_on="2018-05-02", done_on="2018-05-01")
    _set(package, "assessments", due_on="2010-01-01", cancelled_on="2010-01-01")
    _set(package, "proceedings", pre_proceedings_letter_on="2029-01-01", known_on="2009-01-01")
    _set(package, "episodes", engagement_started_on="2009-01-01")

    problems = _problems_of(packages.write(tmp_path, package))

    assert problems == []


def _set(package: Package, table: str, **cells: str) -> None:
    package[table][0] |= cells


def _problems_of(folder: Path) -> list[Problem]:
    problems = Problems()
    load(folder, problems=problems)
    return problems.kept


ORDER = [
    ("parents", "date_of_birth", "died_on"),
    ("partnerships", "started_on", "ended_on"),
    ("children", "date_of_birth", "died_on"),
    ("proceedings", "issued_on", "first_hearing_on"),
    ("proceedings", "issued_on", "concluded_on"),
    ("separations", "separated_on", "returned_on"),
    ("child_circumstances", "from_date", "to_date"),
    ("referrals", "received_on", "decided_on"),
    ("episodes", "opened_on", "closed_on"),
    ("stages", "entered_on", "left_on"),
    ("pauses", "from_date", "to_date"),
    ("allocations", "from_date", "to_date"),
    ("goals", "agreed_on", "ended_on"),
    ("support", "started_on", "ended_on"),
    ("assessments", "started_on", "completed_on"),
    ("population", "year_start", "year_end"),
    ("costs", "from_date", "to_date"),
]


@pytest.mark.parametrize("table, earlier, later", ORDER)
def test_a_later_date_before_its_earlier_one_is_told(
    tmp_path: Path, table: str, earlier: str, later: str
) -> None:
    package = packages.rich()
    day = package[table][0][earlier] = package[table][0][earlier] or "2016-02-29"
    package[table][0][later] = "1901-01-01"

    problems = _problems_of(packages.write(tmp_path, package))

    assert [(problem.file, problem.line, problem.column) for problem in problems] == [
        (f"{table}.csv", 2, later)
    ]
    assert problems[0].right == f"A day on or after {earlier}, {day}, is right."


def test_a_child_is_not_separated_before_its_birth(tmp_path: Path) -> None:
    package = packages.rich()
    package["children"][0]["date_of_birth"] = "2014-12-31"
    _set(package, "separations", child_id="children-000", separated_on="2014-12-30")

    problems = _problems_of(packages.write(tmp_path, package))

    assert [(problem.file, problem.column, problem.right) for problem in problems] == [
        (
            "separations.csv",
            "separated_on",
            "A day on or after the child's date of birth, 2014-12-31, is right.",
        )
    ]


def statements_to_load(folder: Path) -> int:
    asked = 0

    def count(execute: Any, *statement: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        run(folder)
    return asked


@pytest.mark.once
@pytest.mark.slow
def test_a_thousand_contacts_more_cost_a_few_statements(tmp_path: Path) -> None:
    """Rows are stored many at a time, with their history; the time is in benchmarks/loading.py."""
    with transaction.atomic():
        few = statements_to_load(packages.write(tmp_path / "few", packages.with_contacts(200)))
        transaction.set_rollback(True)

    many = statements_to_load(packages.write(tmp_path / "many", packages.with_contacts(1_200)))

    with acting_as(LOADER):
        assert Contact.history.count() == 1_200
    assert many - few < 100
