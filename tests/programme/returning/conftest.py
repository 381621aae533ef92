"""A parent who was with the team before."""

import pytest

from tests.programme.returning.again import make_last_time


@pytest.fixture
def before(parent, programme, worker):
    return make_last_time(parent, programme, worker)
