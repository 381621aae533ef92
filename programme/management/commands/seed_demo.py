"""manage.py seed_demo: the demonstration's invented people, once."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programme.access.models import User
from programme.access.parts import Role
from programme.demo import seed


class Command(BaseCommand):
    """Loads the demonstration if it is not there; refused in service."""

    help = "Loads the demonstration's invented people and resources, once."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Says what it does; says nothing when all is there."""
        if settings.RUN_MODE == "service":
            raise CommandError("The demonstration is not for service.")
        if seed.is_loaded():
            return
        seed.load(lambda line: self.stdout.write(line))
        self._resources()

    def _resources(self) -> None:
        """Pages by the invented editor. ``cms`` is another house: reached by name, not import."""
        import_module("cms.setup").ensure()
        editor = User.objects.get(role_grants__role=Role.EDITOR, email__startswith="pat@")
        editor.groups.add(Group.objects.get(name=import_module("cms.forms").EDITORS))
        import_module("cms.demo_content").load(editor)
        self.stdout.write("    resources and guidance")
