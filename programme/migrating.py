"""What every migration ends with: the wall raised, and the rows every database needs."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from programme.access import wall
from programme.core.reference import load_code_lists
from programme.pathways.reference import load_pathways


def connect() -> None:
    """Lets migrations and new connections know of the wall."""
    pre_migrate.connect(_before, dispatch_uid="programme.wall.lower")
    post_migrate.connect(_after, dispatch_uid="programme.wall.raise")
    connection_created.connect(wall.act_as_application, dispatch_uid="programme.wall.role")


def complete() -> None:
    """Raises the wall and adds the rows every database needs; safe to repeat."""
    wall.raise_wall()
    load_code_lists()
    load_pathways()
    wall.ensure_declared_actors()


def _before(app_config: Any, plan: Iterable[Any], **_: Any) -> None:
    if app_config.name != "programme":
        return
    wall.act_as_owner()
    if list(plan):
        wall.lower_wall()


def _after(app_config: Any, **_: Any) -> None:
    if app_config.name != "programme" or not wall.is_migrated():
        return
    complete()
    wall.act_as_application()
