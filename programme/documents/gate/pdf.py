"""PDFs: refused when anything inside would act by itself, else kept byte for byte.

Only what a camera wrote beside a photo inside is taken out, unless the PDF is signed: a changed
one would no longer be.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from programme.documents.gate import photos
from programme.documents.gate.types import MEGABYTE, Admitted, FileType, Refused

# Looking at so many takes some seconds.
MOST_OBJECTS = 100_000
# What one packed stream may grow to: a large page scanned in colour stays below.
LARGEST_STREAM = 250 * MEGABYTE
DAMAGED = "This PDF cannot be read. Open it, print it to a new PDF, and add that."
LOCKED = "This PDF is locked with a password. Open it, print it to a new PDF, and add that."
ACTS = (
    "This PDF holds a small program or opens other things by itself, as some forms do. "
    "Print it to a new PDF and add that."
)
HOLDS_FILES = (
    "This PDF has other files inside it. Save those by themselves, "
    "print the PDF to a new PDF, and add each."
)
TWO_IN_ONE = (
    "This file is a PDF and something else at once, which is a known trick. "
    "Print it to a new PDF and add that."
)
SIGNED = (
    "This PDF is signed, so it was kept as it is. "
    "A photo in it may say where it was taken: mind who gets a copy."
)
# How a photo's notes begin, wherever in the file they lie.
NOTES = (b"Exif\0\0", b"exif:GPS")
ACTIONS = frozenset(
    "/JavaScript /Launch /SubmitForm /ImportData /GoToE /GoTo3DView /Rendition /Movie /Sound "
    "/RichMediaExecute".split()
)
ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
ACTIVE_KINDS = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})
STREAM = re.compile(rb"stream\r?\n")


def looks_like(content: bytes) -> bool:
    """Whether it begins as a PDF does."""
    return content.startswith(b"%PDF-")


def cleaned(content: bytes, name: str) -> Admitted:
    """One whole PDF that only shows pages, and whose photos do not say where they were taken."""
    _refuse_two_in_one(content)
    _refuse_bombs(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.objects) > MOST_OBJECTS or not len(document.pages):
                raise Refused(DAMAGED)
            dictionaries = list(_everything(document))
            for one in dictionaries:
                _refuse_acting(one)
            is_told = _take_out_notes(document, dictionaries) or any(
                note in content for note in NOTES
            )
            if not is_told:
                return Admitted(FileType.PDF, content, name)
            if any("/ByteRange" in one for one in dictionaries):
                return Admitted(FileType.PDF, content, name, told=SIGNED)
            # Written anew, so that no earlier state of the file stays in it.
            whole = io.BytesIO()
            document.save(whole)
            return Admitted(FileType.PDF, whole.getvalue(), name)
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, OverflowError):
        raise Refused(DAMAGED) from None


def _refuse_two_in_one(content: bytes) -> None:
    """Nothing may follow the end, and nothing that reads files from their end may find one."""
    _, end, after = content.rpartition(b"%%EOF")
    if not end:
        raise Refused(DAMAGED)
    if after.strip(b"\0 \r\n\t") or zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused(TWO_IN_ONE)


def _refuse_bombs(content: bytes) -> None:
    for start in STREAM.finditer(content):
        unpacking = zlib.decompressobj()
        grown = 0
        waiting = content[start.end() : start.end() + 2]
        if len(waiting) < 2 or waiting[0] & 0x0F != 8 or int.from_bytes(waiting, "big") % 31:
            continue
        try:
            waiting = content[start.end() :]
            while waiting and not unpacking.eof:
                grown += len(unpacking.decompress(waiting, MEGABYTE))
                if grown > LARGEST_STREAM:
                    raise Refused(DAMAGED)
                waiting = unpacking.unconsumed_tail
        except zlib.error:
            continue


def _everything(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary, wherever it hides: reachable or not, packed or not."""
    waiting: list[Any] = [document.trailer, *document.objects]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            waiting += _direct(value for _, value in one.items())
        elif isinstance(one, pikepdf.Array):
            waiting += _direct(one)


def _direct(values: Iterable[Any]) -> list[Any]:
    """Those that are written in place; the others come by themselves."""
    holders = (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)
    return [one for one in values if isinstance(one, holders) and not one.is_indirect]


def _refuse_acting(one: Any) -> None:
    keys = set(one.keys())
    if "/EF" in keys or "/EmbeddedFiles" in keys or _named(one, "/Type") == "/EmbeddedFile":
        raise Refused(HOLDS_FILES)
    if keys & ACTIVE_KEYS or _named(one, "/S") in ACTIONS:
        raise Refused(ACTS)
    if _named(one, "/Subtype") in ACTIVE_KINDS and "/Rect" in keys:
        raise Refused(ACTS)


def _named(one: Any, key: str) -> str:
    value = one.get(key)
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _take_out_notes(document: pikepdf.Pdf, dictionaries: list[Any]) -> bool:
    """Takes what cameras wrote out of every photo; says whether there was anything."""
    streams = [one for one in dictionaries if isinstance(one, pikepdf.Stream)]
    found = [_take_out_notes_of(document, one) for one in streams]
    for one in dictionaries:
        # What a program wrote about a page or a picture may repeat where it was taken.
        if "/Metadata" in one and _says_where(one["/Metadata"]):
            del one["/Metadata"]
            found.append(True)
    return any(found)


def _take_out_notes_of(document: pikepdf.Pdf, stream: pikepdf.Stream) -> bool:
    """Of a photo kept as a JPEG, alone or packed once more around it."""
    filters = _as_list(stream.get("/Filter"))
    if not filters or filters[-1] not in ("/DCTDecode", "/DCT"):
        return False
    outer = pikepdf.Stream(document, stream.read_raw_bytes())
    if filters[:-1]:
        outer["/Filter"] = pikepdf.Array(filters[:-1])
    jpeg = outer.read_bytes()
    cleaned_jpeg = photos.without_notes(jpeg)
    if cleaned_jpeg == jpeg.rstrip(b"\0\r\n "):
        return False
    settings = _as_list(stream.get("/DecodeParms"))
    stream.write(
        cleaned_jpeg, filter=pikepdf.Name.DCTDecode, decode_parms=settings[-1] if settings else None
    )
    return True


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _says_where(metadata: Any) -> bool:
    return isinstance(metadata, pikepdf.Stream) and b"exif:GPS" in metadata.read_bytes()
