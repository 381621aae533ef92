"""Prints the indicators of one programme, or of all, as JSON."""

import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programme.access.actors import FIGURES
from programme.access.scope import acting_as
from programme.pathways.models import Programme
from programme.reporting.definitions import DEFINITIONS_VERSION
from programme.reporting.indicators import INDICATORS, SPLITS, work_out
from programme.reporting.models import Release
from programme.reporting.periods import Period


def day(text: str) -> date:
    """A date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2019-03-31") from None


def find_programme(name: str) -> Programme:
    """The programme with this id, its own or that of the package it came in."""
    found = Programme.objects.filter(package_id=name).exclude(package_id="").first()
    if found is None and _is_uuid(name):
        found = Programme.objects.filter(pk=name).first()
    if found is None:
        raise CommandError(f"There is no programme {name!r}.")
    return found


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def released(name: str) -> dict[str, Any]:
    """The frozen tables of an approved release, in the same JSON; nothing is worked out anew."""
    with acting_as(FIGURES):
        approved = Release.objects.filter(state=Release.State.APPROVED)
        release = approved.filter(pk=name).first() if _is_uuid(name) else None
        if release is None:
            raise CommandError(f"There is no release {name!r}.")
        figures = [table.figure for table in release.tables.all()]
        programme = release.programme
    return {
        "programme": programme.package_id or str(programme.pk),
        "from": release.period_from.isoformat(),
        "to": release.period_to.isoformat(),
        "definitions_version": DEFINITIONS_VERSION,
        "indicators": figures,
    }


class Command(BaseCommand):
    """`manage.py indicators --programme ID --from DATE --to DATE`."""

    help = "Prints the indicators of one programme (or all) for a period as JSON; counts only."

    def add_arguments(self, parser: CommandParser) -> None:
        """Says what may be asked."""
        parser.add_argument("--programme", help="its id; without it, all programmes together")
        parser.add_argument("--release", help="a frozen release, as its readers see it")
        parser.add_argument("--from", dest="first", type=day, help="first day")
        parser.add_argument("--to", dest="last", type=day, help="last day")
        parser.add_argument("--at", type=day, help="report date; without it the last day")
        parser.add_argument(
            "--indicator", nargs="+", action="extend", default=[], choices=list(INDICATORS)
        )
        parser.add_argument("--by", nargs="+", action="extend", default=[], choices=SPLITS)
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Works the figures out as the declared reader and prints them."""
        if options["release"]:
            self._print(released(options["release"]))
            return
        if not (options["first"] and options["last"]):
            raise CommandError("--from and --to are required (or --release).")
        name = options["programme"]
        programme = None if name is None else find_programme(name)
        try:
            period = Period(options["first"], options["last"], options["at"])
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        with acting_as(FIGURES):
            figures = work_out(
                period,
                programme.pk if programme else None,
                ids=list(dict.fromkeys(options["indicator"])),
                by=options["by"],
            )
        printed = {
            "programme": (programme.package_id or str(programme.pk)) if programme else None,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "definitions_version": DEFINITIONS_VERSION,
            "indicators": [figure.to_json() for figure in figures],
        }
        self._print(printed)

    def _print(self, printed: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2))
