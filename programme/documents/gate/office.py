"""Office files are zips of XML: each member is looked at, and the whole is packed anew."""

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from programme.documents.gate import photos
from programme.documents.gate.types import MEDIA_TYPES, MEGABYTE, Admitted, FileType, Refused

MOST_MEMBERS = 5_000
LARGEST_ALL = 150 * MEGABYTE
# How many times its packed size a member may grow; asked only of large ones.
MOST_GROWTH = 200
SMALL = MEGABYTE
CHUNK = 65_536

DAMAGED = "This file is damaged or packed in an odd way. Open it, save it again, and add that."
BOMB = "This file unpacks to far more than it should. Open it, save it as a PDF, and add that."
MACROS = "This file holds a program (a macro). Open it, save it as a PDF, and add that."
OBJECTS = "This file has another program's file inside. Open it, save it as a PDF, and add that."
NOT_OFFICE = (
    "This is a zip or a kind of file that cannot be kept. "
    "Unpack it on your device and add what is inside, one by one."
)
RARE_PICTURE = (
    "There is a film or a rare kind of picture (HEIC or TIFF) in this file, which may say where "
    "it was taken. Open the file, save it as a PDF, and add that."
)
LOCKED = "This file is locked with a password. Open it, take the password off, and add that."

CONTENT_TYPES = "[Content_Types].xml"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    f"{_OPEN_XML}.wordprocessingml.document.main+xml": FileType.DOCX,
    f"{_OPEN_XML}.spreadsheetml.sheet.main+xml": FileType.XLSX,
    f"{_OPEN_XML}.presentationml.presentation.main+xml": FileType.PPTX,
}
OPEN_DOCUMENTS = {
    MEDIA_TYPES[one].encode(): one for one in (FileType.ODT, FileType.ODS, FileType.ODP)
}
PROGRAMS = re.compile(
    r"(^|/)(vba\w*\.\w+|activex/|macrosheets/|dialogsheets/|customui/|basic/|scripts/)", re.I
)
INSIDE = re.compile(r"(^|/)embeddings/|^object[^/]*/|^objectreplacements/", re.I)
OFFICE_INSIDE = re.compile(r"(^|/)embeddings/[^/]+\.(xlsx|docx|pptx)$", re.I)


def looks_like(content: bytes) -> bool:
    """Whether it begins as a zip does."""
    return content.startswith(b"PK\x03\x04")


def cleaned(content: bytes, name: str, *, inner: bool = False) -> Admitted:
    """The same file packed anew from members that were looked at one by one."""
    try:
        members = _members(content)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        UnicodeError,
        ValueError,
    ):
        raise Refused(DAMAGED) from None
    file_type = _type(members)
    _refuse_programs(members)
    _look_inside(members, inner)
    return Admitted(file_type, _packed(members), name)


def _members(content: bytes) -> dict[str, bytes]:
    _refuse_two_in_one(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        listed = package.infolist()
        names = [one.filename for one in listed]
        if len(listed) > MOST_MEMBERS or len({one.casefold() for one in names}) != len(names):
            raise Refused(DAMAGED)
        for one in listed:
            _refuse_odd(one)
        if sum(one.file_size for one in listed) > LARGEST_ALL:
            raise Refused(BOMB)
        kept = (one for one in listed if not one.is_dir())
        return {one.filename: content for one, content in _unpacked(package, kept)}


def _refuse_two_in_one(content: bytes) -> None:
    """The zip is the whole file: nothing before its first member, nothing after its end."""
    end = content[-22:]
    if end[:4] != b"PK\x05\x06" or end[20:22] != b"\0\0":
        raise Refused(DAMAGED)
    size, start = (int.from_bytes(end[at : at + 4], "little") for at in (12, 16))
    if start + size + 22 != len(content):
        raise Refused(DAMAGED)


def _refuse_odd(member: zipfile.ZipInfo) -> None:
    """A member outside its folder, locked, a link, or packed in a rare way."""
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name:
        raise Refused(DAMAGED)
    if member.flag_bits & 0x1:
        raise Refused(LOCKED)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Refused(DAMAGED)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused(DAMAGED)
    grows = member.file_size > MOST_GROWTH * max(member.compress_size, 1)
    if grows and member.file_size > SMALL:
        raise Refused(BOMB)


def _unpacked(
    package: zipfile.ZipFile, listed: Iterator[zipfile.ZipInfo]
) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """What is really there, counted while it is unpacked: a size can be a lie."""
    left = LARGEST_ALL
    for member in listed:
        parts = []
        with package.open(member) as file:
            while part := file.read(CHUNK):
                left -= len(part)
                if left < 0:
                    raise Refused(BOMB)
                parts.append(part)
        yield member, b"".join(parts)


def _type(members: dict[str, bytes]) -> FileType:
    if "mimetype" in members:
        found = OPEN_DOCUMENTS.get(members["mimetype"].strip())
        if found is None or "content.xml" not in members:
            raise Refused(NOT_OFFICE)
        if b"encryption-data" in members.get("META-INF/manifest.xml", b""):
            raise Refused(LOCKED)
        return found
    if CONTENT_TYPES not in members:
        raise Refused(NOT_OFFICE)
    return _open_xml_type(members)


def _open_xml_type(members: dict[str, bytes]) -> FileType:
    said = _content_types(members[CONTENT_TYPES])
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in said.values()):
        raise Refused(MACROS)
    found = {MAIN_PARTS[one]: part for part, one in said.items() if one in MAIN_PARTS}
    if len(found) != 1:
        raise Refused(NOT_OFFICE)
    ((file_type, part),) = found.items()
    if part.lstrip("/") not in members:
        raise Refused(DAMAGED)
    return file_type


def _content_types(xml: bytes) -> dict[str, str]:
    """What each part says it is."""
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused(DAMAGED) from None
    return {
        one.get("PartName") or f"*.{one.get('Extension', '')}": one.get("ContentType", "")
        for one in root
    }


def _refuse_programs(members: dict[str, bytes]) -> None:
    if any(PROGRAMS.search(name) for name in members):
        raise Refused(MACROS)
    # A page that fetches its programs from elsewhere when it is opened.
    relations = (xml for name, xml in members.items() if name.endswith(".rels"))
    for xml in relations:
        if _fetches_template(xml):
            raise Refused(MACROS)


def _fetches_template(xml: bytes) -> bool:
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused(DAMAGED) from None
    return any(
        one.get("TargetMode", "").lower() == "external"
        and one.get("Type", "").rsplit("/", 1)[-1] in ("attachedTemplate", "oleObject", "frame")
        for one in root
    )


def _look_inside(members: dict[str, bytes], inner: bool) -> None:
    """A chart may carry its sheet, which is looked at too; nothing else may lie inside."""
    for name, content in members.items():
        if not INSIDE.search(name):
            continue
        if inner or not OFFICE_INSIDE.search(name) or not looks_like(content):
            raise Refused(OBJECTS)
        members[name] = cleaned(content, name, inner=True).content


def _packed(members: dict[str, bytes]) -> bytes:
    """Packed in the order it came; OpenDocument wants its first member as it is."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name), _without_places(content), packing)
    return whole.getvalue()


def _without_places(content: bytes) -> bytes:
    """A photo inside without what its camera wrote beside it; anything else as it is."""
    if photos.is_of_a_rare_kind(content):
        raise Refused(RARE_PICTURE)
    return photos.without_notes(content)
