"""What the service writes to its log: where, what kind and how many, never in anybody's words.

Other packages put paths, values and the words of an error into their lines, and any of these may
hold what was typed about a person. So only a page's name, numbers and ids come through.
"""

import logging
import traceback
from types import TracebackType
from uuid import UUID

# Our own lines name no person: a rule for whoever writes one (CONTRIBUTING).
OUR_OWN = frozenset({"recurrent", "programme", "cms"})
HIDDEN = "…"


class WithoutWords(logging.Formatter):
    """Formats a line of the log so that no word of a record, form or address can be in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; with an error, its kind and where it broke."""
        said = f"{self.formatTime(record)} {record.levelname} {record.name}: {told(record)}"
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        # A refusal is no fault: its line alone says enough.
        if error is None or record.levelno < logging.ERROR:
            return said
        return f"{said}\n{where(error)}"


def told(record: logging.LogRecord) -> str:
    """Our own words whole, of a request its page, of anything else the words without values."""
    if record.name.split(".")[0] in OUR_OWN:
        return record.getMessage()
    request = getattr(record, "request", None)
    if request is not None and hasattr(request, "resolver_match"):
        match = request.resolver_match
        page = match.view_name if match else "no page"
        return f"{getattr(record, 'status_code', HIDDEN)} {request.method} {page}"
    return without_values(record)


def without_values(record: logging.LogRecord) -> str:
    """The template of a message, with only numbers and ids put in."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    values = record.args if isinstance(record.args, tuple) else ()
    try:
        return record.msg % tuple(map(harmless, values)) if values else record.msg
    except (TypeError, ValueError):
        return record.msg


def harmless(value: object) -> object:
    """A number or an id as it is; of anything else nothing."""
    return value if isinstance(value, (int, float, UUID)) else HIDDEN


def where(error: BaseException) -> str:
    """Kind and place of an error and of the errors behind it, without their messages."""
    lines: list[str] = []
    seen: set[int] = set()
    behind: BaseException | None = error
    while behind is not None and id(behind) not in seen:
        seen.add(id(behind))
        lines.append(f"{type(behind).__name__}\n{places(behind.__traceback__)}")
        behind = behind.__cause__ or behind.__context__
    return "from ".join(lines)


def places(trace: TracebackType | None) -> str:
    """File, line and function of each step, without the code and what it held."""
    steps = traceback.extract_tb(trace)
    return "".join(f"  {step.filename}:{step.lineno} {step.name}\n" for step in steps)
