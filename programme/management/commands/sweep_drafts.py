"""Deletes drafts that nobody went on with for 30 days. Run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from programme.drafts.actions import end_old_drafts


class Command(BaseCommand):
    """They are shown to nobody from then on, whether or not this has run."""

    help = "Deletes drafts that were last written in over 30 days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how many."""
        self.stdout.write(f"Drafts over 30 days old, now deleted: {end_old_drafts()}")
