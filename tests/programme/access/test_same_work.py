"""Whoever is hidden costs the same statements as nobody: as many, of the same kinds (S3).

Their time is measured by ``benchmarks/timing.py``.
"""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.models import User
from programme.pathways.models import Programme
from programme.people.models import Parent
from tests import builders as make

pytestmark = pytest.mark.django_db
# The verb, and the table or function it is about.
KIND = re.compile(r"^(\w+).*?(?:(?:FROM|INTO|UPDATE)\s+\"?(\w+)|$)", re.DOTALL)


def work(do: Callable[[], object]) -> list[tuple[str, ...]]:
    """Each statement as verb and table, in the order they were sent."""
    with CaptureQueriesContext(connection) as asked:
        do()
    return [KIND.match(one["sql"]).groups() for one in asked.captured_queries]


@pytest.fixture
def browser(practitioner: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(practitioner)


@pytest.fixture
def elsewhere(db: None) -> Programme:
    return make.make_programme("Southside")


def known(programme: Programme, given: str = "Mira", family: str = "Nowak") -> Parent:
    parent = make.make_parent(given_names=given, family_name=family)
    make.make_episode(parent, programme)
    return parent


@pytest.mark.parametrize("way", ["another team's", "restricted", "denied"])
@pytest.mark.parametrize("page", ["desk:show_parent", "history:show_seen"])
def test_a_guessed_address(
    browser: Client,
    practitioner: User,
    programme: Programme,
    elsewhere: Programme,
    page: str,
    way: str,
) -> None:
    hidden = known(elsewhere if way == "another team's" else programme)
    if way == "restricted":
        make.protect(hidden, "restricted", make.make_user())
    if way == "denied":
        make.protect(hidden, "denied", practitioner)

    def guess(key: object) -> list[tuple[str, ...]]:
        return work(lambda: browser.get(reverse(page, args=[key])))

    assert guess(hidden.pk) == guess(uuid4()) != []


def test_a_search(browser: Client, elsewhere: Programme) -> None:
    known(elsewhere)

    def search(words: str) -> list[tuple[str, ...]]:
        typed = {"words": words}
        return work(lambda: browser.post(reverse("desk:find_parent"), typed, follow=True))

    assert search("Mira Nowak") == search("Rosa Lindt") != []


def test_the_look_for_the_same_person(
    browser: Client, programme: Programme, elsewhere: Programme
) -> None:
    """Among those she may see; among all others a worker looks, after the answer."""
    with_double, without = known(programme), known(programme, "Rosa", "Lindt")
    known(elsewhere)

    def look(parent: Parent) -> list[tuple[str, ...]]:
        address = reverse("joining:look_for_same", args=[parent.pk])
        return work(lambda: browser.get(address))

    assert look(with_double) == look(without) != []


def test_an_emergency_writes_the_same(browser: Client, elsewhere: Programme) -> None:
    """What is looked up before differs: every answer waits until the same time has gone."""
    hidden = known(elsewhere)
    make.protect(hidden, "restricted", make.make_user())

    def written(reference: str) -> list[tuple[str, ...]]:
        typed = {"reference": reference, "reason": "other", "why": "The ward rang, it cannot wait"}
        done = work(lambda: browser.post(reverse("protection:open_in_emergency"), typed))
        return done[done.index(("INSERT", "programme_sight")) :]

    assert written(hidden.reference) == written("ZZZZZZ") != []
