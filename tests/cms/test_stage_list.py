"""What helps at a stage: the list that a parent's page links to."""

import csv
from collections.abc import Callable
from pathlib import Path

from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.stages import STAGES
from programme.access.models import User
from tests.cms.pages import add_guidance, add_resource, questions

PATHWAYS = Path(__file__).parents[2] / "programme" / "core" / "reference" / "pathways.csv"


def address(stage: str) -> str:
    return reverse("cms:resources_for_stage", args=[stage])


def titles(client: Client, stage: str) -> tuple[list[str], list[str]]:
    context = client.get(address(stage)).context
    return tuple([page.title for page in context[kind]] for kind in ("resources", "guidance"))


def test_lists_the_public_resources_of_the_stage(client: Client, home: Page) -> None:
    add_resource(title="B", stages=["engagement", "active"])
    add_resource(title="A", stages=["active"])
    add_resource(title="Other", stages=["engagement"])
    add_resource(title="None", stages=[])
    add_resource(title="Draft", stages=["active"], live=False)
    add_guidance(title="Staff", stages=["active"])

    assert titles(client, "active") == (["A", "B"], [])


def test_a_stage_is_not_found_in_the_name_of_another(client: Client, home: Page) -> None:
    add_resource(title="Assessing", stages=["pre_birth_assessment"])

    assert titles(client, "assessment") == ([], [])


def test_staff_see_guidance_too(
    signed_in: Callable[[User], Client], practitioner: User, home: Page
) -> None:
    add_resource(title="A", stages=["active"])
    add_guidance(title="Staff", stages=["active"])
    add_guidance(title="Draft", stages=["active"], live=False)

    assert titles(signed_in(practitioner), "active") == (["A"], ["Staff"])


def test_a_commissioner_sees_what_a_stranger_sees(
    signed_in: Callable[[User], Client], commissioner: User, home: Page
) -> None:
    add_resource(title="A", stages=["active"])
    add_guidance(title="Staff", stages=["active"])

    assert titles(signed_in(commissioner), "active") == (["A"], [])


def test_a_stage_of_ones_own_is_an_empty_list(client: Client, home: Page) -> None:
    response = client.get(address("something_local"))

    assert response.status_code == 200
    assert "No resource names this stage yet." in response.content.decode()


def test_asks_the_same_number_of_questions(
    signed_in: Callable[[User], Client], practitioner: User, home: Page
) -> None:
    client, asked = signed_in(practitioner), {}
    for count in range(1, 31):
        add_resource(stages=["active"])
        add_guidance(stages=["active"])
        asked[count] = questions(client, address("active")) if count in (1, 3, 30) else 0

    assert asked[1] == asked[3] == asked[30] <= 20


def test_every_stage_of_every_pathway_that_ships_has_a_label() -> None:
    with PATHWAYS.open(encoding="utf-8", newline="") as rows:
        shipped = {row["stage"] for row in csv.DictReader(rows)}

    assert set(STAGES) == shipped
