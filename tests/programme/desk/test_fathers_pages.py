"""Whoever opens a father's record reads nothing about "her": every page, and every refusal."""

import re
from html import unescape

import pytest

from programme.access.policy import POLICY
from tests.programme.desk.scene import browser_of, make_scene
from tests.programme.pages import text_of

pytestmark = pytest.mark.django_db

WORDS = re.compile(r"\b(she|her|hers|herself|mother|mothers)\b", re.IGNORECASE)
# What a page about a father may say all the same, and why.
ALLOWED = {
    "A pregnancy is recorded on the mother’s record.": "the mother is somebody else",
    "With the mother": "where a child lives",
    "Mother or father? Mother": "who a partner is",
}
# He has no pregnancy of his own; a step is finished from the record, by its button.
NO_PAGE = {
    "pregnancies:add_due_date": 404,
    "pregnancies:decide_telling": 404,
    "pregnancies:record_ending": 404,
    "contacts:finish_next_step": 405,
    "families:remove_important_date": 405,
    "families:switch_prompts": 405,
    "families:end_strength_or_worry": 405,
    "chronology:mark_significant": 405,
    "papers:end_letter": 405,
    "papers:write_again": 405,
    "documents:put_back_document": 405,
    "protection:keep_protection": 405,
}


def words_of(html: str) -> str:
    """What a reader reads, without the names of controls and addresses."""
    seen = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", seen)))


def wrong_words(html: str) -> list[str]:
    """Each wrong word with what stands around it."""
    text = words_of(html)
    for words in ALLOWED:
        text = text.replace(words, " ")
    return [text[max(0, one.start() - 40) : one.end() + 40] for one in WORDS.finditer(text)]


def pages() -> list[str]:
    return [name for name, access in POLICY.items() if access.parts]


@pytest.mark.parametrize("page", pages())
def test_a_page_about_a_father_says_nothing_of_her(page: str) -> None:
    scene = make_scene("father")
    scene.ids.setdefault("pregnancy_id", scene.parent.pk)
    browser = browser_of(scene.user)

    shown = browser.get(scene.address(page))
    refused = browser.post(scene.address(page), {})

    assert shown.status_code == NO_PAGE.get(page, 200)
    assert (wrong_words(text_of(shown)), wrong_words(text_of(refused))) == ([], [])


def test_home_with_a_father_says_nothing_of_her() -> None:
    scene = make_scene("father")

    assert wrong_words(browser_of(scene.user).get("/home/").content.decode()) == []


def test_what_is_allowed_is_still_said() -> None:
    """An exception whose words are gone goes too."""
    scene = make_scene("father")
    scene.ids.setdefault("pregnancy_id", scene.parent.pk)
    browser = browser_of(scene.user)
    answers = [
        getattr(browser, way)(scene.address(one)) for way in ("get", "post") for one in pages()
    ]
    everything = " ".join(words_of(text_of(one)) for one in answers)

    assert [words for words in ALLOWED if words not in everything] == []
