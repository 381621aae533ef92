"""Looks whether any line of the log was altered, added or taken away."""

import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programme.access.chain import NotTheOwner, reading_the_log
from programme.audit.chain import Mark, verify

MOST_TOLD = 20


def mark(text: str) -> Mark:
    """A mark as an earlier run printed it."""
    if not re.fullmatch(r"\d{1,18}:[0-9a-f]{64}", text):
        raise ArgumentTypeError(f"{text!r} is not a mark such as an earlier run printed")
    number, seal = text.split(":")
    return Mark(int(number), seal)


class Command(BaseCommand):
    """``manage.py verify_audit``."""

    help = "Checks every line of the log and its history of seals. Exit status 1 when altered."

    def add_arguments(self, parser: CommandParser) -> None:
        """A mark kept from an earlier run."""
        parser.add_argument(
            "--from",
            dest="known",
            type=mark,
            metavar="NUMBER:SEAL",
            help="the mark an earlier run printed, kept outside this database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints what was found and the mark to keep."""
        try:
            with reading_the_log():
                verdict = verify(options["known"])
        except NotTheOwner as problem:
            raise CommandError(str(problem)) from None
        if verdict.problems:
            told = [*verdict.problems[:MOST_TOLD], f"Problems found: {len(verdict.problems)}."]
            raise CommandError("\n".join(told))
        self.stdout.write(f"{verdict.lines} lines, each as it was written.")
        self.stdout.write(f"Keep this mark outside the database: {verdict.head}")
