"""An editor writes and publishes in Wagtail; nobody else does."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import GuidancePage, ResourcePage, Word
from cms.rich_text import FEATURES
from programme.access.models import User
from tests.builders import make_user
from tests.cms.pages import add_guidance, add_resource


def draft_text(*lines: dict[str, Any], **more: Any) -> str:
    """What the rich-text editor posts."""
    blocks = [
        {"key": f"k{n}", "depth": 0, "inlineStyleRanges": [], "entityRanges": [], **line}
        for n, line in enumerate(lines)
    ]
    return json.dumps({"blocks": blocks, "entityMap": more.get("entities", {})})


def posted(owner: User, body: str, **values: Any) -> dict[str, Any]:
    """The whole form of a resource, as the browser sends it."""
    stages = values.pop("stages", ["active", "ending"])
    form = nested_form_data(
        {
            "title": "A new sheet",
            "slug": "a-new-sheet",
            "introduction": "What it is about.",
            "body": streamfield([("text", body)]),
            "audience": "parents",
            "looked_after_by": owner.pk,
            "last_checked": "2026-03-01",
            "check_by": "",
            "seo_title": "",
            "search_description": "",
            "action-publish": "1",
            **values,
        }
    )
    return {**form, "stages": stages}


@pytest.fixture
def new_resource_address(resources: Page) -> str:
    """Where a new resource is posted to."""
    return reverse("wagtailadmin_pages:add", args=["cms", "resourcepage", resources.pk])


PLAIN = draft_text({"type": "unstyled", "text": "Tea helps."})


def test_an_editor_publishes_and_it_is_listed_at_its_stage(
    signed_in: Callable[[User], Client], editor: User, client: Client, new_resource_address: str
) -> None:
    response = signed_in(editor).post(new_resource_address, posted(editor, PLAIN))

    page = ResourcePage.objects.get()
    assert (response.status_code, page.live, page.stages) == (302, True, ["active", "ending"])
    listed = client.get(reverse("cms:resources_for_stage", args=["ending"]))
    assert [one.title for one in listed.context["resources"]] == ["A new sheet"]
    assert "Tea helps." in client.get(page.url).content.decode()


def test_an_editor_saves_a_draft_and_nobody_sees_it(
    signed_in: Callable[[User], Client], editor: User, client: Client, new_resource_address: str
) -> None:
    form = posted(editor, PLAIN)
    del form["action-publish"]

    signed_in(editor).post(new_resource_address, form)

    listed = client.get(reverse("cms:resources_for_stage", args=["ending"]))
    assert (ResourcePage.objects.get().live, list(listed.context["resources"])) == (False, [])


def test_an_editor_writes_for_staff(
    signed_in: Callable[[User], Client], editor: User, guidance: Page
) -> None:
    address = reverse("wagtailadmin_pages:add", args=["cms", "guidancepage", guidance.pk])

    signed_in(editor).post(address, posted(editor, PLAIN))

    assert GuidancePage.objects.get().live is True


def test_only_an_editor_can_be_an_owner(
    signed_in: Callable[[User], Client], editor: User, new_resource_address: str
) -> None:
    response = signed_in(editor).post(new_resource_address, posted(make_user(), PLAIN))

    errors = response.context["form"].errors
    assert (list(errors), ResourcePage.objects.exists()) == (["looked_after_by"], False)


def test_a_stage_that_does_not_exist_is_refused(
    signed_in: Callable[[User], Client], editor: User, new_resource_address: str
) -> None:
    form = posted(editor, PLAIN, stages=["nowhere"])

    response = signed_in(editor).post(new_resource_address, form)

    assert list(response.context["form"].errors) == ["stages"]


def test_what_is_not_on_the_short_list_is_taken_out(
    signed_in: Callable[[User], Client], editor: User, new_resource_address: str
) -> None:
    body = draft_text(
        {"type": "header-one", "text": "Huge"},
        {"type": "blockquote", "text": "Quoted <script>alert(1)</script>"},
        {
            "type": "unstyled",
            "text": "Slanted",
            "inlineStyleRanges": [{"offset": 0, "length": 7, "style": "ITALIC"}],
        },
        {
            "type": "atomic",
            "text": " ",
            "entityRanges": [{"offset": 0, "length": 1, "key": 0}],
        },
        {
            "type": "unstyled",
            "text": "Click",
            "entityRanges": [{"offset": 0, "length": 5, "key": 1}],
        },
        entities={
            "0": {
                "type": "EMBED",
                "mutability": "IMMUTABLE",
                "data": {"url": "https://video.example/1", "embedType": "video"},
            },
            "1": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}},
        },
    )

    signed_in(editor).post(new_resource_address, posted(editor, body))

    html = ResourcePage.objects.get().body[0].render()
    for refused in ("<h1", "<blockquote", "<i>", "<embed", "<iframe", "<script", "javascript:"):
        assert refused not in html
    assert "Slanted" in html


def test_no_rich_text_anywhere_has_more_than_the_short_list() -> None:
    blocks = [
        block
        for kind in (ResourcePage, GuidancePage)
        for block in walk(kind._meta.get_field("body").stream_block)
        if hasattr(block, "features")
    ]
    fields = [
        field
        for kind in (ResourcePage, GuidancePage)
        for field in kind._meta.get_fields()
        if isinstance(field, RichTextField)
    ]

    assert (len(blocks), fields) == (4, [])
    assert all(set(block.features) <= set(FEATURES) for block in blocks)
    assert set(get_rich_text_editor_widget("default").features) <= set(FEATURES)
    assert not {"embed", "image", "h1", "code", "hr"} & set(FEATURES)


def walk(block: Any) -> list[Any]:
    """A block and all blocks inside it."""
    return [
        block,
        *(one for child in getattr(block, "child_blocks", {}).values() for one in walk(child)),
    ]


def test_an_editor_keeps_the_glossary_and_staff_read_it(
    signed_in: Callable[[User], Client], editor: User, guidance: Page
) -> None:
    browser = signed_in(editor)
    address = reverse("wagtailsnippets_cms_word:add")
    browser.post(address, {"avoid": "placement", "prefer": "home", "why": "It is one."})

    html = browser.get(add_guidance(body=[("glossary", None)]).url).content.decode()

    assert Word.objects.get().prefer == "home"
    for word in ("placement", "home", "It is one."):
        assert word in html


@pytest.mark.parametrize("who", ["practitioner", "commissioner"])
def test_nobody_else_opens_the_editor(
    signed_in: Callable[[User], Client], request: pytest.FixtureRequest, home: Page, who: str
) -> None:
    user = request.getfixturevalue(who)

    for address in ("/cms/", "/cms/pages/", f"/cms/pages/{add_resource().pk}/edit/"):
        assert signed_in(user).get(address).status_code == 403


def test_the_group_alone_opens_nothing(
    signed_in: Callable[[User], Client], editor: User, home: Page
) -> None:
    left = make_user()
    left.groups.set(editor.groups.all())

    assert signed_in(left).get("/cms/").status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/cms/", "/cms/pages/", "/cms/images/", "/cms/documents/", "/cms/snippets/cms/word/"],
)
def test_an_editor_opens_what_she_works_with(
    signed_in: Callable[[User], Client], editor: User, address: str
) -> None:
    assert signed_in(editor).get(address, follow=True).status_code == 200


@pytest.mark.parametrize(
    "address", ["/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/redirects/"]
)
def test_an_editor_has_no_say_over_people_and_sites(
    signed_in: Callable[[User], Client], editor: User, address: str
) -> None:
    assert signed_in(editor).get(address).headers["Location"] == "/cms/"


def test_an_editors_account_page_changes_neither_name_nor_password(
    signed_in: Callable[[User], Client], editor: User
) -> None:
    browser = signed_in(editor)
    html = browser.get("/cms/account/").content.decode()

    browser.post(
        "/cms/account/",
        {"name_email-email": "other@example.test", "name_email-first_name": "Other"},
    )

    assert 'name="theme-theme"' in html
    assert 'type="password"' not in html
    assert (User.objects.get(pk=editor.pk).email, "name_email" in html) == (editor.email, False)
