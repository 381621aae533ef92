"""What gunicorn serves in ``bench.py``: whichever project's settings are named, nothing changed.

Asked for its statements, it answers with those in place of the page, each with how long it
took and whose code asked it.
"""

import json
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
# Frames of these are the machinery around whoever asked.
PASSED_OVER = ("querysets.py", "served.py", "scope.py")

served = get_wsgi_application()


def application(environ, start_response):
    """The project's own answer, or what it asked of the database."""
    if "HTTP_X_STATEMENTS" not in environ:
        return served(environ, start_response)
    status = []
    with listed() as statements:
        answer = served(environ, lambda *said: status.extend(said[:2]))
        size = len(b"".join(answer))
        answer.close()
    # Cookies and where to go next are the page's own.
    kept = [one for one in status[1] if one[0] in ("Set-Cookie", "Location")]
    start_response(status[0], kept)
    return [json.dumps({"bytes": size, "statements": statements}).encode()]


@contextmanager
def listed():
    """Every statement of this thread, savepoints too: how long and who asked, and what."""
    statements = []

    def note(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = (time.perf_counter() - began) * 1_000
            statements.append((f"{took:5.1f} ms {asked_by()}", " ".join(str(sql).split())))

    with connection.execute_wrapper(note):
        yield statements


def asked_by() -> str:
    """The nearest two lines of the project's own code; else of the library that asked."""
    frames = [one for one in reversed(traceback.extract_stack()) if _says_something(one)]
    own = [one for one in frames if _is_own(one)]
    library = [f"({Path(one.filename).parent.name}.{one.name})" for one in frames[:1]]
    return " < ".join([_said(one) for one in own[:3]] or library)


def _says_something(frame: traceback.FrameSummary) -> bool:
    path = Path(frame.filename)
    return path.name not in PASSED_OVER and not {"db", "contextlib.py"} & set(path.parts)


def _is_own(frame: traceback.FrameSummary) -> bool:
    path = Path(frame.filename)
    # Every request comes through the middlewares: they ask only where they are nearest.
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts


def _said(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).relative_to(ROOT)}:{frame.lineno} {frame.name}"
