"""An error at any write leaves the database as it was, on every page that changes a record (R7).

The session is left out: it is written after the record's transaction has ended, so a failure
there costs the answer and not the record, and the second send finds it (test_sent_twice.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from django.db import OperationalError, connection

from programme.documents import keeping
from tests.programme.desk.scene import TYPED, body_of, browser_of, make_scene
from tests.programme.pages import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@contextmanager
def failing_at_write(number: int) -> Iterator[list[str]]:
    """The database fails at the so-many-th write, once; gives the writes that were begun."""
    begun: list[str] = []

    def count_writes(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            begun.append(sql)
            if len(begun) == number:
                raise OperationalError("The disk is full.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count_writes):
        yield begun


@pytest.mark.parametrize("page", TYPED)
def test_a_failure_at_any_write_leaves_nothing(page: str) -> None:
    scene = make_scene()
    browser = browser_of(scene.user)
    browser.raise_request_exception = False
    body = body_of(browser, scene, page)
    earlier, files = everything_stored(), list(keeping.names())

    for number in count(1):
        with failing_at_write(number) as begun:
            status = browser.post(scene.address(page), body).status_code
        if len(begun) < number:
            break
        assert (number, status, everything_stored() == earlier) == (number, 500, True)
        assert list(keeping.names()) == files

    assert (status, number > 4) == (302, True)
    assert everything_stored() != earlier
