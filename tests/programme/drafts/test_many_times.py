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
from tests import builders
from tests.forms import as_sent
from tests.programme.contacts.rows import contacts
from tests.programme.desk.scene import Scene, browser_of, make_scene
from tests.programme.pages import rows

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RACES = int(os.environ.get("RACES", "20"))
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
