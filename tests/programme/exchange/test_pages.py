"""Offering a package on a page, and the second person's word."""

import io
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from programme.access import actors
from programme.access.models import User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.exchange import actions
from programme.exchange.models import LoadPart, LoadRequest
from programme.people.models import Parent
from tests import builders
from tests.pristine import as_owner
from tests.programme.exchange.packages import DURHAM

pytestmark = pytest.mark.django_db


def officer(name: str, role: Role = Role.DATA_OFFICER) -> User:
    user = builders.make_user(name)
    builders.grant_role(user, role)
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=builders.DEMO_BACKEND)
    return client


@pytest.fixture
def dana(db: None) -> User:
    return officer("Dana Ford")


@pytest.fixture
def max_(db: None) -> User:
    return officer("Max Lowe", Role.MANAGER)


def zipped(folder: Path, to: Path) -> bytes:
    return Path(shutil.make_archive(str(to / "package"), "zip", folder)).read_bytes()


@pytest.fixture
def durham(tmp_path: Path) -> bytes:
    return zipped(DURHAM, tmp_path)


@pytest.fixture
def spoilt(tmp_path: Path) -> bytes:
    """A package with a wrong code, a wrong date and a name where no name belongs."""
    folder = Path(shutil.copytree(DURHAM, tmp_path / "spoilt"))
    parents = (folder / "parents.csv").read_text()
    parents = parents.replace("m01,mother,Amber", "m01,mather,Amber").replace(
        "Parent 02,Example,1987-03-03", "Parent 02,Example,03/03/1987"
    )
    (folder / "parents.csv").write_text(parents)
    workers = (folder / "workers.csv").read_text().replace("sw-1,Worker 1", "sw-1," + "Secret" * 50)
    (folder / "workers.csv").write_text(workers)
    return zipped(folder, tmp_path)


def offer(client: Client, content: bytes) -> Any:
    package = SimpleUploadedFile("package.zip", content, "application/zip")
    return client.post(reverse("exchange:upload_caseload"), {"package": package})


def offered(user: User, content: bytes) -> LoadRequest:
    """A package that waits for approval."""
    with acting_as(user):
        request = actions.offer_package(package=io.BytesIO(content), by=user)
        return actions.ask_for_approval(request=request, by=user)


def newest() -> LoadRequest:
    with acting_as(actors.LOADER):
        return LoadRequest.objects.latest("offered_at")


def parts() -> int:
    with acting_as(actors.LOADER):
        return LoadPart.objects.count()


def parents() -> int:
    with acting_as(actors.LOADER):
        return Parent.objects.count()


def url(name: str, request: LoadRequest) -> str:
    return reverse(f"exchange:{name}", args=[request.pk])


# --- Offering ---------------------------------------------------------------------------------


def test_a_good_package_is_checked_kept_and_not_stored(dana: User, durham: bytes) -> None:
    response = offer(browser(dana), durham)

    request = newest()
    assert response.headers["Location"] == url("show_load", request)
    assert (request.state, request.offered_by, request.size) == ("checked", dana, len(durham))
    assert request.counts["contacts"] == 142
    assert (parents(), parts() > 0) == (0, True)


def test_a_kept_package_is_scrambled(dana: User, durham: bytes) -> None:
    offer(browser(dana), durham)

    with as_owner() as cursor:
        cursor.execute("SELECT content FROM programme_loadpart ORDER BY position")
        (kept,) = cursor.fetchone()
    assert "UEsD" not in kept  # how every zip begins, in base64


def test_a_package_with_problems_is_not_kept(dana: User, spoilt: bytes) -> None:
    offer(browser(dana), spoilt)

    assert (newest().state, newest().problem_count, parts()) == ("refused", 3, 0)


def test_the_report_shows_values_of_codes_and_dates_only(dana: User, spoilt: bytes) -> None:
    client = browser(dana)
    offer(client, spoilt)

    page = client.get(url("show_load", newest())).context["page"]

    assert page.problems == [
        [
            "workers.csv",
            "3",
            "name",
            "",
            "At most 200 characters are right; these are 300.",
        ],
        [
            "parents.csv",
            "2",
            "parent_role",
            "mather",
            "One of these is right: mother, father, other.",
        ],
        [
            "parents.csv",
            "3",
            "date_of_birth",
            "03/03/1987",
            "A date like 2019-03-28 is right, in the years 1800 to 2999.",
        ],
    ]
    assert page.problem_words == "3 problems to put right."


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_package_is_said_on_the_field(dana: User, content: bytes) -> None:
    response = offer(browser(dana), content)

    assert list(response.context["form"].errors) == ["package"]
    with acting_as(actors.LOADER):
        assert LoadRequest.objects.count() == 0


