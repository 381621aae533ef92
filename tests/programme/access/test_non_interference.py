"""What is hidden from somebody never changes a byte of what she sees (S3)."""

from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from programme.access import actors
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contacts.models import Contact
from programme.people.models import Home, Identity
from programme.support.models import Therapy
from tests import builders as make
from tests.planted.world import World, make_world
from tests.programme.pages import as_seen

pytestmark = pytest.mark.django_db

# What differs between two answers of one page that says the same: tokens, nonces and fresh keys.
# Role -> the pages she opens; each page takes the parent her programme knows.
PAGES = {
    Role.PRACTITIONER: (
        "desk:home",
        "desk:show_parent",
        "returning:re_refer",
        "history:show_changes",
    ),
    Role.SENIOR: ("desk:home", "desk:show_parent", "returning:list_requests"),
    Role.COORDINATOR: ("desk:home", "desk:show_parent"),
    Role.MANAGER: ("reporting:choose_report", "desk:show_parent", "history:show_changes"),
}
# Who may know that the address of a parent of the team changed: her timeline says that it did.
MAY_KNOW_OF_ADDRESS = {Role.SENIOR}


@pytest.fixture
def world() -> World:
    return make_world()


def seen(client: Client, world: World, role: Role) -> list[tuple[int, bytes]]:
    """Status and masked body of every page of the role, and of pages she guesses at."""
    paths = [_path(page, world) for page in PAGES[role]]
    guessed = (world.hidden.pk, world.restricted.pk, uuid4())
    paths += [reverse("desk:show_parent", args=[key]) for key in guessed]
    answers = [client.get(path) for path in paths]
    return [(one.status_code, as_seen(one)) for one in answers]


def _path(page: str, world: World) -> str:
    about_a_parent = page in ("desk:show_parent", "returning:re_refer", "history:show_changes")
    return reverse(page, args=[world.team_mate.pk] if about_a_parent else [])


def change_everything_hidden(world: World, role: Role) -> None:
    """Other words, more rows and fewer rows, wherever she may not look."""
    with acting_as(actors.SEEDER):
        for parent in (world.hidden, world.restricted):
            identity = Identity.objects.get(parent=parent)
            identity.family_name, identity.known_as = "Otherwise", "Nobody"
            identity.save()
        world.hidden_contact.note = "something else"
        world.hidden_contact.save()
        if role not in MAY_KNOW_OF_ADDRESS:
            home = Home.objects.get(parent=world.team_mate)
            home.postcode = "ZZ9 9ZZ"
            home.save()
        Therapy.objects.get(episode=world.my_episode).delete()
    make.make_contact(world.hidden, note="one more", programme=world.elsewhere)
    make.make_episode(make.make_parent(), world.elsewhere)


def clear_hidden_contacts(world: World) -> None:
    with acting_as(actors.SEEDER):
        for contact in Contact.objects.filter(parent=world.hidden):
            contact.delete()


@pytest.mark.parametrize("role", PAGES)
def test_hidden_changes_change_no_byte(role: Role, world: World, client: Client) -> None:
    user = make.make_practitioner(world.programme, role=role)
    client.force_login(user, backend=make.DEMO_BACKEND)
    before = seen(client, world, role)

    change_everything_hidden(world, role)
    after_change = seen(client, world, role)
    clear_hidden_contacts(world)
    after_removal = seen(client, world, role)

    assert after_change == before
    assert after_removal == before


def test_a_visible_change_changes_a_byte(world: World, client: Client) -> None:
    """The control: the comparison sees what it should."""
    user = make.make_practitioner(world.programme)
    client.force_login(user, backend=make.DEMO_BACKEND)
    before = seen(client, world, Role.PRACTITIONER)

    with acting_as(actors.SEEDER):
        identity = Identity.objects.get(parent=world.team_mate)
        identity.family_name = "Changed"
        identity.save()

    assert seen(client, world, Role.PRACTITIONER) != before


@pytest.mark.parametrize("key", ["hidden", "restricted"])
def test_a_guessed_address_answers_as_one_that_never_was(
    key: str, world: World, client: Client
) -> None:
    user = make.make_practitioner(world.programme)
    client.force_login(user, backend=make.DEMO_BACKEND)

    def answer(parent_id: UUID) -> tuple[int, bytes]:
        response = client.get(reverse("desk:show_parent", args=[parent_id]))
        return response.status_code, as_seen(response)

    assert answer(getattr(world, key).pk) == answer(uuid4())
