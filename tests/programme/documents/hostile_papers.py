"""Hostile PDFs and Office files, made by rule."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf

from tests.files import a_docx, a_pdf, a_zip, an_odt, docx_members

SCRIPT = b"<script>alert(document.cookie)</script>"
Hostile = tuple[str, str, bytes]

# --- PDFs -----------------------------------------------------------------------------------

SCRIPT_OBJECT = "<< /S /JavaScript /JS (x) >>"
ACTS = {
    "script on opening": {"catalog": "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"},
    "script, name spelt oddly": {"catalog": "/OpenAction << /S /J#61vaScript /#4aS (x) >>"},
    "named scripts": {"catalog": "/Names << /JavaScript << /Names [(a) 6 0 R] >> >>"},
    "script of a page": {"page": "/AA << /O << /S /JavaScript /JS (x) >> >>"},
    "script further away": {
        "page": "/AA << /O 6 0 R >>",
        "more": ("<< /S /JavaScript /JS (x) >>",),
    },
    "script nobody points at": {"more": (SCRIPT_OBJECT,)},
    "script deep in a list": {"catalog": "/X [[[ << /A << /JS (x) >> >> ]]]"},
    "starts a program": {"catalog": "/OpenAction << /S /Launch /F (cmd.exe) >>"},
    "link that starts a program": {
        "page": "/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9]"
        " /A << /S /Launch /F (a.exe) >> >>]"
    },
    "sends a form": {"catalog": "/OpenAction << /S /SubmitForm /F (http://x.test) >>"},
    "fetches data": {"catalog": "/OpenAction << /S /ImportData /F (x) >>"},
    "opens an inner file": {"catalog": "/OpenAction << /S /GoToE /T << >> >>"},
    "form of scripts": {"catalog": "/AcroForm << /XFA 6 0 R /Fields [] >>", "more": ("(x)",)},
    "files inside": {"catalog": "/Names << /EmbeddedFiles << /Names [] >> >>"},
    "file pinned to a page": {
        "page": "/Annots [<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 6 0 R >>]",
        "more": ("<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>",),
    },
    "film on a page": {"page": "/Annots [<< /Type /Annot /Subtype /RichMedia /Rect [0 0 9 9] >>]"},
    "sound on a page": {"page": "/Annots [<< /Type /Annot /Subtype /Sound /Rect [0 0 9 9] >>]"},
}


def pdfs() -> Iterator[Hostile]:
    whole = a_pdf()
    for what, parts in ACTS.items():
        yield f"pdf: {what}", "letter.pdf", a_pdf(**parts)  # type: ignore[arg-type]
        # Packing leaves out what nothing points at.
        if what == "script nobody points at":
            continue
        yield f"pdf, packed: {what}", "letter.pdf", packed(a_pdf(**parts))  # type: ignore[arg-type]
    archive = a_zip({"run.html": SCRIPT})
    yield "pdf and zip", "letter.pdf", whole + archive
    yield "zip and pdf", "letter.pdf", archive + whole
    yield "pdf and page", "letter.pdf", whole + b"<html>" + SCRIPT
    yield "page and pdf", "letter.pdf", b"<html>" + SCRIPT + b"-->" + whole
    yield "program and pdf", "letter.pdf", b"MZ" + bytes(60) + whole
    yield "zip inside, whole to both", "letter.pdf", pdf_in_a_comment_of_a_zip()
    yield "pdf: half of it", "letter.pdf", whole[: len(whole) // 2]
    yield "pdf: only its first line", "letter.pdf", b"%PDF-1.7\n%%EOF"
    yield (
        "pdf: no pages",
        "letter.pdf",
        whole.replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0"),
    )
    yield "pdf: locked", "letter.pdf", locked(whole)
    yield "pdf: bomb", "letter.pdf", pdf_bomb()


def packed(content: bytes) -> bytes:
    """The same with its objects hidden in compressed streams."""
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.getvalue()


def locked(content: bytes) -> bytes:
    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(whole, encryption=pikepdf.Encryption(owner="o", user="u"))
    return whole.getvalue()


def pdf_in_a_comment_of_a_zip() -> bytes:
    """Begins and ends as a PDF; a reader of zips finds an archive in it all the same."""
    head = b"%PDF-1.7\n"
    archive = a_zip({"run.html": SCRIPT})
    tail = a_pdf()[len(head) :]
    end = archive.rfind(b"PK\x05\x06")
    size, start = struct.unpack("<II", archive[end + 12 : end + 20])
    closing = archive[end : end + 12] + struct.pack("<IIH", size, start + len(head), len(tail))
    return head + archive[:end] + closing + tail


def pdf_bomb() -> bytes:
    """A stream of 15 kB that unpacks to many gigabytes' worth of pages is told by its growth."""
    packing = zlib.compressobj(9)
    grown = b"".join(packing.compress(bytes(10_000_000)) for _ in range(30)) + packing.flush()
    stream = grown.decode("latin-1")
    return a_pdf(
        more=(f"<< /Length {len(grown)} /Filter /FlateDecode >>\nstream\n{stream}\nendstream",)
    )


