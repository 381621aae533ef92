"""``manage.py load_caseload PATH``: a caseload package in, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programme.exchange.loading import load
from programme.exchange.problems import PackageRefused, Problem, Problems


class Command(BaseCommand):
    """Reports every problem by file, line, column and value, and what would be right."""

    help = "Loads a caseload package (a folder or a .zip), all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The path, and whether only to look."""
        parser.add_argument("path", type=Path, help="a folder of csv files, or a zip of it")
        parser.add_argument(
            "--preview", action="store_true", help="say what would happen and store nothing"
        )

    def handle(self, *, path: Path, preview: bool, **options: Any) -> None:
        """Loads, or previews; leaves with an error unless everything was, or would be, stored."""
        problems = Problems(tell=self._tell, keep=0)
        try:
            counts = load(path, problems=problems, progress=self._progress, is_preview=preview)
        except PackageRefused as refused:
            raise CommandError(f"{refused.message} Nothing was stored.") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was stored.") from None
        if problems.count:
            found = "1 problem" if problems.count == 1 else f"{problems.count:,} problems"
            raise CommandError(f"{found}. Nothing was stored.")
        self._sum_up(counts, preview)

    def _sum_up(self, counts: dict[str, int], preview: bool) -> None:
        for table, count in counts.items():
            self.stdout.write(f"{table}: {count:,}")
        total = f"{sum(counts.values()):,} rows"
        self.stdout.write(
            f"{total} would be stored. Nothing was stored." if preview else f"{total} stored."
        )

    def _tell(self, problem: Problem) -> None:
        self.stdout.write(problem.in_words)

    def _progress(self, words: str) -> None:
        self.stderr.write(words + " ...", style_func=str)
