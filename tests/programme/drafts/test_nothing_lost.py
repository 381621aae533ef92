"""Four kinds of failure, with and without script: no character of a note is lost (U21, U22)."""

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from programme.drafts.models import Draft
from tests.design.pages import posted_by, soup
from tests.forms import as_sent
from tests.programme.contacts.rows import contacts
from tests.programme.desk.scene import Scene, browser_of, make_scene
from tests.programme.pages import rows

# 100 where it is measured; each is the same way with other words.
RUNS = int(os.environ.get("RUNS_OF_A_FAILURE", "5"))
LETTERS = "aeio ŵŷ “”’–<>&\"'\\{}%+=;😀ß\r\n"


def a_note(number: int) -> str:
    """Words that a careless page would lose or change; ends are those of a letter."""
    dice = Random(number)
    inside = "".join(dice.choice(LETTERS) for _ in range(dice.randint(1, 400)))
    return f"A{inside}Z".replace("\r", "").replace("\n", "\r\n")


OF_THE_SCENE = {"Talked about housing", "A visit", "Another visit"}
NOTES = [a_note(number) for number in range(RUNS)]


def forget_use(session_key: str) -> None:
    """As if the last request of a session had been an hour ago."""
    session = SessionStore(session_key)
    session["last_used"] -= 60 * 60
    session.save()


def refuse_contacts() -> None:
    """The table of contacts refuses every new row, as on a full disk."""
    table = "programme_contact"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER full_disk BEFORE INSERT ON {table}"
                " BEGIN SELECT RAISE(ABORT, 'full'); END"
            )
        else:
            cursor.execute("RESET ROLE")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT full_disk CHECK (false) NOT VALID")


def accept_contacts() -> None:
    table = "programme_contact"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS full_disk")
        else:
            cursor.execute("RESET ROLE")
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS full_disk")


# --- Without script -------------------------------------------------------------------------


@pytest.fixture
def scene(db) -> Scene:
    return make_scene()


@pytest.fixture
def strict(scene: Scene) -> Client:
    """Her browser: its forms need their token, and errors are pages."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = browser_of(scene.user).cookies
    return client


def written(strict: Client, scene: Scene, note: str) -> dict[str, Any]:
    """The page opened and filled in, as it will be sent."""
    page = strict.get(scene.address("contacts:log_contact")).content.decode()
    return {**as_sent(page), "mode": "phone", "outcome": "met", "note": note}


def send_again(strict: Client, page: bytes) -> int:
    form = soup(page.decode()).select_one("main form")
    assert form is not None
    return strict.post(form["action"], dict(posted_by(form).lists())).status_code


def notes() -> list[str]:
    return [one.note for one in contacts() if one.note not in OF_THE_SCENE]


@pytest.mark.parametrize("note", NOTES)
def test_lost_signal_without_script(strict: Client, scene: Scene, note: str) -> None:
    typed = written(strict, scene, note)
    strict.post(scene.address("contacts:log_contact"), {**typed, "keep_draft": "yes"})
    [draft] = rows(Draft)

    # The send itself never arrived; the draft did, and the page is opened again.
    again = strict.get(f"{scene.address('contacts:log_contact')}?draft={draft.pk}")
    sent = {**as_sent(again.content.decode()), "outcome": "met"}
    first, second = (
        strict.post(scene.address("contacts:log_contact"), sent).status_code for _ in range(2)
    )

    assert (first, second) == (302, 302)
    assert notes() == [note]


@pytest.mark.parametrize("note", NOTES)
def test_time_out_without_script(strict: Client, scene: Scene, note: str) -> None:
    typed = written(strict, scene, note)
    forget_use(strict.cookies[settings.SESSION_COOKIE_NAME].value)

    locked = strict.post(scene.address("contacts:log_contact"), typed).headers["Location"]
    form = soup(strict.get(locked).content.decode()).select_one("main form")
    strict.post(locked, dict(posted_by(form).lists()))

    assert send_again(strict, strict.get(locked).content) == 302
    assert notes() == [note]


@pytest.mark.parametrize("note", NOTES)
def test_expired_form_without_script(strict: Client, scene: Scene, note: str) -> None:
    typed = written(strict, scene, note)
    strict.cookies[settings.CSRF_COOKIE_NAME] = "x" * 32

    expired = strict.post(scene.address("contacts:log_contact"), typed)

    assert expired.status_code == 403
    assert send_again(strict, expired.content) == 302
    assert notes() == [note]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("note", NOTES)
def test_server_error_without_script(strict: Client, scene: Scene, note: str) -> None:
    typed = written(strict, scene, note)
    refuse_contacts()
    try:
        broken = strict.post(scene.address("contacts:log_contact"), typed)
    finally:
        accept_contacts()

    shown = soup(broken.content.decode())
    assert broken.status_code == 500
    assert shown.select_one(".design-code") is not None
    assert note in [area.get_text().removeprefix("\n") for area in shown.select("textarea")]
    assert notes() == []


# --- With script ----------------------------------------------------------------------------


@pytest.fixture
def unwatched(browser: Browser, live_server: LiveServer) -> Iterator[Callable[[Scene], Page]]:
    """A phone's page of hers. It may complain: what fails here is the network itself."""
    contexts = []

    def open_one(scene: Scene) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 320, "height": 640}
        )
        contexts.append(context)
        cookie = browser_of(scene.user).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def writing(unwatched, live_server, transactional_db) -> tuple[Page, Scene]:
    """A browser with script, for the page on which a contact is logged."""
    scene = make_scene()
    return unwatched(scene), scene


