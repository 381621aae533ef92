"""The one app of the product."""

from importlib import import_module

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Connects the access wall to migrations and connections, and the system checks."""

    name = "programme"
    verbose_name = "Programme"

    def ready(self) -> None:
        """Imports what needs the models, now that they are there."""
        import_module("programme.access.checks")
        import_module("programme.migrating").connect()
