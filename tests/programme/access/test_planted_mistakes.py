"""The wall survives hurried developers: 0 of the planted mistakes leak on PostgreSQL (S4)."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.test import Client

from programme.access import actors
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.wall import case_models
from programme.contacts.models import Contact
from tests import builders as make
from tests.planted.rows import MISTAKES, everything_of
from tests.planted.world import World, make_world

pytestmark = pytest.mark.django_db

UNGUARDED = ("nothing/", "signed-in/", "half/", "included/page/")


@pytest.fixture
def world() -> World:
    return make_world()


def shown(mistake: str, world: World) -> str:
    try:
        found = MISTAKES[mistake](world)
    except ObjectDoesNotExist:
        return "404"
    return found if isinstance(found, str) else str(list(found))  # type: ignore[call-overload]


def test_at_least_thirty_one_mistakes_are_planted() -> None:
    assert len(MISTAKES) + len(UNGUARDED) >= 31


@pytest.mark.postgres
@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_shows_nothing_hidden(mistake: str, world: World) -> None:
    with acting_as(world.user):
        assert world.secret not in shown(mistake, world)


@pytest.mark.parametrize("mistake", sorted(set(MISTAKES) - {"background_thread"}))
def test_mistake_would_show_it_to_one_who_sees_everything(mistake: str, world: World) -> None:
    """The control: each mistake really asks for the hidden word."""
    with acting_as(actors.SEEDER):
        assert world.secret in shown(mistake, world)


def test_background_thread_without_a_scope_raises(world: World) -> None:
    with acting_as(world.user):
        assert shown("background_thread", world) == "['NoScope']"


@pytest.mark.postgres
def test_bulk_update_past_the_manager_changes_nothing_hidden(world: World) -> None:
    with acting_as(world.user):
        changed = everything_of(Contact).update(note="gone")

    with acting_as(actors.SEEDER):
        kept = Contact.objects.get(pk=world.hidden_contact.pk).note
    assert (changed, kept) == (0, world.secret)


@pytest.mark.postgres
def test_delete_past_the_manager_removes_nothing_hidden(world: World) -> None:
    with acting_as(world.user):
        everything_of(Contact)._raw_delete("default")

    with acting_as(actors.SEEDER):
        assert Contact.objects.filter(pk=world.hidden_contact.pk).exists()


@pytest.mark.urls("tests.planted.urls")
@pytest.mark.parametrize("path", UNGUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_without_a_policy_opens_for_nobody(
    path: str, method: str, world: World, client: Client
) -> None:
    client.force_login(world.user, backend=make.DEMO_BACKEND)

    answers = [getattr(one, method)(f"/planted/{path}") for one in (client, Client())]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not any(world.secret in answer.content.decode() for answer in answers)


@pytest.mark.postgres
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_rows_by_the_managers_are_rows_by_row_security(role: str, world: World) -> None:
    """Equivalence (C6): for every table the two enforcers let the same rows through."""
    user = make.make_user()
    make.grant_role(user, Role(role), None if role == "protection_officer" else world.programme)

    with acting_as(user):
        for model in case_models():
            by_manager = set(model.objects.values_list("pk", flat=True))
            by_database = set(everything_of(model).values_list("pk", flat=True))
            assert (model, by_manager) == (model, by_database)


@pytest.mark.postgres
def test_unset_user_raises_in_the_database(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        list(everything_of(Contact))


def test_history_asked_for_through_the_model_is_behind_the_wall(world: World) -> None:
    with acting_as(world.user):
        notes = [line.note for line in Contact.history.all()]

    assert world.secret not in notes
