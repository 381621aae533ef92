"""What every test stands on: the database, the closed network and, for journeys, a browser."""

import os
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from tests import network, pristine
from tests.machine import find_chromium

pytest_plugins = ["tests.journeys"]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

# Generated examples vary from run to run; slow machines must not make them fail.
hypothesis.settings.register_profile("suite", deadline=None, print_blob=True)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    network.block()


def kinds_left_out() -> set[str]:
    """The markers of tests that this run leaves to another run, or cannot run here."""
    kinds = set(os.environ.get("LEFT_TO_POSTGRES", "").split())
    if connection.vendor != "postgresql":
        kinds.add("postgres")
    if not find_chromium():
        kinds.add("browser")
    return kinds


def asks_no_database(item: pytest.Item) -> bool:
    """Tests of plain functions: the same whatever the database, so one run of them is enough."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return not item.get_closest_marker("django_db") and not fixtures & DATABASE_FIXTURES


def is_left_out(item: pytest.Item, kinds: set[str]) -> bool:
    if "LEFT_TO_SQLITE" in os.environ and asks_no_database(item):
        return not any(item.get_closest_marker(kind) for kind in ("postgres", "browser"))
    return any(item.get_closest_marker(kind) for kind in kinds)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kinds = kinds_left_out()
    left_out = [item for item in items if is_left_out(item, kinds)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where nothing may be left out, a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get("REQUIRE_ALL") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, but REQUIRE_ALL=1: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Callable) -> Iterator[None]:
    """The migrated database; its first rows come back after each test that commits."""
    with django_db_blocker.unblock():
        pristine.keep()
    TransactionTestCase._fixture_teardown = lambda self: pristine.restore()
    yield
    pristine.forget()
    with django_db_blocker.unblock():
        pristine.end_other_sessions()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Sign-in limits live in the cache: one test's tries are not another's."""
    yield
    cache.clear()
