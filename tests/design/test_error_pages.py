"""When something went wrong: nothing typed is lost, nothing secret is shown, no page is bare."""

import logging

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_protect
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programme.access.models import User
from recurrent import urls, views
from tests.builders import make_user
from tests.design.pages import posted_by, soup, words

pytestmark = pytest.mark.django_db
LONG = "She said:\r\n\r\n  “Nid yw hi’n hawdd” & <b>more</b>.\r\n"
POSTED = {"note": LONG, "kind": ["visit", "text"], "password": "open sesame", "held_on_day": "3"}


def break_down(request):
    raise ValueError("canary: Jane Roe")


def refuse(request):
    return views.not_allowed(request, PermissionError())


def echo(request):
    return HttpResponse("|".join([*request.POST.getlist("kind"), request.POST["note"]]))


urlpatterns = [
    path("break/", break_down, name="wagtail_serve"),
    path("refuse/", refuse, name="wagtail_serve"),
    path("echo/", csrf_protect(echo), name="wagtail_serve"),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def _addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def strict():
    """A browser whose forms need their token, and whose errors become pages."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def typed_on(page):
    """What the page shows for reading, by label."""
    return [
        (words(page.select_one(f"label[for={area['id']}]")), area.get_text().removeprefix("\n"))
        for area in page.select("textarea[readonly]")
    ]


# --- 500 ------------------------------------------------------------------------------------


def test_a_server_error_gives_a_reference_and_the_words_back(strict, caplog):
    strict.handler.enforce_csrf_checks = False
    with caplog.at_level(logging.ERROR):
        response = strict.post("/break/", POSTED)

    page = soup(response.content.decode())
    reference = words(page.select_one(".design-code"))
    assert response.status_code == 500
    assert typed_on(page) == [
        ("Note", LONG),
        ("Kind", "visit"),
        ("Kind", "text"),
        ("Held on day", "3"),
    ]
    assert f"Reference {reference}: ValueError in break_down" in caplog.text
    assert [one for one in caplog.messages if "canary" in one] == []


def test_a_server_error_asks_nothing_of_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.server_error(rf.post("/break/", POSTED))

    assert response.status_code == 500


# --- 403 and 404 ----------------------------------------------------------------------------


@pytest.mark.parametrize("address, status", [("/refuse/", 403), ("/no-such-page/", 404)])
def test_a_refusal_gives_the_words_back(client, address, status):
    response = client.post(address, POSTED)

    assert response.status_code == status
    assert ("Note", LONG) in typed_on(soup(response.content.decode()))


def test_a_password_is_never_shown_again(client):
    pages = [client.post(address, POSTED).content for address in ("/refuse/", "/echo/")]

    assert [page.count(b"sesame") for page in pages] == [0, 0]


# --- An expired form --------------------------------------------------------------------------


def test_an_expired_form_is_saved_with_one_press(strict):
    first = strict.post("/echo/?from=list", {"note": LONG, "kind": ["visit", "text"]})
    page = soup(first.content.decode())

    again = strict.post(page.form["action"], dict(posted_by(page.form).lists()))

    assert (first.status_code, page.form["action"]) == (403, "/echo/?from=list")
    assert again.content.decode() == f"visit|text|{LONG}"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])), min_size=1))
def test_no_character_is_lost_on_the_way(strict, lines):
    note = "\r\n".join(lines)
    page = soup(strict.post("/echo/", {"note": note, "kind": "x"}).content.decode())

    assert posted_by(page.form)["note"] == note


def test_somebody_signed_out_is_asked_to_sign_in_in_another_tab(strict):
    page = soup(strict.post("/echo/", {"note": LONG}).content.decode())

    assert words(page.h1) == "You have been signed out"
    assert page.select_one("main a")["href"] == reverse("account_login")
    assert page.select_one("main a")["target"] == "_blank"
    assert typed_on(page) == [("Note", LONG)]


def test_somebody_signed_in_just_presses_save_again(strict):
    strict.force_login(make_user(), "allauth.account.auth_backends.AuthenticationBackend")

    page = soup(strict.post("/echo/", {"note": LONG}).content.decode())

    assert words(page.h1) == "Not saved yet. Press save again"


def test_signing_in_meanwhile_costs_one_more_press_and_no_word(strict):
    User.objects.create_user("sam@example.test", "Sam Worker", "three words together")
    first = soup(strict.post("/echo/", {"note": LONG, "kind": "visit"}).content.decode())
    entrance = posted_by(soup(strict.get(reverse("account_login")).content.decode()).form).dict()
    who = {"login": "sam@example.test", "password": "three words together"}
    signed_in = strict.post(reverse("account_login"), {**entrance, **who})

    second = soup(strict.post("/echo/", posted_by(first.select_one("main form"))).content.decode())
    saved = strict.post("/echo/", posted_by(second.select_one("main form")))

    assert signed_in.status_code == 302
    assert words(second.h1) == "Not saved yet. Press save again"
    assert saved.content.decode() == f"visit|{LONG}"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
def test_what_another_site_sent_is_not_offered_back(strict, headers):
    response = strict.post("/echo/", {"note": "an attacker’s words"}, headers=headers)

    page = soup(response.content.decode())
    assert (response.status_code, page.select("main form, textarea")) == (403, [])


def test_a_form_with_a_password_starts_again(strict):
    response = strict.post(reverse("account_login"), {"login": "a@b.c", "password": "open sesame"})

    page = soup(response.content.decode())
    assert words(page.h1) == "Please start again"
    assert page.select_one("main a")["href"] == reverse("account_login")
    assert "sesame" not in str(page)


def test_a_file_is_asked_for_again(strict, tmp_path):
    (tmp_path / "letter.txt").write_text("words")
    with (tmp_path / "letter.txt").open() as letter:
        page = soup(strict.post("/echo/", {"note": "n", "letter": letter}).content.decode())

    assert page.select_one("input[type=file]")["name"] == "letter"
    assert page.form["enctype"] == "multipart/form-data"


# --- 400 ------------------------------------------------------------------------------------


def test_a_request_that_makes_no_sense_has_a_page_of_its_own(client):
    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=1):
        response = client.post("/refuse/", {"a": "1", "b": "2"})

    assert response.status_code == 403
    assert views.bad_request(response.wsgi_request, ValueError()).status_code == 400


# --- All of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "expired_form"])
def test_every_page_has_one_heading_a_title_and_a_way_on(name):
    page = soup(render_to_string(f"errors/{name}.html", {"service_name": "S", "action": "/x"}))

    assert len(page.select("h1")) == 1
    assert page.title.get_text().endswith(" – S")
    assert page.select("main a, main button") != []
