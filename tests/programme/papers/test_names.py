"""Whose names are known around a parent, and as whose."""

import pytest

from programme.access.scope import acting_as
from programme.papers.third_parties import Known, known_to
from tests import builders

pytestmark = pytest.mark.django_db


def known(user, parent, text: str = "") -> Known:
    with acting_as(user):
        return known_to(parent, [text])


def test_half_a_name_is_a_workers_only_if_that_worker_works_with_the_parent(
    parent, episode, practitioner, programme
):
    builders.make_worker(programme, name="Kevin Khan")

    found = known(practitioner, parent)

    assert {word: found.near[word] for word in ("grace", "kevin", "khan")} == {
        "grace": "a worker",
        "kevin": "a third party",
        "khan": "a third party",
    }
    assert frozenset({"kevin", "khan"}) in found.workers


def test_anybody_is_found_among_however_many_words_and_only_if_the_reader_may_know(
    parent, programme, episode, practitioner
):
    zoe, zara = (
        builders.make_parent(given_names=name, family_name="Ó’Neill") for name in ("Zoë", "Zara")
    )
    builders.make_episode(zoe, programme)
    builders.make_episode(zara, builders.make_programme())
    many = " ".join(f"Aa{chr(97 + one)}{chr(97 + two)}" for one in range(26) for two in range(26))

    found = known(practitioner, parent, f"{many} met Zoë Ó’Neill and Zara")

    assert found.others == {"zoe": "a third party", "o'neill": "a third party"}
