"""Photos: what a camera writes beside the pixels is gone, and the picture is the right way up."""

import io
import zipfile
import zlib
from typing import Any

import pikepdf
import pillow_heif
import pytest
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from programme.documents.gate import FileType, Refused, admit, pdf
from programme.documents.gate.photos import without_notes
from tests.files import a_pdf, a_zip, an_email, docx_members

CANARY = "canary-home-street"
GPS, MAKE, REMARK, ORIENTATION = 0x8825, 0x010F, 0x9286, 0x0112
# 51 degrees 30 minutes 26 seconds north, as a phone writes it.
PLACE = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0), 29: "2026:03:04"}
KINDS = ("JPEG", "HEIF", "PNG", "WEBP")
SIZE = (64, 48)


def a_photo() -> Image.Image:
    """Red at the top left, else teal, so that the way it stands can be seen."""
    photo = Image.new("RGB", SIZE, "teal")
    photo.paste("red", (0, 0, 20, 16))
    return photo


def notes(turned: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = CANARY, turned
    exif.get_ifd(GPS).update(PLACE)
    exif.get_ifd(0x8769)[REMARK] = CANARY.encode()
    return exif


def taken(kind: str, turned: int = 1) -> bytes:
    """A photo with everything a phone writes: EXIF with GPS, XMP, a remark, a small picture."""
    written = io.BytesIO()
    exif = notes(turned).tobytes()
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()
    more: dict[str, Any] = {}
    if kind == "HEIF":
        pillow_heif.from_pillow(a_photo()).save(written, exif=exif, xmp=xmp)
        return written.getvalue()
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Comment", CANARY)
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp.decode())
    elif kind == "JPEG":
        more |= {"xmp": xmp, "comment": CANARY}
    else:
        more["xmp"] = xmp
    a_photo().save(written, kind, exif=exif, **more)
    return written.getvalue()


def found_in(content: bytes) -> dict[str, Any]:
    """Everything a reader of pictures finds beside the pixels."""
    with Image.open(io.BytesIO(content)) as picture:
        exif = picture.getexif()
        info = {key: value for key, value in picture.info.items() if not key.startswith("jfif")}
        return {**info, **dict(exif), **exif.get_ifd(GPS)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_is_in_the_photo_before(kind: str) -> None:
    """The control: each photo really says where it was taken, in several ways."""
    content = taken(kind)

    assert CANARY.encode() in content
    assert {1, 2, 3, 4} <= set(found_in(content))


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_beside_the_pixels(kind: str, turned: int) -> None:
    kept = admit(taken(kind, turned), f"IMG_2041.{kind}")

    leftover = set(found_in(kept.content)) - {"dpi"}
    assert leftover == set()
    assert CANARY.encode() not in kept.content
    assert kept.file_type is (FileType.PNG if kind == "PNG" else FileType.JPEG)


@pytest.mark.parametrize("name", ["IMG_1.HEIC", "IMG_1.jpg", "image", "IMG_1.JPEG"])
def test_a_photo_of_a_phone_is_kept_whatever_the_phone_calls_it(name: str) -> None:
    assert admit(taken("HEIF"), name).file_type is FileType.JPEG


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("turned", "corner"), [(1, (4, 4)), (3, (60, 44)), (6, (44, 4)), (8, (4, 60))]
)
def test_a_photo_stands_the_right_way_up(kind: str, turned: int, corner: tuple[int, int]) -> None:
    """By hand: 3 is upside down, 6 is turned right (the top left comes to the right), 8 left."""
    with Image.open(io.BytesIO(admit(taken(kind, turned), "").content)) as picture:
        seen = picture.convert("RGB").getpixel(corner)

    assert isinstance(seen, tuple)
    assert seen[0] > 200 and seen[1] < 60


def test_the_picture_looks_as_before() -> None:
    with Image.open(io.BytesIO(admit(taken("HEIF"), "a.heic").content)) as kept:
        difference = ImageChops.difference(kept.convert("RGB"), a_photo())

    middle = difference.crop((30, 25, 60, 45))
    assert max(high for _, high in middle.getextrema()) < 12


def test_what_is_hidden_behind_or_inside_a_photo_is_gone() -> None:
    script = b"<script>alert(1)</script>"
    remark = b"\xff\xfe" + (len(script) + 2).to_bytes(2, "big") + script
    photo = taken("JPEG")
    polyglot = photo[:2] + remark + photo[2:] + a_zip({"run.html": script}) + script

    kept = admit(polyglot, "photo.jpg").content

    assert b"script" not in kept and b"PK\x05\x06" not in kept


def with_a_second_behind(photo: bytes) -> bytes:
    """As a phone does that keeps a smaller picture behind the photo."""
    return without_notes(photo) + photo


def with_a_fill_byte(photo: bytes) -> bytes:
    """Any number of FF may stand before a marker."""
    return photo.replace(b"\xff\xe1", b"\xff\xff\xff\xe1")


PHOTOS = {
    "jpeg": taken("JPEG"),
    "jpg": with_a_fill_byte(taken("JPEG")),
    "jfif": with_a_second_behind(taken("JPEG")),
    "png": taken("PNG"),
    "webp": taken("WEBP"),
}


@pytest.mark.parametrize("ending", PHOTOS)
def test_a_photo_inside_a_word_file_tells_no_place(ending: str) -> None:
    photo, name = PHOTOS[ending], f"word/media/image1.{ending}"
    kept = admit(a_zip({**docx_members(), name: photo}), "plan.docx")

    assert CANARY.encode() in photo
    inside = zip_member(kept.content, name)
    assert CANARY.encode() not in inside and b"Exif" not in inside
    assert set(found_in(inside)) - {"dpi", "background", "loop"} == set()
    assert same_pixels(inside, photo)


