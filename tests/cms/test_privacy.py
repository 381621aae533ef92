"""Staff pages ask who is there; passwords shared by many do not exist."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, PageViewRestriction

from cms.setup import STAFF_FILES
from programme.access.models import User
from programme.access.parts import Role
from programme.core.dates import today
from tests.builders import DEMO_BACKEND, grant_role, make_user
from tests.cms.pages import add_guidance, add_resource

SIGN_IN = reverse("account_login")


@pytest.fixture(params=["list", "page", "private resource", "page without its privacy row"])
def staff_address(request: pytest.FixtureRequest, guidance: Page) -> str:
    """Addresses of everything that is for staff."""
    if request.param == "list":
        return guidance.url
    if request.param == "private resource":
        return closed(add_resource()).url
    page = add_guidance()
    if request.param == "page without its privacy row":
        PageViewRestriction.objects.all().delete()
    return page.url


def closed(page: Page) -> Page:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page


def test_a_stranger_is_asked_to_sign_in(client: Client, staff_address: str) -> None:
    response = client.get(staff_address)

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"{SIGN_IN}?next={staff_address}",
    )


def test_staff_read(
    signed_in: Callable[[User], Client], practitioner: User, staff_address: str
) -> None:
    assert signed_in(practitioner).get(staff_address).status_code == 200


def test_editors_read(
    signed_in: Callable[[User], Client], editor: User, staff_address: str
) -> None:
    assert signed_in(editor).get(staff_address).status_code == 200


def test_a_commissioner_is_refused(
    signed_in: Callable[[User], Client], commissioner: User, staff_address: str
) -> None:
    assert signed_in(commissioner).get(staff_address).status_code == 403


def test_reading_ends_with_the_role(
    signed_in: Callable[[User], Client], staff_address: str
) -> None:
    leaver = make_user()
    grant_role(leaver, Role.PRACTITIONER, ends_on=today() - timedelta(days=1))

    assert signed_in(leaver).get(staff_address).status_code == 403


def test_an_unpublished_staff_page_is_nowhere(
    signed_in: Callable[[User], Client], practitioner: User, guidance: Page
) -> None:
    page = add_guidance(live=False)

    assert signed_in(practitioner).get(f"{guidance.url}{page.slug}/").status_code == 404


def test_a_new_list_of_staff_pages_is_private_from_the_start(home: Page, guidance: Page) -> None:
    kind = type(guidance)
    guidance.delete()

    index = home.add_child(instance=kind(title="Guidance", slug="guidance-again"))

    assert [one.restriction_type for one in index.get_view_restrictions()] == ["login"]


@pytest.mark.parametrize(
    ("which", "offered"),
    [("resource", {"none", "login"}), ("staff page", set()), ("list of staff pages", set())],
)
def test_what_privacy_an_editor_can_choose(
    signed_in: Callable[[User], Client],
    editor: User,
    guidance: Page,
    which: str,
    offered: set[str],
) -> None:
    pages = {"resource": add_resource, "staff page": add_guidance}
    page = pages[which]() if which in pages else guidance

    response = signed_in(editor).get(reverse("wagtailadmin_pages:set_privacy", args=[page.pk]))

    html = response.json()["html"]
    kinds = {"none", "login", "groups", "password"}
    assert {kind for kind in kinds if f'value="{kind}"' in html} == offered


@pytest.mark.parametrize(
    "address",
    [
        "/_util/login/",
        "/_util/authenticate_with_password/1/1/",
        "/documents/authenticate_with_password/1/",
        "/cms/password_reset/",
        "/cms/password_reset/done/",
    ],
)
def test_no_second_way_in(client: Client, home: Page, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 403 or response.headers["Location"].startswith(SIGN_IN)


def test_wagtails_own_sign_in_leads_to_ours(client: Client, home: Page) -> None:
    assert client.get("/cms/login/?next=/cms/").headers["Location"] == f"{SIGN_IN}?next=/cms/"


@pytest.fixture
def staff_file(home: Page, files_on_disk: None) -> str:
    """The address of a document for staff."""
    document = get_document_model().objects.create(
        title="Rota",
        file=ContentFile(b"Words for staff", name="rota.txt"),
        collection=Collection.objects.get(name=STAFF_FILES),
    )
    return document.url


def test_a_staff_file_asks_to_sign_in(client: Client, staff_file: str) -> None:
    assert client.get(staff_file).headers["Location"] == f"{SIGN_IN}?next={staff_file}"


def test_staff_open_a_staff_file(
    signed_in: Callable[[User], Client], practitioner: User, staff_file: str
) -> None:
    response = signed_in(practitioner).get(staff_file)

    assert b"".join(response.streaming_content) == b"Words for staff"
    assert response.headers["Content-Disposition"] == 'attachment; filename="rota.txt"'
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_commissioner_opens_no_staff_file(
    signed_in: Callable[[User], Client], commissioner: User, staff_file: str
) -> None:
    assert signed_in(commissioner).get(staff_file).status_code == 403


def test_staff_keep_their_menu_on_a_public_page_and_a_stranger_may_leave_quickly(
    client: Client, practitioner: User
) -> None:
    stranger = client.get("/resources/search/").content.decode()
    client.force_login(practitioner, backend=DEMO_BACKEND)
    staff = client.get("/resources/search/").content.decode()

    assert ('href="/home/"' in staff, "data-leave" in staff) == (True, False)
    assert ('href="/home/"' in stranger, "data-leave" in stranger) == (False, True)
