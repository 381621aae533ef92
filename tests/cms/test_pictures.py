"""Pictures lose what a camera adds, and come from a signed address."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Page

from cms.models import Picture
from tests.cms.pages import add_resource

GPS, PLACE = 0x8825, "51 deg 28' 38\" N"


def photograph(kind: str = "JPEG") -> ContentFile:
    """A red picture that a telephone took lying on its side, with a place written into it."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6
    exif.get_ifd(GPS)[2] = (51.0, 28.0, 38.0)
    written = BytesIO()
    Image.new("RGB", (40, 20), "red").save(written, format=kind, exif=exif)
    return ContentFile(written.getvalue(), name=f"tea.{kind.lower()}")


def kept(file: FieldFile) -> bytes:
    """What lies on the disk."""
    with file.open() as opened:
        return opened.read()


@pytest.fixture
def picture(home: Page, files_on_disk: None) -> Picture:
    """An uploaded photograph."""
    return Picture.objects.create(title="Tea", file=photograph())


def test_the_photograph_of_these_tests_has_a_place() -> None:
    assert PLACE.encode() in photograph().read()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_stored_picture_has_no_metadata(home: Page, files_on_disk: None, kind: str) -> None:
    stored = kept(Picture.objects.create(title="Tea", file=photograph(kind)).file)

    assert PLACE.encode() not in stored
    with Image.open(BytesIO(stored)) as opened:
        assert (opened.format, dict(opened.getexif())) == (kind, {})


def test_a_stored_picture_stands_upright_and_knows_its_size(picture: Picture) -> None:
    assert (picture.width, picture.height) == (20, 40)
    assert picture.file_size == picture.file.size


def test_a_picture_with_few_colours_keeps_them(home: Page, files_on_disk: None) -> None:
    written = BytesIO()
    Image.new("RGB", (4, 4), (200, 30, 30)).convert("P", palette=Image.Palette.ADAPTIVE).save(
        written, format="PNG"
    )

    stored = Picture.objects.create(
        title="Red", file=ContentFile(written.getvalue(), name="red.png")
    )

    with Image.open(BytesIO(kept(stored.file))) as opened:
        assert opened.convert("RGB").getpixel((0, 0)) == (200, 30, 30)


def test_renaming_a_picture_leaves_its_file(picture: Picture) -> None:
    name = picture.file.name
    picture.title = "A cup of tea"

    picture.save()

    assert Picture.objects.get().file.name == name


def test_a_page_shows_a_picture_by_its_signed_address(client: Client, picture: Picture) -> None:
    alone = {"image": picture.pk, "decorative": False, "alt_text": "A cup of tea"}
    page = add_resource()
    page.body = page.body.stream_block.to_python([{"type": "picture", "value": alone}])
    page.save()

    html = client.get(page.url).content.decode()

    rendition = picture.renditions.get()
    assert f'<img alt="A cup of tea" class="cms-picture" height="40" src="{rendition.url}"' in html
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert b"".join(response.streaming_content) == kept(rendition.file)


def test_a_made_up_signature_opens_nothing(client: Client, picture: Picture) -> None:
    made_up = reverse("wagtailimages_serve", args=["x" * 28, picture.pk, "width-960"])

    assert client.get(made_up).status_code == 403


def test_uploads_have_no_address_of_their_own(client: Client, picture: Picture) -> None:
    assert client.get(picture.file.url).status_code in (403, 404)