# --- Office ---------------------------------------------------------------------------------


def offices() -> Iterator[Hostile]:
    members = docx_members()
    for name in ("../evil.txt", "/etc/passwd", "word/../../x", "..\\evil.bat", "C:/evil.exe"):
        yield f"docx with {name}", "letter.docx", a_zip({**members, name: "x"})
    macro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    yield "docx that says macros", "letter.docx", a_docx(macro)
    yield "docm", "letter.docm", a_docx(macro, word__vbaProject_bin="x")
    for name in ("word/vbaProject.bin", "word/vbaData.xml", "word/activeX/activeX1.xml"):
        yield f"docx with {name}", "letter.docx", a_zip({**members, name: "x"})
    for name in ("xl/macrosheets/sheet1.xml", "customUI/customUI.xml"):
        yield f"docx with {name}", "letter.docx", a_zip({**members, name: "x"})
    for name in ("word/embeddings/oleObject1.bin", "word/embeddings/a.xlsx"):
        yield f"docx with {name}", "letter.docx", a_zip({**members, name: b"MZ" + bytes(99)})
    for kind in ("attachedTemplate", "oleObject", "frame"):
        yield f"docx that fetches its {kind}", "letter.docx", a_zip({**members, **fetching(kind)})
    yield "odt with macros", "letter.odt", an_odt(Basic__Standard__Module1_xml="x")
    yield "odt with scripts", "letter.odt", an_odt(Scripts__python__x_py="x")
    yield "odt with an object", "letter.odt", an_odt(**{"Object 1/x": "x"})
    yield "odt, locked", "letter.odt", an_odt(**{"META-INF/manifest.xml": "<encryption-data/>"})
    yield "docx twice its main part", "letter.docx", twice(members)
    yield "docx with a link", "letter.docx", with_link(members)
    yield "docx behind a program", "letter.docx", b"MZ" + bytes(50) + a_zip(members)
    yield "docx before a program", "letter.docx", a_zip(members) + b"MZ" + bytes(50)
    yield "docx with a remark", "letter.docx", with_remark(members)
    yield "docx, one byte wrong", "letter.docx", spoilt(a_zip(members))
    yield "docx, locked", "letter.docx", marked(a_zip(members))
    yield (
        "docx: its types name files",
        "letter.docx",
        a_zip({**members, "[Content_Types].xml": XXE}),
    )
    yield "docx: its types grow", "letter.docx", a_zip({**members, "[Content_Types].xml": LAUGHS})
    yield (
        "docx without a main part",
        "letter.docx",
        a_zip({**members, "word/document.xml": ""} | {})[:-1],
    )
    yield "zip bomb", "letter.docx", a_zip({**members, "word/media/a.png": bytes(60_000_000)})
    yield "zip bomb of many", "letter.docx", a_zip(members | {f"a{n}": "" for n in range(6000)})
    yield "zip bomb that lies", "letter.docx", lying(members)


def fetching(kind: str) -> dict[str, bytes | str]:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}"><Relationship Id="r1"'
        f' Type="http://x.test/relationships/{kind}" Target="http://x.test/a.dotm"'
        ' TargetMode="External"/></Relationships>'
    }


XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Types>&b;</Types>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Types>&c;</Types>'
)


def twice(members: dict[str, bytes | str]) -> bytes:
    whole = io.BytesIO(a_zip(members))
    with zipfile.ZipFile(whole, "a") as package:
        package.writestr("WORD/document.xml", "other words")
    return whole.getvalue()


def with_link(members: dict[str, bytes | str]) -> bytes:
    whole = io.BytesIO(a_zip(members))
    link = zipfile.ZipInfo("word/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(whole, "a") as package:
        package.writestr(link, "/etc/passwd")
    return whole.getvalue()


def with_remark(members: dict[str, bytes | str]) -> bytes:
    whole = io.BytesIO(a_zip(members))
    with zipfile.ZipFile(whole, "a") as package:
        package.comment = SCRIPT
    return whole.getvalue()


def spoilt(archive: bytes) -> bytes:
    at = archive.index(b"word/document.xml") + 40
    return archive[:at] + bytes([archive[at] ^ 0xFF]) + archive[at + 1 :]


def marked(archive: bytes) -> bytes:
    """Each member says it is locked, in the list at the end."""
    return archive.replace(b"PK\x01\x02\x14\x03\x14\0\0\0", b"PK\x01\x02\x14\x03\x14\0\x01\0")


def lying(members: dict[str, bytes | str]) -> bytes:
    """A member that says it is small and is not."""
    archive = a_zip({**members, "z": bytes(3_000_000)})
    return archive.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 100))
