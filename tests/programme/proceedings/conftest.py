"""A senior beside the practitioner, and a set that both may see."""

import pytest

from programme.access.models import User
from programme.access.parts import Role
from tests import builders


@pytest.fixture
def senior(programme) -> User:
    return builders.make_practitioner(programme, "Sana Example", role=Role.SENIOR)


@pytest.fixture
def court(parent, episode):
    """A set that papers know of and of which nothing is dated yet."""
    return builders.make_proceedings(parent)
