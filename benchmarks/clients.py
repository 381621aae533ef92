"""A practitioner, signed in, and how she asks for the daily pages of either side."""

import json
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.forms import as_sent

NOTE = "She told me how the week went. We agreed to look at the letter together on Thursday."
AS_SENT = {"Content-Type": "application/x-www-form-urlencoded", "Referer": "https://localhost/"}


@dataclass
class Answer:
    """What came back: for one act, of all its requests together."""

    body: str
    to: str = ""
    size: int = 0
    statements: list[tuple[str, str]] = field(default_factory=list)


class Client:
    """The cookies of a session; a connection for each request, as a proxy makes."""

    def __init__(self, port: int, asker: dict) -> None:
        self.port, self.people, self.words = port, asker["people"], asker["words"]
        self.cookies = dict(asker["cookies"])
        self.lists_statements = False
        self.turn = count()
        self.search_page = ""

    def get(self, path: str) -> Answer:
        """A page."""
        return self._ask("GET", path, "")

    def post(self, path: str, page: str, **typed: str) -> Answer:
        """The form of a page, sent from it; the answer leads elsewhere."""
        # The first form of the service's pages is signing out; the bare pages have one form.
        number = 2 if "accounts/logout" in page else 1
        answer = self._ask("POST", path, urlencode({**as_sent(page, number), **typed}))
        if not answer.to:
            raise RuntimeError(f"Nothing was stored at {path}: {answer.body[:2000]}")
        return answer

    def _ask(self, method: str, path: str, body: str) -> Answer:
        told = {
            "Host": "localhost",
            # As the proxy before the service says.
            "X-Forwarded-Proto": "https",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if self.lists_statements:
            told["X-Statements"] = "yes"
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body or None, told | (AS_SENT if body else {}))
            response = connection.getresponse()
            text = response.read().decode()
        if response.status not in (200, 302):
            raise RuntimeError(f"{method} {path}: {response.status} {text[:2000]}")
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        answer = Answer(text, response.headers.get("Location", ""), len(text.encode()))
        if self.lists_statements:
            listed = json.loads(text)
            answer = Answer("", answer.to, listed["bytes"], listed["statements"])
        return answer


Act = Callable[[Client], list[Answer]]


def log_in_service(client: Client) -> list[Answer]:
    """The form, and a visit with a note; another of her people each time."""
    path = f"/parents/{_next_person(client)}/contacts/log/"
    page = client.get(path)
    return [page, client.post(path, _form(client, path, page), note=NOTE, outcome="met")]


def log_in_bare(client: Client) -> list[Answer]:
    """The same."""
    path = f"/people/{_next_person(client)}/log/"
    page = client.get(path)
    return [page, client.post(path, _form(client, path, page), note=NOTE, outcome="met")]


def search_in_service(client: Client) -> list[Answer]:
    """The form of the search page, and whom it finds: the words stay out of addresses."""
    if not client.search_page:
        client.search_page = _form(client, "/find/", None)
    asked = client.post("/find/", client.search_page, words=_next_words(client))
    return [asked, client.get(asked.to)]


def search_in_bare(client: Client) -> list[Answer]:
    """The words in the address."""
    return [client.get(f"/find/?words={quote(_next_words(client))}")]


def _form(client: Client, path: str, page: Answer | None) -> str:
    """The page itself, also where only its statements were asked for."""
    if page and page.body:
        return page.body
    lists, client.lists_statements = client.lists_statements, False
    try:
        return client.get(path).body
    finally:
        client.lists_statements = lists


def _next_person(client: Client) -> str:
    return client.people[1 + next(client.turn) % (len(client.people) - 1)]


def _next_words(client: Client) -> str:
    return client.words[next(client.turn) % len(client.words)]


# What is done, by the service and by the bare pages.
ACTS: dict[str, dict[str, Act]] = {
    "log a contact": {"service": log_in_service, "bare": log_in_bare},
    "caseload": {
        "service": lambda client: [client.get("/home/")],
        "bare": lambda client: [client.get("/")],
    },
    "record of 500": {
        "service": lambda client: [client.get(f"/parents/{client.people[0]}/")],
        "bare": lambda client: [client.get(f"/people/{client.people[0]}/")],
    },
    "search": {"service": search_in_service, "bare": search_in_bare},
}
