"""Role x relation x page x method against tables written by hand (S2).

``ok`` is any answer of the page itself; refusals are exact. A page that answers "not found"
for want of a row would fail its ``ok``, so every allowed cell is a positive control.
"""

import csv
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.pathways.models import Programme
from programme.reporting.models import Release
from tests import builders as make
from tests.programme.access.standings import Record, Standing, make_standing

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

HERE = Path(__file__).parent
# Which pages of one parent each line of matrix.csv speaks of, with the ids they need.
PAGES = {
    "record": {"desk:show_parent": ()},
    "address": {"desk:show_safe_address": ()},
    "contacts": {
        "contacts:log_contact": (),
        "contacts:log_no_answer": (),
        "contacts:correct_contact": ("contact_id",),
    },
    "core": {
        "contacts:add_next_step": (),
        "contacts:finish_next_step": ("step_id",),
        "episodes:change_stage": (),
        "consents:record_decision": (),
    },
    "intake": {
        "pregnancies:record_pregnancy": (),
        "pregnancies:add_due_date": ("pregnancy_id",),
        "returning:re_refer": (),
        "returning:ask_for_record": (),
    },
    "ledger": {"consents:show_consents": ()},
    "care": {
        "contraception:show_conversations": (),
        "contraception:record_information": (),
        "contraception:record_conversation": (),
    },
    "custody": {"returning:answer_request": ("request_id",)},
}
# Pages that anyone, or any account, may open; they show no person.
FOR_ALL = {name for name, access in POLICY.items() if access.public or access.signed_in}
ANSWERS = (200, 302, 405)


def lines(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATRIX = {(line["pages"], line["identity"]): line for line in lines("matrix.csv")}
PLAIN = {line["page"]: line for line in lines("plain_pages.csv")}


def asked(status: int) -> str:
    return "ok" if status in ANSWERS else str(status)


GROUP_OF = {page: group for group, pages in PAGES.items() for page in pages}
PAIRS = list(combinations(Role, 2))
TURNS = 4


def address(page: str, record: Record) -> str:
    keys = {name: record.ids[name] for name in PAGES[GROUP_OF[page]][page]}
    return reverse(page, kwargs={"parent_id": record.parent.pk, **keys})


def answers(
    client: Client, standing: Standing, pages: Iterable[str]
) -> dict[tuple[str, str, str], str]:
    """What each page answers, for each relation and method."""
    return {
        (page, relation, method): asked(getattr(client, method)(address(page, record)).status_code)
        for relation, record in standing.records.items()
        for page in pages
        for method in ("get", "post")
    }


def test_every_page_about_a_parent_is_in_the_matrix() -> None:
    listed = {page for pages in PAGES.values() for page in pages}

    assert listed == {name for name, access in POLICY.items() if access.parts}


def test_every_other_page_is_in_the_plain_table() -> None:
    closed = {name for name, access in POLICY.items() if access.closed}
    with_files = {"exchange:show_load", "exchange:approve_load"}
    plain = {name for name, access in POLICY.items() if access.roles and not access.parts}

    assert set(PLAIN) - FOR_ALL == plain - closed - with_files


@pytest.mark.parametrize("identity", list(dict.fromkeys(identity for _, identity in MATRIX)))
def test_pages_about_a_parent(identity: str, client: Client) -> None:
    standing = make_standing(Role(identity))
    client.force_login(standing.user, backend=make.DEMO_BACKEND)

    found = answers(client, standing, GROUP_OF)

    assert found == {
        (page, relation, method): MATRIX[GROUP_OF[page], identity][relation]
        for page, relation, method in found
    }


@pytest.mark.parametrize("page", GROUP_OF)
def test_a_stranger_is_asked_to_sign_in(page: str, client: Client) -> None:
    standing = make_standing(Role.PRACTITIONER)

    for record in standing.records.values():
        assert client.get(address(page, record)).status_code == 302
        assert client.post(address(page, record), {"note": "kept"}).status_code == 403


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=["+".join(pair) for pair in PAIRS])
def test_two_roles_of_one_person_add_up(number: int, client: Client) -> None:
    """Together they open what either opens, and refuse as the more knowing of the two.

    The pages take turns: each meets a quarter of the pairs.
    """
    pair, pages = PAIRS[number], list(GROUP_OF)[number % TURNS :: TURNS]
    # Another programme's record and a denied one are refused to each role by itself.
    standing = make_standing(*pair, relations=("own", "team", "restricted"))
    client.force_login(standing.user, backend=make.DEMO_BACKEND)

    found = answers(client, standing, pages)

    assert found == {
        (page, relation, method): together(GROUP_OF[page], relation, pair)
        for page, relation, method in found
    }


def together(group: str, relation: str, pair: tuple[Role, Role]) -> str:
    singly = {MATRIX[group, role][relation] for role in pair}
    return "ok" if "ok" in singly else "403" if "403" in singly else "404"


@pytest.mark.parametrize("identity", [role.value for role in Role])
def test_pages_about_no_parent(identity: str, client: Client) -> None:
    standing = make_standing(Role(identity))
    if standing.user.role_grants.filter(programme=None).exists():
        make.make_worker(standing.programme, make.make_user())
    client.force_login(standing.user, backend=make.DEMO_BACKEND)
    wanted = plain_addresses(standing.programme)

    found = {page: asked(client.get(address).status_code) for page, address in wanted.items()}

    assert found == {page: PLAIN[page][identity] for page in PLAIN}


def plain_addresses(programme: Programme) -> dict[str, str]:
    """The address of every plain page, with a programme or release where it names one."""
    proposed, approved = (make_release(programme, state) for state in ("proposed", "approved"))
    needs = {
        "commissioner:show_release": [approved],
        "reporting:show_release": [proposed],
        "reporting:decide_release": [proposed],
        "reporting:show_members": [programme.pk, "RE-3"],
        "desk:show_found": [uuid4()],
    }
    of_programme = {"show_report", "download_report_csv", "download_report_pdf", "propose_release"}
    for page in PLAIN:
        if page.split(":")[1] in of_programme:
            needs[page] = [programme.pk]
    return {page: reverse(page, args=needs.get(page, [])) for page in PLAIN}


def make_release(programme: Programme, state: str) -> UUID:
    manager = make.make_practitioner(programme, role=Role.MANAGER)
    with acting_as(manager):
        release = Release.objects.create(
            programme=programme,
            programme_name=programme.name,
            title="Outcomes",
            period_from=today(),
            period_to=today(),
            state=state,
            proposed_by=manager,
        )
    return release.pk
