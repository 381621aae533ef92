"""Work in the background and commands read and write nothing until they say in whose name (S15)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from programme.access.scope import NoScope, current_actor
from programme.access.wall import case_models

pytestmark = pytest.mark.django_db

WAYS: dict[str, Callable[[Any], object]] = {
    "list": lambda model: list(model.objects.all()),
    "count": lambda model: model.objects.count(),
    "exists": lambda model: model.objects.exists(),
    "history": lambda model: list(model.history.all()),
    "create": lambda model: model.objects.create(),
    "save": lambda model: model().save(),
    "update": lambda model: model.objects.all().update(version=1),
    "delete": lambda model: model.objects.all().delete(),
    "bulk": lambda model: model.objects.bulk_create([model()]),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_table_asks_who_is_acting(way: str) -> None:
    for model in case_models():
        with pytest.raises(NoScope), transaction.atomic():
            WAYS[way](model)


def test_a_command_leaves_nobody_acting(tmp_path: Any) -> None:
    call_command("export_caseload", str(tmp_path / "package"))

    with pytest.raises(NoScope):
        current_actor()


@pytest.mark.postgres
def test_the_database_asks_too_whatever_the_code_forgot() -> None:
    """Past every manager, nothing is read: the setting that names the actor is not there."""
    for model in case_models():
        with pytest.raises(DatabaseError), transaction.atomic():
            list(model.unwalled.all())
