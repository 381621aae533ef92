"""Public search finds what is published for everyone, and nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from cms.models import Word
from programme.access.models import User
from tests.cms.pages import add_guidance, add_resource, questions, text

CANARY = "wryneck"
SEARCH = reverse("cms:search")


def found(client: Client, words: str = CANARY) -> list[str]:
    response = client.get(SEARCH, {"q": words})
    assert response.status_code == 200
    return sorted(page.title for page in response.context["found"].object_list)


@pytest.mark.parametrize(
    "values",
    [
        {"title": f"About the {CANARY}"},
        {"introduction": f"About the {CANARY}."},
        {"search_description": f"About the {CANARY}."},
        {"body": text(f"About the {CANARY}.")},
        {"body": [("important", f"About the {CANARY}.")]},
        {"body": [("folded", {"question": f"A {CANARY}?", "answer": "<p>Yes.</p>"})]},
    ],
    ids=["title", "introduction", "search description", "text", "important", "folded"],
)
class TestEveryPlaceOfWords:
    def test_finds_a_public_page(self, client: Client, home: Page, values: dict) -> None:
        page = add_resource(**values)

        assert found(client) == [page.title]

    def test_hides_a_page_that_was_never_published(
        self, client: Client, home: Page, values: dict
    ) -> None:
        add_resource(live=False, **values)

        assert found(client) == []

    def test_hides_the_next_draft_of_a_public_page(
        self, client: Client, home: Page, values: dict
    ) -> None:
        page = add_resource()
        for name, value in values.items():
            setattr(page, name, value)
        page.save_revision()

        assert found(client) == []

    def test_hides_a_staff_page(self, client: Client, home: Page, values: dict) -> None:
        add_guidance(**values)

        assert found(client) == []

    def test_hides_a_resource_made_private(self, client: Client, home: Page, values: dict) -> None:
        keep_private(add_resource(**values))

        assert found(client) == []

    def test_hides_what_was_unpublished(self, client: Client, home: Page, values: dict) -> None:
        add_resource(**values).unpublish()

        assert found(client) == []


def keep_private(page: Page, kind: str = PageViewRestriction.LOGIN) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=kind)


def test_staff_pages_stay_hidden_when_their_privacy_row_is_gone(client: Client, home: Page) -> None:
    add_guidance(title=f"About the {CANARY}")
    PageViewRestriction.objects.all().delete()

    assert found(client) == []


def test_words_of_the_glossary_are_not_pages(client: Client, home: Page) -> None:
    Word.objects.create(avoid=CANARY, prefer="bird", why="It is one.")

    response = client.get(SEARCH, {"q": CANARY})

    assert list(response.context["found"]) == []


def test_no_answer_to_a_stranger_holds_a_hidden_word(client: Client, home: Page) -> None:
    add_guidance(body=text("About the redstart."))
    keep_private(add_resource(body=text("About the redstart.")))
    add_resource(live=False, body=text("About the redstart."))
    Word.objects.create(avoid="redstart", prefer="bird")

    for address in ("/", "/resources/", "/resources/stage/engagement/", f"{SEARCH}?q=about"):
        assert b"redstart" not in client.get(address).content


def test_staff_find_public_and_staff_pages(
    signed_in: Callable[[User], Client], practitioner: User, home: Page
) -> None:
    add_resource(title=f"A {CANARY}")
    add_guidance(title=f"B {CANARY}")
    keep_private(add_resource(title=f"C {CANARY}"))
    add_guidance(title=f"D {CANARY}", live=False)
    keep_private(add_resource(title=f"E {CANARY}"), PageViewRestriction.GROUPS)

    assert found(signed_in(practitioner)) == [f"A {CANARY}", f"B {CANARY}", f"C {CANARY}"]


def test_a_find_is_shown_with_its_introduction(client: Client, home: Page) -> None:
    add_resource(title=f"A {CANARY}", introduction="For rainy days.")

    assert "For rainy days." in client.get(SEARCH, {"q": CANARY}).content.decode()


def test_a_commissioner_finds_what_a_stranger_finds(
    signed_in: Callable[[User], Client], commissioner: User, home: Page
) -> None:
    add_resource(title=f"A {CANARY}")
    add_guidance(title=f"B {CANARY}")
    keep_private(add_resource(title=f"C {CANARY}"))

    assert found(signed_in(commissioner)) == [f"A {CANARY}"]


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        " ",
        "'",
        '"',
        "\x00",
        "*",
        "NEAR(",
        "z AND",
        "(((",
        "%",
        "\\",
        "' OR 1=1 --",
        "-",
        "z" * 5000,
    ],
)
def test_search_survives_whatever_is_typed(client: Client, home: Page, hostile: str) -> None:
    add_resource(title="Plain")

    assert found(client, hostile) == []


def test_search_asks_the_same_number_of_questions(client: Client, home: Page) -> None:
    asked = {}
    for count in range(1, 31):
        add_resource(body=text(f"About the {CANARY}."))
        asked[count] = questions(client, f"{SEARCH}?q={CANARY}") if count in (1, 3, 30) else 0

    assert asked[1] == asked[3] == asked[30] <= 12
