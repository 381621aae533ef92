"""The demo in one process: database, invented people, then pages. Started by ``dev.py demo``.

Django's own small server is enough for one person on her own computer, and runs everywhere.
Run as ``python -m recurrent.serve_demo PORT``.
"""

import os
import sys
from threading import Thread

import django
from django.conf import settings
from django.core.management import call_command, load_command_class
from django.core.servers.basehttp import run
from django.core.wsgi import get_wsgi_application
from django.db import connections

WORDS = """5/5 Ready. Choose who to be: http://127.0.0.1:{port}/demo/
    The page lists the demo people by role and says what each may do. There is no password.
    Everyone is invented. Ctrl-C stops it; run it again and what was entered is still here."""


def say(line: str) -> None:
    """One line of progress, at once."""
    print(line, flush=True)


def prepare() -> None:
    """The newest tables and the demo people. Does nothing twice."""
    say("4/5 Database and demo people ...")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("seed_demo")
    connections.close_all()


def serve(port: int) -> None:
    """Pages for this computer only, until stopped."""
    application = get_wsgi_application()
    run(
        "127.0.0.1",
        port,
        application,
        threading=True,
        on_bind=lambda _: say(WORDS.format(port=port)),
    )


def work() -> None:
    """The worker of the service, beside the pages; it ends with them."""
    command = load_command_class("programme", "worker")
    # Signals are the pages' to take: a thread receives none.
    Thread(target=command.work_quietly, name="worker", daemon=True).start()


def main(port: int) -> None:
    """Refuses any settings but the demo's."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recurrent.settings.demo")
    django.setup()
    if settings.RUN_MODE != "demo":
        sys.exit("This serves the demo only. In service, use the image in docker/.")
    prepare()
    work()
    serve(port)


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]))
    except KeyboardInterrupt:
        say("\nStopped. Everything entered is kept for the next time.")