def begin(page: Page, scene: Scene) -> None:
    """Opened only to be sent: a page that is left with something typed keeps a draft."""
    page.goto(scene.address("contacts:log_contact"))
    page.locator("input[name=mode][value=phone]").check()


def say(page: Page) -> Any:
    return page.locator("[data-draft-status]")


def write(page: Page, note: str) -> None:
    page.locator("textarea[name=note]").fill(note.replace("\r\n", "\n"))


def save(page: Page) -> None:
    page.locator("button[name=outcome][value=met]").click()


@pytest.mark.browser
def test_lost_signal_with_script(writing: tuple[Page, Scene]) -> None:
    page, scene = writing
    for number, note in enumerate(NOTES, 1):
        begin(page, scene)
        page.context.set_offline(True)
        write(page, note)
        save(page)
        expect(say(page)).to_contain_text("Not sent yet. There is no signal.")
        assert page.locator("textarea[name=note]").input_value() == note.replace("\r\n", "\n")

        page.context.set_offline(False)
        page.wait_for_url(f"**{reverse('desk:show_parent', args=[scene.parent.pk])}")

        assert notes() == NOTES[:number]
    assert rows(Draft) == []


@pytest.mark.browser
def test_time_out_with_script(writing: tuple[Page, Scene]) -> None:
    page, scene = writing
    for number, note in enumerate(NOTES, 1):
        begin(page, scene)
        write(page, note)
        expect(say(page)).to_have_text("Not saved yet")
        [session] = [one for one in page.context.cookies() if "session" in one["name"]]
        forget_use(session["value"])
        save(page)
        # No person says her password eleven times in a minute.
        cache.clear()
        page.get_by_role("button", name="Unlock").click()
        page.get_by_role("button", name="Save again").click()
        page.wait_for_url(f"**{reverse('desk:show_parent', args=[scene.parent.pk])}")

        assert notes() == NOTES[:number]


@pytest.mark.browser
def test_expired_form_with_script(writing: tuple[Page, Scene]) -> None:
    page, scene = writing
    for number, note in enumerate(NOTES, 1):
        begin(page, scene)
        write(page, note)
        page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
        save(page)
        page.get_by_role("button", name="Save again").click()
        page.wait_for_url(f"**{reverse('desk:show_parent', args=[scene.parent.pk])}")

        assert notes() == NOTES[:number]


@pytest.mark.browser
def test_server_error_with_script(writing: tuple[Page, Scene]) -> None:
    page, scene = writing
    refuse_contacts()
    try:
        for note in NOTES:
            begin(page, scene)
            write(page, note)
            save(page)
            page.get_by_role("heading", name="Something went wrong").wait_for()

            assert page.get_by_label("Note").input_value() == note.replace("\r\n", "\n")
            page.goto(scene.address("contacts:log_contact"))
            page.get_by_role("link", name="Go on with it").first.click()
            assert page.locator("textarea[name=note]").input_value() == note.replace("\r\n", "\n")
    finally:
        accept_contacts()


# --- What the page says ---------------------------------------------------------------------


@pytest.mark.browser
def test_the_page_says_saved_only_of_what_is_kept(writing: tuple[Page, Scene]) -> None:
    page, scene = writing
    begin(page, scene)
    write(page, "one")
    expect(say(page)).to_have_text("Not saved yet")
    assert [one.typed["note"] for one in rows(Draft) if one.typed["note"]] == []

    page.locator("textarea[name=note]").blur()
    expect(say(page)).to_contain_text("Saved ")
    assert [one.typed["note"] for one in rows(Draft)] == ["one"]

    page.context.set_offline(True)
    write(page, "one two")
    expect(say(page)).to_have_text("Not saved yet")
    page.locator("textarea[name=note]").blur()
    expect(say(page)).to_contain_text("There is no signal")
    assert [one.typed["note"] for one in rows(Draft)] == ["one"]


@pytest.mark.browser
def test_who_never_leaves_the_field_has_a_draft_every_ten_seconds(
    unwatched, live_server, transactional_db
) -> None:
    scene = make_scene()
    page = unwatched(scene)
    page.clock.install()
    page.goto(scene.address("contacts:log_contact"))
    for words in ("one", "one two"):
        write(page, words)
        page.clock.run_for(7_000)
        expect(say(page)).to_have_text("Not saved yet")
        assert words not in [one.typed["note"] for one in rows(Draft)]

        page.clock.run_for(3_000)
        expect(say(page)).to_contain_text("Saved ")
        assert [one.typed["note"] for one in rows(Draft)] == [words]


@pytest.mark.browser
def test_a_blank_note_opens_without_signal(writing: tuple[Page, Scene]) -> None:
    page, scene = writing
    page.goto(scene.address("contacts:log_contact"))
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.context.set_offline(True)

    page.goto(scene.address("contacts:log_contact"))
    page.get_by_role("heading", name="A blank note").wait_for()
    page.get_by_label("Note").fill("She rang me")
    expect(page.get_by_text("Closing this page loses it.")).to_be_visible()
    assert page.evaluate("caches.keys().then((names) => names.length)") == 1
    page.context.set_offline(False)

    expect(page.get_by_role("button", name="Copy the note")).to_be_visible(timeout=20_000)
    assert page.get_by_label("Note").input_value() == "She rang me"
    assert "Alex" not in page.content()
