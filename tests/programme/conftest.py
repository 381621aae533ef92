"""One team, one parent on a practitioner's caseload, and who signs in."""

import pytest
from django.test import Client

from programme.access.models import User
from programme.access.parts import Role
from programme.episodes.models import Episode
from programme.pathways.models import Programme, Worker
from programme.people.models import Parent
from tests import builders


@pytest.fixture
def programme(db) -> Programme:
    return builders.make_programme("Northtown")


@pytest.fixture
def practitioner(programme) -> User:
    return builders.make_practitioner(programme, "Grace Example")


@pytest.fixture
def worker(practitioner) -> Worker:
    return Worker.objects.get(user=practitioner)


@pytest.fixture
def parent(programme) -> Parent:
    return builders.make_parent(given_names="Ann", family_name="Lee")


@pytest.fixture
def episode(parent, programme, worker) -> Episode:
    return builders.make_episode(parent, programme, worker)


@pytest.fixture
def coordinator(programme) -> User:
    user = builders.make_user("Cora Example")
    builders.grant_role(user, Role.COORDINATOR, programme)
    return user


@pytest.fixture
def sign_in(client: Client):
    def signed_in(user: User) -> Client:
        client.force_login(user, backend=builders.DEMO_BACKEND)
        return client

    return signed_in


@pytest.fixture
def hers(sign_in, practitioner, episode) -> Client:
    """The practitioner's browser."""
    return sign_in(practitioner)
