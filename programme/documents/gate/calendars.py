"""An appointment in an e-mail, in words: what, when, where and who."""

import re
from collections.abc import Iterator

from programme.documents.gate.types import Refused

UNREADABLE = (
    "There is an appointment in this email that cannot be read. Print it to a PDF and add that."
)
METHODS = {"CANCEL": "Cancelled", "REPLY": "Answer to an invitation", "COUNTER": "Another time"}
LABELS = {
    "SUMMARY": "What",
    "DTSTART": "From",
    "DTEND": "Until",
    "DURATION": "Lasts",
    "RRULE": "Repeats",
    "LOCATION": "Where",
    "ORGANIZER": "Invited by",
    "ATTENDEE": "Who",
    "DESCRIPTION": "About",
    "STATUS": "Status",
}
LINE = re.compile(r"([A-Za-z-]+)((?:;(?:\"[^\"]*\"|[^\":])*)?):(.*)", re.S)
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
MONTHS = (
    "January February March April May June July August September October November December".split()
)


def words_of_calendar(text: str) -> str:
    """Every appointment of it (RFC 5545); raises ``Refused`` where there is none to read."""
    words = "\n".join(_lines(re.sub(r"\r?\n[ \t]", "", text)))
    if "\n" not in words:
        raise Refused(UNREADABLE)
    return words


def _lines(unfolded: str) -> Iterator[str]:
    title = "Appointment"
    inside: list[str] = []
    for line in unfolded.splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            continue
        name, said, value = found[1].upper(), found[2], found[3]
        if name == "METHOD":
            title = METHODS.get(value.strip().upper(), title)
        elif name in ("BEGIN", "END"):
            inside = [*inside, value.upper()] if name == "BEGIN" else inside[:-1]
            if name == "BEGIN" and value.upper() == "VEVENT":
                yield f"[{title}]"
        elif inside[-1:] == ["VEVENT"] and name in LABELS and value.strip():
            yield f"{LABELS[name]}: {_value(name, said, value)}"


def _value(name: str, said: str, value: str) -> str:
    if name.startswith("DT"):
        return _moment(said, value)
    if name in ("ORGANIZER", "ATTENDEE"):
        called = re.search(r"CN=(\"[^\"]*\"|[^;]*)", said)
        address = re.sub(r"(?i)^mailto:", "", value)
        return f"{called[1].strip(chr(34))} <{address}>" if called else address
    return re.sub(r"\\([nN,;\\])", lambda one: "\n" if one[1] in "nN" else one[1], value).strip()


def _moment(said: str, value: str) -> str:
    found = MOMENT.fullmatch(value.strip())
    if found is None or not 1 <= int(found[2]) <= 12:
        return value
    day = f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}"
    if found[4] is None:
        return day
    zone = re.search(r"TZID=([^;]*)", said)
    where = " UTC" if found[6] else f" ({zone[1]})" if zone else ""
    return f"{day}, {found[4]}:{found[5]}{where}"