def test_a_package_past_25_mb_is_refused(dana: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LARGEST_OFFER", 1000)

    response = offer(browser(dana), b"x" * 1001)

    assert response.context["form"].errors["package"] == [
        "Choose a zip of at most 1,000 bytes. Larger ones are loaded by the administrator"
    ]


def test_only_a_data_officer_may_offer(max_: User, durham: bytes) -> None:
    assert offer(browser(max_), durham).status_code == 403


# --- A second person --------------------------------------------------------------------------


def test_its_offerer_sends_it_for_approval(dana: User, durham: bytes) -> None:
    client = browser(dana)
    offer(client, durham)

    client.post(url("show_load", newest()), {"step": "ask"})

    assert newest().state == "waiting"


def test_another_person_approves_and_every_row_is_stored(
    dana: User, max_: User, durham: bytes
) -> None:
    request = offered(dana, durham)

    browser(max_).post(url("approve_load", request), {"decision": "approve"})

    request = newest()
    assert (request.state, request.decided_by) == ("loaded", max_)
    assert (parents(), parts()) == (80, 0)


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_nobody_decides_on_her_own(dana: User, durham: bytes, decision: str) -> None:
    request = offered(dana, durham)

    browser(dana).post(url("approve_load", request), {"decision": decision})

    assert (newest().state, parents(), parts() > 0) == ("waiting", 0, True)


def test_the_database_too_refuses_ones_own_approval(dana: User, durham: bytes) -> None:
    request = offered(dana, durham)

    with acting_as(dana):
        row = LoadRequest.objects.get(pk=request.pk)
        row.decided_by = dana
        with pytest.raises(Exception, match="programme_loadrequest_two_people"):
            row.save()


def test_not_approving_deletes_the_package(dana: User, max_: User, durham: bytes) -> None:
    request = offered(dana, durham)

    browser(max_).post(url("approve_load", request), {"decision": "return"})

    assert (newest().state, parents(), parts()) == ("returned", 0, 0)


def test_its_offerer_may_withdraw_it(dana: User, durham: bytes) -> None:
    request = offered(dana, durham)

    browser(dana).post(url("show_load", request), {"step": "withdraw"})

    assert (newest().state, parts()) == ("withdrawn", 0)


def test_approving_twice_stores_once(dana: User, max_: User, durham: bytes) -> None:
    request = offered(dana, durham)
    client = browser(max_)
    client.post(url("approve_load", request), {"decision": "approve"})

    client.post(url("approve_load", request), {"decision": "approve"})

    assert (newest().state, parents()) == ("loaded", 80)


def test_ids_loaded_in_the_meantime_make_it_fail_whole(
    dana: User, max_: User, durham: bytes
) -> None:
    first, second = offered(dana, durham), offered(dana, durham)
    client = browser(max_)
    client.post(url("approve_load", first), {"decision": "approve"})

    client.post(url("approve_load", second), {"decision": "approve"})

    with acting_as(actors.LOADER):
        failed = LoadRequest.objects.get(pk=second.pk)
    assert (failed.state, failed.problem_count > 80, parents(), parts()) == ("failed", True, 80, 0)


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.SENIOR, Role.COMMISSIONER, Role.EDITOR])
def test_other_roles_see_nothing_of_it(dana: User, durham: bytes, role: Role) -> None:
    request = offered(dana, durham)
    client = browser(officer("Other", role))

    answers = [
        client.get(reverse("exchange:list_loads")).status_code,
        client.get(url("show_load", request)).status_code,
        client.post(url("approve_load", request), {"decision": "approve"}).status_code,
    ]

    assert answers == [403, 403, 403]


def test_each_step_and_decision_offered_is_one_the_reader_may_take(
    dana: User, max_: User, durham: bytes
) -> None:
    request = offered(dana, durham)

    own = browser(dana).get(url("show_load", request)).context["page"]
    second = browser(max_).get(url("show_load", request)).context["page"]

    assert (own.may_ask, own.may_withdraw, own.may_decide) == (False, True, False)
    assert (second.may_ask, second.may_withdraw, second.may_decide) == (False, False, True)


def test_the_list_shows_what_was_offered(dana: User, max_: User, durham: bytes) -> None:
    offered(dana, durham)

    context = browser(max_).get(reverse("exchange:list_loads")).context

    assert [[str(cell.text) for cell in row][1:] for row in context["rows"]] == [
        ["Dana Ford", "Waiting for approval", "1,491"]
    ]
    assert context["may_offer"] is False
