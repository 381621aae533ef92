"""Double presses and two people at one row, many times (R4, R5): RACES=1000 is the whole count."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from programme.access.parts import Role
from programme.contacts.models import Contact
from programme.drafts.models import Draft
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import contacts
from tests.programme.desk.scene import Scene, browser_of, make_scene
from tests.programme.pages import rows

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RACES = int(os.environ.get("RACES", "20"))
JSON = {"Accept": "application/json"}
Send = tuple[Client, str, dict[str, Any]]


class Pair:
    """Two threads, each with a connection of its own, that send at the same moment."""

    def __enter__(self) -> "Pair":
        self.threads, self.begin = ThreadPoolExecutor(2), Barrier(2)
        return self

    def __exit__(self, *_: object) -> None:
        for _ in range(2):
            self.threads.submit(self._close)
        self.threads.shutdown()

    def send(self, *sends: Send) -> list[Any]:
        return list(self.threads.map(self._send, sends))

    def _send(self, one: Send) -> Any:
        browser, address, body = one
        self.begin.wait(timeout=30)
        return browser.post(address, body)

    def _close(self) -> None:
        self.begin.wait(timeout=30)
        connection.close()


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_each_double_press_is_one_record(scene: Scene) -> None:
    address = scene.address("contacts:log_contact")
    browsers = [browser_of(scene.user) for _ in range(2)]
    before = len(contacts())

    with Pair() as pair:
        for number in range(RACES):
            body = {"key": str(uuid4()), "happened_at": "now", "mode": "phone", "outcome": "met"}
            body["note"] = f"Note {number}"
            answers = pair.send(*((browser, address, body) for browser in browsers))
            assert [one.status_code for one in answers] == [302, 302]

    stored = [one.note for one in contacts()][before:]
    assert sorted(stored) == sorted(f"Note {number}" for number in range(RACES))


def test_a_send_that_waited_while_its_page_was_saved_begins_no_draft(scene: Scene) -> None:
    address = scene.address("contacts:log_contact")
    late, quick = browser_of(scene.user), browser_of(scene.user)
    typed = as_sent(quick.get(address).content.decode()) | {"mode": "phone", "note": "She rang"}
    sent = []

    def save_the_page() -> None:
        quick.post(address, typed | {"keep_draft": "yes", "draft_turn": "2"}, headers=JSON)
        answer = quick.post(address, typed | {"outcome": "met", "draft_turn": "2"})
        sent.append(answer.status_code)
        connection.close()

    def first_the_page(execute: Any, sql: str, *values: Any) -> Any:
        if sql.startswith('INSERT INTO "programme_draft"') and not sent:
            with ThreadPoolExecutor(1) as other:
                other.submit(save_the_page).result()
        return execute(sql, *values)

    with connection.execute_wrapper(first_the_page):
        answer = late.post(address, typed | {"keep_draft": "yes", "draft_turn": "1"}, headers=JSON)

    assert (sent, answer.json(), rows(Draft)) == ([302], {"ended": True}, [])


def test_no_edit_is_overwritten_in_silence(scene: Scene) -> None:
    address = scene.address("contacts:correct_contact")
    senior = builders.make_practitioner(scene.programme, role=Role.SENIOR)
    browsers = [browser_of(scene.user), browser_of(senior)]
    notes = []

    with Pair() as pair:
        for number in range(max(1, RACES // 2)):
            pages = [as_sent(browser.get(address).content.decode()) for browser in browsers]
            sends = [
                (browser, address, {**page, "note": f"{side} wrote {number}", "reason": "Better"})
                for side, browser, page in zip(("One", "Other"), browsers, pages, strict=True)
            ]
            answers = {one.status_code: one for one in pair.send(*sends)}
            # One is stored; the other is shown beside it, with nothing lost of either.
            assert set(answers) == {200, 302}
            [now] = rows(Contact, pk=scene.ids["contact_id"])
            shown = answers[200].content.decode()
            assert [f"{side} wrote {number}" in shown for side in ("One", "Other")] == [True, True]
            notes.append(now.note)

    [contact] = rows(Contact, pk=scene.ids["contact_id"])
    assert contact.version == len(notes) + 1
