"""One child, two families, one worker of both: no page of either record names the other family.

Decision 13: who gave birth and who adopted stay apart, also where one person works with both.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.people.models import Parent, Partnership
from programme.proceedings.models import CourtDate, Proceedings, ProceedingsChild, Separation
from tests import builders as make
from tests.programme.families.rows import (
    Couple,
    Side,
    link,
    make_child,
    make_couple,
    make_expected,
    make_side,
)

pytestmark = pytest.mark.django_db

# Only take what is sent; or say who looked at which record, as the log must.
NOT_OPENED = {"families:switch_prompts", "history:show_seen"}


@pytest.fixture
def couple() -> Couple:
    return make_couple()


@pytest.fixture
def adopter(couple: Couple) -> Side:
    """Ada adopted Robin; a package brought one row for both families."""
    adopter = make_side("other", given_names="Adaline", family_name="Newhome")
    link(adopter.parent, couple.robin, "adoptive")
    for side in (adopter, couple.owen):
        for role in (Role.PRACTITIONER, Role.SENIOR):
            make.grant_role(couple.mira.user, role, side.programme)
        make.make_worker(side.programme, couple.mira.user)
    make.grant_role(couple.mira.user, Role.SENIOR, couple.mira.programme)
    return adopter


@pytest.fixture
def court(couple: Couple, adopter: Side) -> Proceedings:
    """One set that both families are party to."""
    both = (couple.mira.parent, adopter.parent)
    court = make.make_proceedings(*both, issued_on=date(2021, 4, 4))
    make.stored(ProceedingsChild, proceedings=court, child=couple.robin, final_order="adoption")
    make.stored(Separation, child=couple.robin, separated_on=date(2021, 4, 4))
    order = {"kind": "order", "order": "adoption", "happened_on": date(2021, 9, 9)}
    order |= {"source": "court_document", "source_words": "The order", "known_on": date(2021, 9, 9)}
    make.stored(CourtDate, proceedings=court, child=couple.robin, **order)
    return court


@pytest.fixture
def worker(client: Client, couple: Couple) -> Client:
    client.force_login(couple.mira.user, backend=make.DEMO_BACKEND)
    return client


def addresses(parent: Parent, **keys: Any) -> Iterator[tuple[str, str]]:
    """Every page about this parent that names no row, or one of ``keys``."""
    for name, access in POLICY.items():
        if not access.parts or name in NOT_OPENED:
            continue
        for more in ({}, *({key: value} for key, value in keys.items())):
            try:
                yield name, reverse(name, kwargs={"parent_id": parent.pk, **more})
            except NoReverseMatch:
                continue


def naming(browser: Client, parent: Parent, *names: str, **keys: Any) -> set[str]:
    """The pages of a record on which one of these names stands."""
    found, opened = set(), 0
    for page, address in addresses(parent, **keys):
        answer = browser.get(address)
        opened += answer.status_code == 200
        shown = answer.content.decode(errors="ignore") if answer.status_code == 200 else ""
        if any(name in shown for name in names):
            found.add(page)
    assert opened > 30
    return found


def test_no_page_of_the_adopter_names_the_child_or_who_gave_birth(
    worker: Client, couple: Couple, adopter: Side, court: Proceedings
) -> None:
    names = ("Robin", "Mira", "Vale", "Owen", "Marsh")

    assert naming(worker, adopter.parent, *names, set_id=court.pk) == set()


def test_no_page_of_who_gave_birth_names_the_adopter(
    worker: Client, couple: Couple, adopter: Side, court: Proceedings
) -> None:
    keys = {
        "set_id": make.make_proceedings(couple.mira.parent).pk,
        "pregnancy_id": make_expected(couple).pk,
        "child_id": couple.robin.pk,
    }

    found = {name: naming(worker, couple.mira.parent, name, **keys) for name in ("Adaline", "Owen")}

    assert found["Adaline"] == set()
    assert found["Owen"] >= {
        "families:show_family",
        "families:record_partnership",
        "pregnancies:record_pregnancy",
        "pregnancies:decide_telling",
        "proceedings:name_people",
    }


def test_an_adopter_cannot_be_answered_about(couple: Couple, adopter: Side, worker: Client) -> None:
    pregnancy = make_expected(couple)
    keys = [couple.mira.parent.pk, pregnancy.pk]

    page = worker.get(reverse("pregnancies:decide_telling", args=keys))

    offered = [key for key, _ in page.context["form"]["other_parent"].field.choices]
    assert offered == [str(couple.owen.parent.pk)]


def test_a_couple_that_the_others_record_tells_of_is_not_offered_here(
    couple: Couple, adopter: Side, worker: Client
) -> None:
    lou = make.make_parent("father", given_names="Louis")
    make.make_episode(lou, couple.mira.programme)
    make.stored(Partnership, parent=lou, other_parent=couple.mira.parent)
    mother = couple.mira.parent

    apart = naming(worker, mother, "Louis")
    make.stored(Partnership, parent=mother, other_parent=lou)

    assert apart == set()
    assert naming(worker, mother, "Louis") >= {
        "families:show_family",
        "families:record_partnership",
        "pregnancies:record_pregnancy",
    }


def test_a_separation_stands_once_where_a_child_has_two_relations_to_one_parent(
    couple: Couple, worker: Client, adopter: Side
) -> None:
    child = make_child(couple.mira.parent, "Tilda", date(2018, 1, 1))
    link(couple.mira.parent, child, "step")
    make.stored(Separation, child=child, separated_on=date(2020, 2, 1))

    page = worker.get(reverse("desk:show_parent", args=[couple.mira.parent.pk]))

    assert page.content.decode().count("Separated from Tilda") == 1
