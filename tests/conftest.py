"""What every test stands on: the database, the closed network and, for journeys, a browser."""

import os
from collections.abc import Callable, Iterable, Iterator

import hypothesis
import pytest
from django.conf import settings
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
    left = (os.environ.get(name, "") for name in ("LEFT_TO_POSTGRES", "LEFT_TO_SQLITE"))
    kinds = set(" ".join(left).split())
    if connection.vendor != "postgresql":
        kinds.add("postgres")
    if not find_chromium():
        kinds.add("browser")
    return kinds


def asks_no_database(item: pytest.Item) -> bool:
    """Tests of plain functions: the same whatever the database, so one run of them is enough."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return not item.get_closest_marker("django_db") and not fixtures & DATABASE_FIXTURES


def has_any(item: pytest.Item, kinds: Iterable[str]) -> bool:
    return any(item.get_closest_marker(kind) for kind in kinds)


def is_left_out(item: pytest.Item, kinds: set[str]) -> bool:
    belongs_here = "LEFT_TO_SQLITE" not in os.environ or has_any(item, ("postgres", "browser"))
    return has_any(item, kinds) or (asks_no_database(item) and not belongs_here)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kinds = kinds_left_out()
    left_out = [item for item in items if is_left_out(item, kinds)]
    config.hook.pytest_deselected(items=left_out)
    kept = [item for item in items if item not in set(left_out)]
    # What is begun first is not shared out at the end: one worker makes its server, once.
    items[:] = sorted(kept, key=lambda item: not item.get_closest_marker("first"))


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


@pytest.fixture(scope="session", autouse=True)
def _documents_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files of documents lie where the run's other files do."""
    settings.DOCUMENTS_ROOT = tmp_path_factory.mktemp("documents")


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Sign-in limits live in the cache: one test's tries are not another's."""
    yield
    cache.clear()
