"""manage.py export_caseload: what came in goes out, and nothing that is not the reader's."""

import json
import shutil
import stat
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from programme.access.actors import EXPORTER, SEEDER
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.audit.models import Sight
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Episode, Supervision
from programme.exchange.records import MODELS
from programme.pathways.models import Programme, Worker
from programme.people.models import Home, Parent, Protection
from programme.referrals.models import Referral
from tests import builders, pristine
from tests.programme.exchange import packages
from tests.programme.exchange.packages import DURHAM, Package

pytestmark = pytest.mark.django_db


def load(folder: Path) -> None:
    call_command("load_caseload", str(folder), stdout=StringIO(), stderr=StringIO())


def export(path: Path, **options: Any) -> str:
    """Exports, and returns what was said on the error stream besides progress."""
    said = StringIO()
    call_command("export_caseload", str(path), stdout=StringIO(), stderr=said, **options)
    lines = said.getvalue().splitlines()
    return "\n".join(line for line in lines if not line.endswith(" ..."))


def exported(path: Path, **options: Any) -> Package:
    export(path, **options)
    return packages.read(path)


# --- What goes in comes out -------------------------------------------------------------------


def test_the_durham_case_comes_out_cell_by_cell_in_its_order(tmp_path: Path) -> None:
    load(DURHAM)

    assert exported(tmp_path / "out") == packages.filled_out(packages.read(DURHAM))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_table_and_column_comes_out_as_it_came_in(tmp_path: Path, seed: int) -> None:
    package = packages.rich(seed)
    load(packages.write(tmp_path / "in", package))

    assert exported(tmp_path / "out") == package


def test_the_invented_package_fills_every_column() -> None:
    assert list(packages.never_filled(packages.rich(1))) == []


def test_what_comes_out_loads_again_and_is_the_same(tmp_path: Path) -> None:
    """Through an export of rows made in the product, whose ids are their keys."""
    with acting_as(SEEDER):
        pathway = {"pathway_id": "pause"}
        programme = Programme.objects.create(name="Made here", **pathway)
        parent = Parent.objects.create(parent_role="mother")
        Referral.objects.create(parent=parent, programme=programme, received_on=today())
    first = exported(tmp_path / "first")

    assert first["parents"][0]["parent_id"] == str(parent.pk)
    with pytest.raises(CommandError):
        load(tmp_path / "first")


def test_a_zip_holds_the_same_files(tmp_path: Path) -> None:
    load(DURHAM)
    folder = exported(tmp_path / "out")
    export(tmp_path / "out.zip", zip=True)

    shutil.unpack_archive(tmp_path / "out.zip", tmp_path / "unpacked")

    assert packages.read(tmp_path / "unpacked") == folder


def test_the_description_names_every_column_that_was_written(tmp_path: Path) -> None:
    export(tmp_path / "out")

    description = json.loads((tmp_path / "out" / "datapackage.json").read_text())

    described = [
        (resource["path"], field["name"], field["type"])
        for resource in description["resources"]
        for field in resource["schema"]["fields"]
    ]
    assert described == [
        (f"{column['table']}.csv", column["column"], column["type"]) for column in packages.schema()
    ]


