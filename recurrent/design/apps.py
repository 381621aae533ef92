"""The design system as a Django app."""

from importlib import import_module

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Has no tables; brings templates, static files and a check of the brand colour."""

    name = "recurrent.design"
    label = "design"

    def ready(self) -> None:
        """Registers the check."""
        import_module("recurrent.design.checks")
