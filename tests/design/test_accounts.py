"""Signing in, in our look: what is offered, and the way to a second factor and back."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from programme.access.models import User
from tests.design.pages import soup, words
from tests.one_time_codes import code_for

pytestmark = pytest.mark.django_db
PASSWORD = "three words together"


@pytest.fixture(autouse=True)
def _first_page(settings):
    """Where signing in leads is not the business of these tests."""
    settings.LOGIN_REDIRECT_URL = "mfa_index"


@pytest.fixture
def person():
    return User.objects.create_user("sam@example.test", "Sam Worker", PASSWORD)


def read(response):
    return soup(response.content.decode())


def sign_in(client, **how):
    """Through the form; the answer."""
    typed = {"login": "sam@example.test", "password": PASSWORD}
    return client.post(reverse("account_login"), typed, **how)


def set_up_app(client):
    """Sign in and set up an app for codes; the answer, followed."""
    sign_in(client)
    secret = words(read(client.get(reverse("mfa_activate_totp"))).select_one(".design-code"))
    return client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}, follow=True)


def test_a_password_manager_can_fill_in_the_form(client):
    page = read(client.get(reverse("account_login")))

    assert [
        (one["name"], one["type"], one.get("autocomplete"))
        for one in page.select("main .govuk-input")
    ] == [("login", "email", "username"), ("password", "password", "current-password")]


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_reset_password", "socialaccount_connections"],
)
def test_what_is_not_offered_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_wrong_password_is_told_on_top_and_nothing_is_lost(client, person):
    page = read(
        client.post(reverse("account_login"), {"login": "sam@example.test", "password": "wrong"})
    )

    assert page.title.get_text().startswith("Error: Sign in")
    assert len(page.select(".govuk-error-summary li")) == 1
    assert page.select_one("[name=login]")["value"] == "sam@example.test"
    assert "wrong" not in str(page.select_one("[name=password]"))


def test_empty_boxes_are_linked(client):
    page = read(client.post(reverse("account_login"), {}))

    links = page.select(".govuk-error-summary a")
    assert [(words(one), one["href"]) for one in links] == [
        ("Enter your email address", "#id_login"),
        ("Enter your password", "#id_password"),
    ]


def test_signing_out_asks_first_and_then_does(client, person):
    sign_in(client)

    page = read(client.get(reverse("account_logout")))

    assert words(page.h1) == "Do you want to sign out?"
    assert client.post(page.select_one("main form")["action"]).status_code == 302
    assert "_auth_user_id" not in client.session


def test_the_header_names_the_person_and_offers_to_sign_out(client, person):
    sign_in(client)

    header = read(client.get(reverse("mfa_index"))).header

    assert words(header.select_one(".design-header__name")) == "Signed in as Sam Worker"
    assert header.form["action"] == reverse("account_logout")
    assert header.form["method"] == "post"


def test_setting_up_an_app_right_after_signing_in_shows_the_key(client, person):
    sign_in(client)

    there = read(client.get(reverse("mfa_activate_totp")))

    assert words(there.h1) == "Set up your second factor"
    assert there.select_one("main img")["src"].startswith("data:image/svg+xml")


def test_setting_up_an_app_later_asks_who_it_is(client, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=6))

        asked = read(client.get(reverse("mfa_activate_totp"), follow=True))
        there = client.post(
            f"{reverse('account_reauthenticate')}?next={reverse('mfa_activate_totp')}",
            {"password": PASSWORD},
            follow=True,
        )

    assert words(asked.h1) == "Is it still you?"
    assert words(read(there).h1) == "Set up your second factor"


def test_the_way_to_a_second_factor_and_back_in(client, person):
    codes = [words(one) for one in read(set_up_app(client)).select("ul.design-code li")]
    client.post(reverse("account_logout"))

    asked = read(sign_in(client, follow=True))
    entered = client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert len(codes) == 10
    assert asked.select_one("[name=code]")["autocomplete"] == "one-time-code"
    assert entered.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_code_is_told_at_its_box(client, person):
    set_up_app(client)
    client.post(reverse("account_logout"))
    sign_in(client)

    page = read(client.post(reverse("mfa_authenticate"), {"code": "000000"}))

    assert page.title.get_text().startswith("Error: Enter your code")
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_code"


@pytest.mark.parametrize(
    "name", ["account_change_password", "mfa_index", "account_logout", "account_inactive"]
)
def test_every_page_of_an_account_is_in_our_look(client, person, name):
    sign_in(client)

    assert is_ours(read(client.get(reverse(name))))


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "account_reauthenticate",
    ],
)
def test_every_page_of_a_second_factor_is_in_our_look(client, person, name):
    set_up_app(client)

    assert is_ours(read(client.get(reverse(name))))


def is_ours(page):
    return len(page.select("h1.govuk-heading-l")) == 1 and bool(page.select(".design-header"))


def test_the_editors_sign_in_is_the_same_one(client):
    response = client.get("/cms/login/?next=/cms/pages/")

    assert response.headers["Location"] == f"{reverse('account_login')}?next=/cms/pages/"
