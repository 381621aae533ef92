"""How long does a package of 20,000 contacts take to load, with history, on this machine?

    .venv/bin/python benchmarks/loading.py [--contacts 20000] [--most 60]

Makes an invented package, loads it into a migrated SQLite file of its own, and prints the seconds
by the clock and of the processor. Exit status 1 when the clock says more than --most seconds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.programme.exchange import packages


def manage(folder: Path, *words: str) -> tuple[float, float]:
    """Seconds by the clock and of the processor that a command took."""
    variables = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'loading.sqlite3'}",
        "RECURRENT_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "recurrent.settings.demo",
    }
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    began, busy = time.perf_counter(), os.times()
    subprocess.run(command, env=variables, check=True, stdout=subprocess.DEVNULL)
    ended = os.times()
    used = ended.children_user + ended.children_system - busy.children_user - busy.children_system
    return time.perf_counter() - began, used


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--most", type=float, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = packages.write(folder / "package", packages.with_contacts(asked.contacts))
        manage(folder, "migrate", "--verbosity", "0")
        clock, used = manage(folder, "load_caseload", str(package))
    print(f"{asked.contacts:,} contacts: {clock:.1f} s by the clock, {used:.1f} s of the processor")
    return int(clock > asked.most)


if __name__ == "__main__":
    sys.exit(main())
