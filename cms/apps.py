"""The app of published pages."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    """Resources, guidance and the glossary."""

    name = "cms"
    verbose_name = "Resources"

    def ready(self) -> None:
        """A migrated database has a front page, the lists below it, and the editors' group."""
        post_migrate.connect(_ensure, sender=self, dispatch_uid="cms.ensure")


def _ensure(using: str = DEFAULT_DB_ALIAS, **_: Any) -> None:
    """Leaves a database that is migrated only in part as it is."""
    with connections[using].cursor() as cursor:
        tables = set(connections[using].introspection.table_names(cursor))
    wanted = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
    if wanted <= tables:
        import_module("cms.setup").ensure()
