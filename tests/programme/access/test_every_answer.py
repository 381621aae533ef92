"""Every page, asked by every role, about each parent: what its answer carries and leaves behind.

One walk a role. The complaints of a walk: a header that is missing (H1, H2), a cookie that a
script could read (L6), words of a part that is not hers or not for this page (S6), a sight
that was not written down exactly once (D1), and words of a record in the log (H4).
"""

import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from programme.access.parts import Part, Role
from programme.access.policy import POLICY
from tests import builders as make
from tests.pristine import as_owner
from tests.programme.access.canaries import PARTS, canary, sing
from tests.programme.access.standings import Standing, make_standing
from tests.programme.access.test_matrix import GROUP_OF, address, plain_addresses
from tests.programme.pages import everything_stored, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

RELATIONS = ("own", "team", "other")
CORE, NOTES, OUTCOMES, ADDRESS, COURT, HEALTH, THERAPY = PARTS
PAIR = {CORE, NOTES, OUTCOMES, ADDRESS, COURT}
# What a page may ever say of a record to one with this role, by hand (quality.md C3).
MAY_READ = {
    (Role.PRACTITIONER, "own"): PAIR | {HEALTH},
    (Role.PRACTITIONER, "team"): {CORE, NOTES, COURT},
    (Role.SENIOR, "own"): PAIR,
    (Role.SENIOR, "team"): PAIR,
    (Role.COORDINATOR, "own"): {CORE, ADDRESS},
    (Role.COORDINATOR, "team"): {CORE},
    (Role.CLINICIAN, "own"): {CORE, HEALTH},
    (Role.THERAPIST, "own"): {CORE, THERAPY},
    (Role.MANAGER, "own"): {OUTCOMES},
    (Role.MANAGER, "team"): {OUTCOMES},
    (Role.DATA_OFFICER, "own"): {OUTCOMES},
    (Role.DATA_OFFICER, "team"): {OUTCOMES},
}
# Where the parts that need most care may be read at all; the others where their role allows.
ONLY_ON = {
    ADDRESS: {"desk:show_safe_address"},
    HEALTH: {"contraception:show_conversations", "contraception:record_conversation"},
    THERAPY: {"desk:show_parent"},
}
# What the whole walk does show to each: a page that showed nothing at all would pass the rest.
READS = {
    Role.PRACTITIONER: {CORE, NOTES, OUTCOMES, ADDRESS, COURT, HEALTH},
    Role.SENIOR: {CORE, NOTES, OUTCOMES, ADDRESS, COURT},
    Role.COORDINATOR: {CORE, ADDRESS},
    Role.CLINICIAN: {CORE, HEALTH},
    Role.THERAPIST: {CORE},
    Role.MANAGER: {OUTCOMES},
    Role.DATA_OFFICER: {OUTCOMES},
}
# Somebody else of whom the reader may know is laid beside the parent, to say if they are one.
LAYS_BESIDE = {"joining:look_for_same", "joining:join_records"}
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED = ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")


class Walk:
    """One identity opening every page and sending every form empty; keeps what was wrong."""

    def __init__(self, client: Client, standing: Standing) -> None:
        self.client = client
        self.standing = standing
        self.complaints: list[str] = []
        self.read: set[Part] = set()

    def go(self, role: Role) -> None:
        """Every page about three parents, then the pages about nobody."""
        for relation in RELATIONS:
            for page, where in pages_about(self.standing, relation):
                for method in ("get", "post"):
                    answer = self._asked(method, page, where, self._sights_of(page))
                    self._words(role, page, relation, answer)
        for page, where in plain_addresses(self.standing.programme).items():
            answer = self._asked("get", page, where, self._sights_of(page))
            self._words(role, page, "none", answer)

    def _asked(self, method: str, page: str, where: str, sights: int) -> HttpResponse:
        before = sights_written()
        answer = getattr(self.client, method)(where)
        said = f"{method} {page} {answer.status_code}"
        written = sights_written() - before
        refused = answer.status_code in (403, 404) and "parent_id" in arguments(answer)
        expected = sights if answer.status_code < 400 else int(refused)
        if written != expected:
            self.complaints.append(f"{said}: {written} sights, not {expected}")
        self.complaints += [f"{said}: {what}" for what in wrong_headers(answer)]
        return answer

    def _sights_of(self, page: str) -> int:
        access = POLICY[page]
        return int(bool(access.parts) or access.lists_people)

    def _words(self, role: Role, page: str, relation: str, answer: HttpResponse) -> None:
        text = text_of(answer)
        for named in RELATIONS:
            for part in PARTS:
                if canary(part, named) not in text:
                    continue
                self.read.add(part)
                here = named == (relation if relation in RELATIONS else "own")
                here = here or page in LAYS_BESIDE
                allowed = here and part in MAY_READ.get((role, named), ())
                if not allowed or page not in ONLY_ON.get(part, {page}):
                    self.complaints.append(f"{page} about {relation} says {canary(part, named)}")


