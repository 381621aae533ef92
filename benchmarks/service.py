# ruff: noqa: PLC0415 - Django is set up for a database made on the way
"""The service as it is measured: on a throw-away PostgreSQL with every table made, wall up."""

import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres

NO_SERVER = 2


def in_a_service(measure: Callable[[], int]) -> int:
    """What ``measure`` answers, as an exit status; 2 where no PostgreSQL server is found."""
    binaries = postgres.find_binaries(Path(sys.prefix))
    if not binaries:
        print("No PostgreSQL server programs found.")
        return NO_SERVER
    with tempfile.TemporaryDirectory() as folder, postgres.cluster(binaries) as address:
        variables = {"DATABASE_URL": address, "RECURRENT_VAR": folder}
        os.environ.update(variables, DJANGO_SETTINGS_MODULE="recurrent.settings.test")
        _set_up()
        return measure()


def _set_up() -> None:
    import django
    from django.core.management import call_command

    # A line for every page that was not found would be printed between the figures.
    logging.disable()
    django.setup()
    call_command("migrate", verbosity=0)
