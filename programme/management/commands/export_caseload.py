"""``manage.py export_caseload PATH``: the caseload as a package, as far as the reader sees it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programme.access.actors import EXPORTER
from programme.access.models import User
from programme.access.scope import acting_as
from programme.exchange.exporting import export
from programme.exchange.problems import PackageRefused
from programme.exchange.targets import new_folder, new_zip

NEEDS_APPROVAL = (
    "In service a whole caseload leaves only with two approvals, and this command has no way "
    "to ask for them yet. Use --as EMAIL for what one person may see."
)


class Command(BaseCommand):
    """Gives back what came in, ids kept; what the reader may not see is not in it."""

    help = "Writes a caseload package: everything, or with --as what one person may see."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, in whose eyes, and whether as one file."""
        parser.add_argument("path", type=Path, help="a folder, or with --zip a file, not there yet")
        parser.add_argument("--as", dest="email", help="only what this person may see")
        parser.add_argument("--zip", action="store_true", help="write one zip file")

    def handle(self, *, path: Path, email: str | None, zip: bool, **options: Any) -> None:
        """Writes the package and says what was left out of it."""
        user_id, name = self._reader(email)
        open_target = new_zip if zip else new_folder
        try:
            # The log is kept before the files are: nothing leaves without its line.
            with open_target(path) as target, acting_as(user_id):
                exported = export(target, reader_name=name, progress=self._progress)
        except PackageRefused as refused:
            raise CommandError(f"{refused.message} Nothing was written.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was written.") from None
        for words in exported.left_out:
            self.stderr.write(f"Left out: {words}", style_func=str)
        self.stdout.write(f"{sum(exported.counts.values()):,} rows written.")

    def _reader(self, email: str | None) -> tuple[UUID, str]:
        if email is None:
            if settings.RUN_MODE == "service":
                raise CommandError(NEEDS_APPROVAL)
            return EXPORTER, "the whole caseload"
        user = User.objects.filter(email=email.lower(), is_active=True, is_system=False).first()
        if user is None:
            raise CommandError("Nobody with this address can sign in. Nothing was written.")
        return user.pk, f"{user.name} may see it"

    def _progress(self, words: str) -> None:
        self.stderr.write(words + " ...", style_func=str)