def pages_about(standing: Standing, relation: str) -> Iterator[tuple[str, str]]:
    return ((page, address(page, standing.records[relation])) for page in GROUP_OF)


def arguments(answer: HttpResponse) -> dict[str, object]:
    match = answer.resolver_match
    return match.kwargs if match else {}


def sights_written() -> int:
    """Asked past row security: only protection officers read the log."""
    with as_owner() as cursor:
        cursor.execute("SELECT count(*) FROM programme_sight")
        return cursor.fetchone()[0]


def wrong_headers(answer: HttpResponse) -> Iterator[str]:
    for name, value in HEADERS.items():
        if answer.headers.get(name) != value:
            yield f"{name}: {answer.headers.get(name)}"
    policy = answer.headers.get("Content-Security-Policy", "")
    yield from (f"CSP lacks {rule}" for rule in CLOSED if rule not in policy)
    # Without the nonces: one word of chance in a few million holds "http".
    allowed = re.sub(r"'nonce-[^']*'", "", policy)
    if "unsafe" in allowed or "http" in allowed or "*" in allowed:
        yield f"CSP: {policy}"
    for name, cookie in answer.cookies.items():
        if not (cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"):
            yield f"cookie {name}"
        if cookie["domain"] or "canary" in cookie.value:
            yield f"cookie {name}"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the service's own handler writes."""
    (console,) = [one for one in logging.getLogger().handlers if one.name == "console"]
    written = io.StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)


def logs_of_the_database() -> str:
    with as_owner() as cursor:
        rows = []
        for table in ("programme_sight", "programme_event"):
            cursor.execute(f"SELECT * FROM {table}")
            rows += cursor.fetchall()
    return repr(rows)


def sung(role: Role) -> Standing:
    with make.as_seeder():
        standing = make_standing(role)
        for relation in RELATIONS:
            sing(standing.records[relation].parent, relation)
    return standing


@pytest.mark.parametrize("role", list(Role))
def test_every_answer(role: Role, client: Client, log: io.StringIO) -> None:
    standing = sung(role)
    client.force_login(standing.user, backend=make.DEMO_BACKEND)
    walk = Walk(client, standing)

    walk.go(role)

    assert "\n".join(walk.complaints) == ""
    assert walk.read == READS.get(role, set())
    assert "canary" not in logs_of_the_database() + log.getvalue()


class BreaksDown:
    """The view did its work, and then something broke with every word of the page at hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        answer = view(request, *args, **kwargs)
        raise RuntimeError(text_of(answer))


def test_a_broken_page_tells_the_log_where_and_nothing_else(
    client: Client, log: io.StringIO, settings: Any
) -> None:
    standing = sung(Role.PRACTITIONER)
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.BreaksDown"]
    client.raise_request_exception = False
    client.force_login(standing.user, backend=make.DEMO_BACKEND)
    stored = {**everything_stored(), "programme_sight": []}

    for page, where in pages_about(standing, "own"):
        for method in ("get", "post"):
            answer = getattr(client, method)(where)
            assert "canary" not in text_of(answer)
            assert list(wrong_headers(answer)) == []
            assert (page, answer.status_code) in {(page, 500), (page, 403), (page, 405)}

    assert "RuntimeError" in log.getvalue()
    assert "canary" not in log.getvalue()
    assert {**everything_stored(), "programme_sight": []} == stored
