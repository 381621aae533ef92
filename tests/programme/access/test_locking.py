"""A session that lay unused is locked, not ended; what was sent to it comes back (L2)."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.models import User
from programme.access.parts import Role
from tests import builders
from tests.design.pages import posted_by, soup, words
from tests.design.test_accounts import set_up_app
from tests.programme.contacts.rows import a_visit, contacts, url_of

pytestmark = pytest.mark.django_db
PASSWORD = "three words together"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOTE = "  Two lines\r\n“ŵ” <b>&amp;</b> 😀  "


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def person(clock):
    return User.objects.create_user("sam@example.test", "Sam Worker", PASSWORD)


@pytest.fixture
def browser(client, person):
    client.force_login(person, BACKEND)
    return client


def unlock(browser: Client, address: str, **typed: str):
    return browser.post(address, {"password": PASSWORD, **typed})


@pytest.mark.parametrize("seconds, is_locked", [(0, False), (1, True)])
def test_it_is_locked_after_half_an_hour(browser, clock, seconds, is_locked):
    clock.shift(timedelta(minutes=30, seconds=seconds))

    answer = browser.get(reverse("mfa_index"))

    assert (answer.status_code == 302) is is_locked
    assert browser.session["_auth_user_id"]


def test_every_request_begins_the_time_anew(browser, clock):
    for _ in range(4):
        clock.shift(timedelta(minutes=20))
        assert browser.get(reverse("mfa_index")).status_code == 200


def test_going_on_working_begins_the_time_anew(browser, clock):
    clock.shift(timedelta(minutes=29))

    assert browser.get(reverse("unlock")).status_code == 302
    clock.shift(timedelta(minutes=29))

    assert browser.get(reverse("mfa_index")).status_code == 200


def test_after_a_day_it_is_locked_however_busy(browser, clock):
    for _ in range(25):
        clock.shift(timedelta(minutes=29))
        answer = browser.get(reverse("mfa_index"))

    assert answer.headers["Location"].startswith(reverse("unlock"))


def test_once_locked_only_the_password_opens_it(browser, clock):
    clock.shift(timedelta(hours=1))
    address = browser.get(reverse("mfa_index")).headers["Location"]

    again = browser.get(reverse("mfa_index"))
    wrong = browser.post(address, {"password": "no"})
    opened = browser.post(address, {"password": PASSWORD}, follow=True)

    assert again.headers["Location"] == address
    assert wrong.context["form"].errors.keys() == {"password"}
    assert opened.redirect_chain[-1][0] == reverse("mfa_index")


def test_the_code_is_asked_for_where_the_settings_say_so(client, person, clock, settings):
    settings.LOGIN_REDIRECT_URL = "mfa_index"
    set_up_app(client)
    clock.shift(timedelta(hours=1))
    address = client.get(reverse("mfa_index")).headers["Location"]

    asked = [client.get(address).context["form"].fields.keys()]
    without = unlock(client, address)
    settings.UNLOCK_ASKS_CODE = False
    asked.append(client.get(address).context["form"].fields.keys())

    assert [list(one) for one in asked] == [["password", "code"], ["password"]]
    assert without.context["form"].errors.keys() == {"code"}


def test_wrong_tries_are_limited(browser, clock):
    clock.shift(timedelta(hours=1))
    address = browser.get(reverse("mfa_index")).headers["Location"]

    for _ in range(11):
        browser.post(address, {"password": "no"})

    assert unlock(browser, address).status_code == 200


def test_it_leads_to_no_other_site(browser, clock):
    clock.shift(timedelta(hours=1))

    answer = unlock(browser, f"{reverse('unlock')}?next=https://elsewhere.example/")

    then = browser.get(answer.headers["Location"])
    assert then.headers["Location"] == reverse("desk:home")


# --- What was sent --------------------------------------------------------------------------


def send(browser: Client, address: str, note: str = NOTE):
    return browser.post(address, a_visit(note=note, tags=["one", "two"]))


@pytest.fixture
def at_work(programme, parent, episode, worker, practitioner, sign_in, clock):
    practitioner.set_password(PASSWORD)
    practitioner.save()
    return sign_in(practitioner)


def test_what_was_sent_to_a_locked_session_comes_back_and_is_saved(at_work, parent, clock):
    at_work.get(reverse("desk:home"))
    clock.shift(timedelta(hours=1))

    locked = send(at_work, url_of("log_contact", parent))
    assert contacts() == []
    at_work.post(locked.headers["Location"])
    page = soup(at_work.get(locked.headers["Location"]).content.decode())
    form = page.select_one("main form")
    saved = at_work.post(form["action"], dict(posted_by(form).lists()))

    assert form["action"] == url_of("log_contact", parent)
    assert posted_by(form).getlist("tags") == ["one", "two"]
    assert saved.status_code == 302
    assert [contact.note for contact in contacts()] == [NOTE.strip()]


def test_two_tabs_get_back_each_its_own(browser, clock):
    clock.shift(timedelta(hours=1))
    addresses = [
        browser.post(reverse("desk:home"), {"note": note}).headers["Location"]
        for note in ("one", "two")
    ]
    unlock(browser, addresses[0])

    back = [soup(browser.get(one).content.decode()).select_one("main form") for one in addresses]

    assert [posted_by(form)["note"] for form in back] == ["one", "two"]


def test_it_lies_scrambled_in_the_session(browser, clock):
    clock.shift(timedelta(hours=1))
    browser.post(reverse("desk:home"), {"note": "canary", "password": "open sesame"})
    browser.post(reverse("desk:home"), {"note": "canary"})

    kept = json.dumps(dict(browser.session.items()))

    assert len(browser.session["held"]) == 1
    assert [one in kept for one in ("canary", "sesame")] == [False, False]


def test_another_person_gets_nothing_of_it(browser, clock):
    clock.shift(timedelta(hours=1))
    address = browser.post(reverse("desk:home"), {"note": "canary"}).headers["Location"]

    browser.force_login(builders.make_user(), BACKEND)
    answer = browser.get(address)

    assert "held" not in browser.session
    assert answer.status_code == 302


def test_it_is_held_for_an_hour(browser, clock):
    clock.shift(timedelta(hours=1))
    address = browser.post(reverse("desk:home"), {"note": "canary"}).headers["Location"]
    clock.shift(timedelta(hours=1, seconds=1))

    answer = unlock(browser, address)

    assert browser.get(answer.headers["Location"]).status_code == 302


def test_a_script_is_told_and_nothing_is_held(browser, clock):
    clock.shift(timedelta(hours=1))

    answer = browser.post(
        reverse("mfa_index"), {"note": "x"}, headers={"Accept": "application/json"}
    )

    assert (answer.status_code, "held" in browser.session) == (401, False)


def test_the_page_says_whose_it_is_and_that_words_are_kept(browser, clock):
    clock.shift(timedelta(hours=1))
    address = browser.post(reverse("desk:home"), {"note": "canary"}).headers["Location"]

    page = soup(browser.get(address).content.decode())

    assert words(page.h1) == "Is it still you?"
    assert "What you typed is kept." in words(page.main)
    assert "canary" not in page.text
    assert words(page.select_one(".design-header__name")) == "Signed in as Sam Worker"


def test_who_lacks_a_second_factor_can_unlock(client, clock, programme):
    user = User.objects.create_user("new@example.test", "New Worker", PASSWORD)
    builders.grant_role(user, Role.PRACTITIONER, programme)
    client.force_login(user, BACKEND)
    clock.shift(timedelta(hours=1))
    address = client.get(reverse("desk:home")).headers["Location"]

    assert client.get(address).status_code == 200
    assert unlock(client, address).status_code == 302
