"""What every page's tests ask: rows past the wall, messages, counts of every table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection
from django.http import HttpResponse

from programme.access import actors
from programme.access.scope import acting_as


def rows(model: type[Any], **asked: Any) -> list[Any]:
    """Rows of any table in the order they were stored, whoever may see them."""
    with acting_as(actors.SEEDER):
        return list(model.objects.filter(**asked).order_by("stored_at"))


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every case row and every line of history, event and log, as plain values."""
    found = {}
    with acting_as(actors.SEEDER):
        for model in apps.get_app_config("programme").get_models():
            if model._meta.managed:
                manager = getattr(model, "unwalled", model._base_manager)
                found[model._meta.db_table] = sorted(manager.values_list(), key=repr)
    return found


def queries(number: int) -> int:
    """So many queries of a page; PostgreSQL is also told who asks, and told no longer."""
    return number + 2 if connection.vendor == "postgresql" else number


def said(response: HttpResponse) -> list[str]:
    """The messages that travel with a redirect."""
    return [str(message) for message in response.wsgi_request._messages]


class Broken(RuntimeError):
    """The fault that was put in."""


@contextmanager
def failing_at(statement: int) -> Iterator[list[int]]:
    """The database fails at the so-many-th statement, once; gives how many were begun."""
    begun = [0]

    def count(execute, sql, params, many, context):
        begun[0] += 1
        if begun[0] == statement:
            raise Broken
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield begun