def test_only_its_owner_may_open_what_was_written(tmp_path: Path) -> None:
    export(tmp_path / "out")

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "parents.csv").write_text("mine")

    with pytest.raises(CommandError, match="is there already"):
        export(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["parents.csv"]


def test_each_parent_taken_out_is_a_line_of_the_log(tmp_path: Path) -> None:
    load(DURHAM)

    export(tmp_path / "out")

    assert taken_out() == {(EXPORTER, "taken_out"): 80}


def taken_out() -> dict[tuple[UUID, str], int]:
    """Lines of the log of sights, by whom; on PostgreSQL read by the owner."""
    counts: dict[tuple[UUID, str], int] = {}
    for user_id, outcome in _sights():
        counts[UUID(str(user_id)), outcome] = counts.get((UUID(str(user_id)), outcome), 0) + 1
    return counts


def _sights() -> list[tuple[Any, str]]:
    if connection.vendor != "postgresql":
        return list(Sight.objects.values_list("user_id", "outcome"))
    with pristine.as_owner() as cursor:
        cursor.execute("SELECT user_id, outcome FROM programme_sight")
        return cursor.fetchall()


# --- In service -------------------------------------------------------------------------------


def test_in_service_a_whole_caseload_does_not_leave_on_one_persons_word(
    tmp_path: Path, settings: Settings
) -> None:
    settings.RUN_MODE = "service"

    with pytest.raises(CommandError, match="two approvals"):
        export(tmp_path / "out")

    assert not (tmp_path / "out").exists()


# --- With a reader's eyes ---------------------------------------------------------------------


@pytest.fixture
def rich(tmp_path: Path) -> Package:
    """Every table, loaded; no record is restricted or denied yet."""
    package = packages.rich(1)
    for row in package["protections"]:
        row["from_date"] = "2999-01-01"
    load(packages.write(tmp_path / "in", package))
    return package


def person(name: str, *roles: Role, programme: str = "") -> User:
    """Someone with roles, in one programme or everywhere."""
    user = builders.make_user(name)
    with acting_as(SEEDER):
        where = Programme.objects.get(package_id=programme) if programme else None
    for role in roles:
        builders.grant_role(user, role, where)
    return user


def test_who_holds_no_role_gets_nobody(tmp_path: Path, rich: Package) -> None:
    nobody = person("nobody")

    package = exported(tmp_path / "out", email=nobody.email)

    assert set(package) == {"population"}


def test_a_manager_gets_references_and_outcomes_but_no_names(tmp_path: Path, rich: Package) -> None:
    manager = person("manager", Role.MANAGER)

    said = export(tmp_path / "out", email=manager.email)
    package = packages.read(tmp_path / "out")

    assert sorted(package) == [
        "allocations", "costs", "episodes", "feedback", "measures",
        "parents", "pauses", "population", "programmes", "referrals", "stages", "workers",
    ]  # fmt: skip
    assert set(package["parents"][0]) == {"parent_id", "parent_role"}
    assert "Left out: contacts.csv: the whole file (notes and plan; contacts of one's own)" in said
    assert said.replace("Left out: ", "- ") in (tmp_path / "out" / "README.txt").read_text()


def test_a_role_in_one_programme_gives_that_programme_only(tmp_path: Path, rich: Package) -> None:
    local = person("local", Role.MANAGER, programme="programmes-001")

    package = exported(tmp_path / "out", email=local.email)

    own = [row for row in rich["episodes"] if row["programme_id"] == "programmes-001"]
    assert [row["episode_id"] for row in package["episodes"]] == [row["episode_id"] for row in own]
    assert {row["programme_id"] for row in package["programmes"]} == {"programmes-001"}
    assert {row["programme_id"] for row in package["workers"]} <= {"programmes-001"}


def test_no_reference_names_what_is_not_there(tmp_path: Path, rich: Package) -> None:
    """A referral because of a pregnancy that only the care pair may see tells nothing of it."""
    for name, roles in {
        "manager": [Role.MANAGER],
        "senior": [Role.SENIOR],
        "coordinator": [Role.COORDINATOR],
        "practitioner": [Role.PRACTITIONER],
        "several": [Role.SENIOR, Role.DATA_OFFICER, Role.PROTECTION_OFFICER],
    }.items():
        user = person(name, *roles, programme="programmes-001")

        package = exported(tmp_path / name, email=user.email)

        assert dangling(package) == []


def dangling(package: Package) -> list[tuple[str, str, str]]:
    """References to rows that are not in the package."""
    found = []
    for column in packages.schema():
        if column["refers_to"]:
            there = {row[next(iter(row))] for row in package.get(column["refers_to"], [])}
            for row in package.get(column["table"], []):
                value = row[column["column"]]
                if value and value not in there:
                    found.append((column["table"], column["column"], value))
    return found


def test_a_termination_is_in_no_export_but_the_care_pairs(tmp_path: Path) -> None:
    package = packages.rich(1)
    for row in package["pregnancies"]:
        row["outcome"] = "termination"
    for row in package["referrals"]:
        row["pregnancy_id"] = "pregnancies-000"
    load(packages.write(tmp_path / "in", package))
    senior = person("senior", Role.SENIOR)

    seen = exported(tmp_path / "out", email=senior.email)

    assert "pregnancies" not in seen
    assert {row["pregnancy_id"] for row in seen["referrals"]} == {""}


def test_an_export_as_someone_gives_the_rows_the_managers_give(
    tmp_path: Path, rich: Package
) -> None:
    """A second way to count: the scoped managers, table by table."""
    senior = person("senior", Role.SENIOR, Role.DATA_OFFICER, programme="programmes-000")

    package = exported(tmp_path / "out", email=senior.email)

    with acting_as(senior):
        for table in ("contacts", "consents", "children", "proceedings", "needs", "measures"):
            seen = MODELS[table][0]._default_manager.count()
            assert len(package.get(table, [])) == seen


def test_somebody_unknown_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nobody with this address"):
        export(tmp_path / "out", email="loader@system.invalid")


def test_only_her_own_caseload_has_the_safe_address(tmp_path: Path, rich: Package) -> None:
    user = person("worker", Role.PRACTITIONER)
    episode = next(row for row in rich["episodes"] if not row["closed_on"])
    parent = next(row for row in rich["parents"] if row["parent_id"] == episode["parent_id"])
    with acting_as(SEEDER):
        worker = Worker.objects.get(package_id="workers-000")
        worker.user = user
        worker.save()
        held = Episode.objects.get(package_id=episode["episode_id"])
        held.allocations.create(worker=worker, from_date=today())
        home = Home.objects.get(parent__package_id=parent["parent_id"])
        home.postcode = "SW1A 1AA"
        home.save()

    package = exported(tmp_path / "out", email=user.email)

    addressed = {row["parent_id"] for row in package["parents"] if row["postcode"]}
    assert addressed == {parent["parent_id"]}


def test_a_restricted_record_is_in_nobodys_export(tmp_path: Path, rich: Package) -> None:
    senior = person("senior", Role.SENIOR)
    with acting_as(SEEDER):
        parent = Parent.objects.get(package_id="parents-000")
        Protection.objects.create(parent=parent, kind="restricted", from_date=today())

    package = exported(tmp_path / "out", email=senior.email)

    named = {row.get("parent_id") for rows in package.values() for row in rows}
    assert "parents-000" not in named
    assert "parents-001" in named


def test_a_partner_who_is_restricted_is_not_named(tmp_path: Path) -> None:
    package = packages.rich(1)
    for row in package["episodes"]:
        row["closed_on"] = ""
    for row in package["protections"]:
        row |= {"kind": "restricted", "from_date": "2999-01-01"}
    package["protections"][1]["from_date"] = "2016-01-01"
    load(packages.write(tmp_path / "in", package))
    senior = person("senior", Role.SENIOR)

    said = export(tmp_path / "out", email=senior.email)
    rows = packages.read(tmp_path / "out")["partnerships"]

    partners = [row["other_parent_id"] for row in package["partnerships"]]
    partners.remove("parents-001")
    assert [row["other_parent_id"] for row in rows] == partners
    assert "Left out: partnerships.csv: rows that name a row which is not here" in said


# --- What version 1 has no place for ----------------------------------------------------------


def test_what_the_package_has_no_place_for_is_left_out_and_told_of(tmp_path: Path) -> None:
    parent = builders.make_parent(postcode="SW1A 1AA")
    with acting_as(SEEDER):
        home = Home.objects.get(parent=parent)
        home.address = "1 Canary Street"
        home.save()
    builders.make_safe_contact(parent, number="07700 900123", known_risk="canary dog")
    builders.make_safe_contact(parent, number="07700 900999", ended_on=today())
    begun = builders.make_proceedings(parent, pre_proceedings_letter_on=today())
    builders.make_hearing(begun, court="canary court")
    issued = builders.make_proceedings(parent, issued_on=today())
    episode = builders.make_episode(parent, builders.make_programme())
    builders.stored(Supervision, episode=episode, held_on=today(), talked_about="canary talk")
    builders.stored(NextStep, episode=episode, wording="Ring the GP")
    ended = {"ended_on": today(), "ended_because": "canary reason"}
    builders.stored(NextStep, episode=episode, wording="Canary step", **ended)
    builders.make_plan(episode, with_whom="canary aunt")

    said = export(tmp_path / "out")
    package = packages.read(tmp_path / "out")

    assert [row["number"] for row in package["safe_contact"]] == ["07700 900123"]
    assert [row["proceedings_id"] for row in package["proceedings"]] == [str(issued.pk)]
    assert [row["proceedings_id"] for row in package["proceedings_parents"]] == [str(issued.pk)]
    assert [row["postcode"] for row in package["parents"]] == ["SW1A 1AA"]
    assert [row["wording"] for row in package["next_steps"]] == ["Ring the GP"]
    written = " ".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "canary" not in written.lower()
    for words in (
        "parents.csv: of where a parent lives, all but the postcode",
        "safe_contact.csv: rules that have ended",
        "safe_contact.csv: known risks in the home",
        "proceedings.csv: sets that are not issued yet",
        "proceedings.csv: hearings",
        "supervision.csv: what was talked about",
        "next_steps.csv: steps that ended undone",
        "contacts.csv: contacts that are planned",
    ):
        assert words in said
        assert words in (tmp_path / "out" / "README.txt").read_text()


def test_what_is_left_out_is_not_told_to_who_may_not_see_it(tmp_path: Path, rich: Package) -> None:
    user = person("worker", Role.DATA_OFFICER)
    with acting_as(SEEDER):
        home = Home.objects.first()
        assert home is not None
        home.address = "1 Canary Street"
        home.save()

    said = export(tmp_path / "out", email=user.email)

    assert "all but the postcode" not in said
