"""Pictures, drawn anew: what is kept is pixels and nothing that a camera wrote beside them."""

import io
import struct

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from programme.documents.gate.types import Admitted, FileType, Refused

# A large photo of a phone; drawn, that is about 150 MB of memory for a moment.
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 30_000
QUALITY = 90
OPENED = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
# These keep sharp edges and see-through parts.
KEPT_AS_PNG = ("PNG", "GIF")
DAMAGED = "This picture cannot be read. It may be damaged, or not be a picture. Choose another."
TOO_LARGE = (
    "This picture has too many pixels (the most is 50 million). "
    "Take it again with the camera's usual setting, or make it smaller."
)
MOVES = "This picture moves. Add one still picture, or a PDF."

pillow_heif.register_heif_opener()


def looks_like(content: bytes) -> bool:
    """Whether it begins as a picture that can be kept."""
    start = content[:16]
    return (
        start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")
        or (start[4:8] == b"ftyp" and start[8:12] in _HEIC)
    )


_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def cleaned(content: bytes, name: str) -> Admitted:
    """The picture drawn anew, the right way up, without anything but its pixels."""
    try:
        with Image.open(io.BytesIO(content), formats=OPENED) as picture:
            _refuse_too_large(picture)
            _refuse_moving(picture)
            file_type = FileType.PNG if picture.format in KEPT_AS_PNG else FileType.JPEG
            return Admitted(file_type, _drawn(picture, file_type), name)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(TOO_LARGE) from None
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        IndexError,
        KeyError,
        TypeError,
        EOFError,
        struct.error,
        RuntimeError,
        ZeroDivisionError,
    ):
        # What the decoders raise when a file is not what it began as.
        raise Refused(DAMAGED) from None


def _refuse_too_large(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Refused(TOO_LARGE)


def _refuse_moving(picture: Image.Image) -> None:
    """A phone keeps a second picture in a photo (depth, a small one): the first is the photo."""
    moves = picture.format in ("PNG", "GIF", "WEBP") and getattr(picture, "n_frames", 1) > 1
    if moves:
        raise Refused(MOVES)


def _drawn(picture: Image.Image, file_type: FileType) -> bytes:
    # Large photos: each copy that is not made is 150 MB less.
    ImageOps.exif_transpose(picture, in_place=True)
    upright: Image.Image = _in_256_shades(picture)
    mode = _mode(upright, file_type)
    if upright.has_transparency_data and mode == "RGB":
        upright = Image.alpha_composite(
            Image.new("RGBA", upright.size, "white"), upright.convert("RGBA")
        )
    # A new picture: whatever was written beside the pixels stays behind.
    fresh = Image.new(mode, upright.size)
    fresh.paste(upright if upright.mode == mode else upright.convert(mode))
    drawn = io.BytesIO()
    if file_type is FileType.PNG:
        fresh.save(drawn, "PNG", compress_level=4)
    else:
        fresh.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()


def _in_256_shades(picture: Image.Image) -> Image.Image:
    """A scanner's 65,536 shades of grey, scaled: cut off at 256 the page would be white."""
    if not picture.mode.startswith("I"):
        return picture
    # A shade that counts as see-through is one of the 65,536.
    picture.info.pop("transparency", None)
    return picture.convert("I").point(lambda shade: shade * (1 / 257) + 0.5).convert("L")


def _mode(picture: Image.Image, file_type: FileType) -> str:
    if file_type is FileType.PNG and picture.has_transparency_data:
        return "RGBA"
    return "L" if picture.mode in ("1", "L") else "RGB"