def test_what_a_picture_is_drawn_from_stays_byte_for_byte() -> None:
    """Shades, see-through parts, a palette, scans in several goes: as they were."""
    drawn = {
        "JPEG": {"progressive": True},
        "PNG": {"transparency": 0},
        "WEBP": {"lossless": True},
    }
    for kind, how in drawn.items():
        written = io.BytesIO()
        picture = a_photo().quantize(8) if kind == "PNG" else a_photo()
        picture.save(written, kind, **how)
        assert (kind, without_notes(written.getvalue())) == (kind, written.getvalue())


def test_cut_short_or_spoiled_a_photo_inside_still_tells_no_place() -> None:
    for photo in PHOTOS.values():
        for length in range(0, len(photo), 7):
            assert CANARY.encode() not in without_notes(photo[:length] or b"\xff\xd8\xff")


@pytest.mark.parametrize("start", [taken("HEIF"), b"II*\0" + bytes(40)], ids=["heic", "tiff"])
def test_a_rare_picture_inside_a_word_file_is_refused_with_what_to_do(start: bytes) -> None:
    with pytest.raises(Refused, match=r"save it as a PDF, and add that\.$"):
        admit(a_zip({**docx_members(), "word/media/image1.x": start}), "plan.docx")


PLACE_IN_XMP = f"<exif:GPSLatitude>{CANARY}</exif:GPSLatitude>"


def a_pdf_with(
    photo: bytes, *, packed: bool = False, signed: bool = False, remark: str = PLACE_IN_XMP
) -> bytes:
    """A page with one photo, as a phone's "print to PDF" writes it."""
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as document:
        kept = zlib.compress(photo) if packed else photo
        names = [pikepdf.Name.FlateDecode] if packed else []
        picture = pikepdf.Stream(document, kept, Type=pikepdf.Name.XObject)
        picture["/Subtype"], picture["/ColorSpace"] = pikepdf.Name.Image, pikepdf.Name.DeviceRGB
        picture["/Width"], picture["/Height"], picture["/BitsPerComponent"] = *SIZE, 8
        picture["/Filter"] = pikepdf.Array([*names, pikepdf.Name.DCTDecode])
        picture["/Metadata"] = document.make_stream(remark.encode())
        resources = document.pages[0]["/Resources"]
        resources["/XObject"] = pikepdf.Dictionary(Photo=document.make_indirect(picture))
        if signed:
            seal = pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3])
            document.Root["/Seal"] = document.make_indirect(seal)
        document.save(whole)
    return whole.getvalue()


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("ending", ["jpeg", "jpg", "jfif"])
def test_a_photo_inside_a_pdf_tells_no_place(ending: str, packed: bool) -> None:
    content = a_pdf_with(PHOTOS[ending], packed=packed)

    kept = admit(content, "letter.pdf")

    assert CANARY.encode() not in kept.content and b"Exif" not in kept.content
    with pikepdf.open(io.BytesIO(kept.content)) as document:
        inside = document.pages[0].get_images()["/Photo"].read_raw_bytes()
    assert set(found_in(inside)) - {"dpi"} == set()
    assert same_pixels(inside, PHOTOS[ending])
    assert kept.told == ""


def test_a_pdf_with_a_clean_photo_stays_byte_for_byte() -> None:
    content = a_pdf_with(without_notes(taken("JPEG")) + b"\n", remark="<dc:title/>")

    assert admit(content, "letter.pdf").content == content


def test_what_an_earlier_state_of_a_pdf_told_is_gone() -> None:
    """A photo that was replaced still lies in the file, with no entry that leads to it."""
    (_, start, table) = a_pdf().rpartition(b"xref\n0")
    left = b"% left behind\n" + taken("JPEG") + b"\n"
    head = a_pdf()[: -len(start + table)]
    content = (
        head
        + left
        + (start + table).replace(str(len(head)).encode(), str(len(head + left)).encode())
    )

    assert CANARY.encode() in content
    assert CANARY.encode() not in admit(content, "letter.pdf").content


def test_a_signed_pdf_is_kept_as_it_is_and_the_person_is_told() -> None:
    content = a_pdf_with(taken("JPEG"), signed=True)
    mail = admit(an_email(files={"a.pdf": content, "b.pdf": content}), "mail.eml")

    assert admit(content, "letter.pdf").content == content
    assert mail.all_told == [pdf.SIGNED]
    assert admit(a_pdf(catalog="/Seal << /ByteRange [0 1] >>"), "letter.pdf").all_told == []


def test_a_scanners_65536_shades_look_alike() -> None:
    """A ramp from black to white, column by column, as 16 bits and as the 8 it is kept with."""
    ramp = Image.new("I;16", (256, 4))
    for column in range(256):
        ramp.paste(column * 257, (column, 0, column + 1, 4))
    written = io.BytesIO()
    ramp.save(written, "PNG")

    with Image.open(io.BytesIO(admit(written.getvalue(), "scan.png").content)) as kept:
        shades = [kept.getpixel((column, 2)) for column in range(256)]

    assert shades == list(range(256))


def test_50_million_pixels_are_kept_and_more_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit of its own, so that no large picture is drawn here."""
    monkeypatch.setattr("programme.documents.gate.images.MOST_PIXELS", 64 * 48)
    assert admit(taken("JPEG"), "a.jpg").content
    monkeypatch.setattr("programme.documents.gate.images.MOST_PIXELS", 64 * 48 - 1)

    with pytest.raises(Refused, match="too many pixels"):
        admit(taken("JPEG"), "a.jpg")


def zip_member(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def same_pixels(one: bytes, other: bytes) -> bool:
    with Image.open(io.BytesIO(one)) as after, Image.open(io.BytesIO(other)) as before:
        return after.tobytes() == before.tobytes()
