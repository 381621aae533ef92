"""Both parents of a child, and somebody who works with both."""

import pytest
from django.test import Client

from programme.access.models import User
from programme.access.parts import Role
from programme.core.dates import today
from programme.episodes.models import Allocation
from tests import builders as make
from tests.programme.families.rows import Couple, make_couple


@pytest.fixture
def couple() -> Couple:
    both = make_couple()
    make.make_proceedings(both.mira.parent, both.owen.parent, issued_on=today())
    return both


@pytest.fixture
def both(couple: Couple) -> User:
    """Somebody on whose caseload both parents are, each in a programme of their own."""
    user = make.make_user("Bo Both")
    for side in (couple.mira, couple.owen):
        make.grant_role(user, Role.PRACTITIONER, side.programme)
        worker = make.make_worker(side.programme, user)
        make.stored(
            Allocation, episode=side.episode, worker=worker, from_date=side.episode.opened_on
        )
    return user


@pytest.fixture
def browser(client: Client, both: User) -> Client:
    client.force_login(both, backend=make.DEMO_BACKEND)
    return client
