"""Removes files without a row, and documents taken out over 30 days ago. Run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from programme.documents import actions, keeping

A_DAY = 24 * 60 * 60


class Command(BaseCommand):
    """What a broken connection or a crash left behind in the documents' folder."""

    help = "Removes files older than a day that no document names, and what was taken out long ago."

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice: to look only."""
        parser.add_argument("--list", action="store_true", help="say what would go; remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says the random names of the files; they tell nothing of anybody."""
        looks_only = options["list"]
        if not looks_only:
            ended = actions.end_removed_documents()
            self.stdout.write(f"Documents taken out over 30 days ago, now deleted: {ended}")
        old = list(keeping.names(older_than_seconds=A_DAY))
        for name in actions.files_without_rows(old):
            self.stdout.write(name)
            if not looks_only:
                keeping.remove(name)
        self.stdout.write(f"Documents whose file is missing: {actions.rows_without_files()}")
