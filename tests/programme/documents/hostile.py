"""Files that must not be kept, made by rule: what is inside, under names that say otherwise."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.files import a_docx, a_pdf, a_zip, an_email, an_odt, docx_members
from tests.outlook_files import a_compound, a_message, an_outlook_email
from tests.programme.documents.hostile_papers import ACTS, SCRIPT, Hostile, offices, pdfs

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'

# What no name makes into a document.
BODIES: dict[str, bytes] = {
    "windows program": b"MZ\x90\0" + bytes(400),
    "linux program": b"\x7fELF\x02\x01\x01" + bytes(400),
    "mac program": b"\xcf\xfa\xed\xfe" + bytes(400),
    "java class": b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(100),
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "batch file": b"@echo off\r\ndel *.*\r\n",
    "powershell": b"Invoke-Expression (New-Object Net.WebClient)\n",
    "javascript": b"fetch('/home/').then(x => x.text())\n",
    "visual basic": b'CreateObject("WScript.Shell").Run "calc"\n',
    "page": b"<!DOCTYPE html><html>" + SCRIPT + b"</html>",
    "page with a mark": b"\xef\xbb\xbf<html>" + SCRIPT,
    "page in utf-16": ("<html>" + SCRIPT.decode()).encode("utf-16"),
    "page behind spaces": b"   \n\n<body>" + SCRIPT,
    "mail-like page": b"Content-Type: text/html\n\n" + SCRIPT,
    "drawing": SVG + SCRIPT + b"</svg>",
    "drawing as xml": b'<?xml version="1.0"?>' + SVG + b"</svg>",
    "drawing, packed": zlib.compress(SVG),
    "windows link": b"L\0\0\0\x01\x14\x02\0" + bytes(100),
    "internet link": b"[InternetShortcut]\nURL=file:///c:/windows\n",
    "php": b"<?php system($_GET['c']); ?>",
    "python": b"import os\nos.system('id')\n",
    "test virus": EICAR,
    "archive": a_zip({"letter.pdf": a_pdf()}),
    "archive of the test virus": a_zip({"eicar.com": EICAR}),
    "java archive": a_zip({"META-INF/MANIFEST.MF": "Main-Class: A", "A.class": "x"}),
    "phone app": a_zip({"AndroidManifest.xml": "x", "classes.dex": "dex"}),
    "gzip": b"\x1f\x8b\x08\0" + bytes(100),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(100),
    "rar": b"Rar!\x1a\x07\x01\0" + bytes(100),
    "flash": b"FWS\x0a" + bytes(100),
    "film": b"\0\0\0\x18ftypisom\0\0\x02\0" + bytes(100),
    "rich text": rb"{\rtf1 {\object\objdata 0105}}",
    "old word": a_compound({"WordDocument": bytes(5000), "Macros": {"VBA": {"dir": b"x"}}}),
    "old excel": a_compound({"Workbook": bytes(5000)}),
    "installer": a_compound({"Property": b"x" * 100}),
    "table": b"name,day\n=cmd|' /C calc'!A0,1\n",
    "nothing": b"",
    "only spaces": b" \n\0\0",
}
NAMES = (
    "letter.pdf",
    "photo.jpg",
    "letter.docx",
    "letter.pdf.exe",
    "../../../var/www/letter.pdf",
    "..\\..\\letter.eml",
    "letter\u202efdp.exe",
    "letter.pdf\0.html",
)


def false_names() -> Iterator[Hostile]:
    for what, body in BODIES.items():
        for name in NAMES:
            yield f"{what} as {name!r}", name, body
    good = {"pdf": a_pdf(), "docx": a_docx(), "odt": an_odt(), "jpg": a_jpeg(), "eml": an_email()}
    for ending, body in good.items():
        for wrong in ("exe", "html", "svg", "js", "com", f"{ending}.exe", "zip"):
            yield f"{ending} named .{wrong}", f"letter.{wrong}", body


def a_jpeg() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "JPEG")
    return drawn.getvalue()


# --- Pictures -------------------------------------------------------------------------------


def pictures() -> Iterator[Hostile]:
    yield "png of 60,000 by 60,000", "photo.png", png_of(60_000, 60_000)
    yield "png of 100,000 by 10", "photo.png", png_of(100_000, 10)
    yield "png of 51 million", "photo.png", png_of(8_500, 6_000)
    gif = b"GIF89a" + struct.pack("<HHBBB", 65_000, 65_000, 0, 0, 0)
    yield (
        "gif of 65,000 by 65,000",
        "photo.gif",
        gif + b",\0\0\0\0" + gif[6:10] + b"\0\x02\x02L\x01\0;",
    )
    for kind in ("GIF", "PNG", "WEBP"):
        yield f"moving {kind}", f"photo.{kind.lower()}", moving(kind)
    yield "half a jpeg", "photo.jpg", a_jpeg()[:200]
    yield "the start of a jpeg and a page", "photo.jpg", b"\xff\xd8\xff\xe0" + SCRIPT
    yield "the start of a png and a page", "photo.png", b"\x89PNG\r\n\x1a\n" + SCRIPT
    yield "the start of a gif and a script", "photo.gif", b"GIF89a=1;" + SCRIPT
    yield "the start of a webp", "photo.webp", b"RIFF\x10\0\0\0WEBPVP8 " + SCRIPT
    yield "the start of a heic", "photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + SCRIPT


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is this large and holds hardly anything."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    drawn = io.BytesIO()
    first, second = Image.new("RGB", (9, 9), "red"), Image.new("RGB", (9, 9), "blue")
    first.save(drawn, kind, save_all=True, append_images=[second])
    return drawn.getvalue()


# --- E-mails --------------------------------------------------------------------------------


def emails() -> Iterator[Hostile]:
    worst = (
        "windows program",
        "page",
        "drawing",
        "test virus",
        "archive",
        "old word",
        "windows link",
    )
    for what in worst:
        body = BODIES[what]
        yield f"email with a {what}", "mail.eml", an_email(files={"plan.pdf": body})
        yield f"outlook email with a {what}", "mail.msg", an_outlook_email(files={"plan.pdf": body})
        inner = a_message(files={"plan.pdf": body}, is_inner=True)
        yield f"email in email with a {what}", "m.msg", an_outlook_email(files={"fwd": inner})
        forwarded = an_email(files={"inner.eml": an_email(files={"plan.pdf": body})})
        yield f"forwarded email with a {what}", "mail.eml", forwarded
    for what in ("script on opening", "files inside"):
        acting = a_pdf(**ACTS[what])  # type: ignore[arg-type]
        yield f"email with pdf, {what}", "mail.eml", an_email(files={"plan.pdf": acting})
    macros = a_zip({**docx_members(), "word/vbaProject.bin": "x"})
    yield "email with macros", "mail.eml", an_email(files={"plan.docx": macros})
    yield (
        "email with one good and one bad",
        "mail.eml",
        an_email(files={"good.pdf": a_pdf(), "bad.exe": BODIES["windows program"]}),
    )
    yield (
        "email with 60 files",
        "mail.eml",
        an_email(files={f"{number}.pdf": a_pdf() for number in range(60)}),
    )
    yield "email in email, six deep", "mail.eml", deep(6)
    yield "email of 3,000 parts in parts", "mail.eml", nested_parts(3_000)
    yield (
        "email, encrypted",
        "mail.eml",
        an_email().replace(b"text/plain", b"application/pkcs7-mime"),
    )


def deep(depth: int) -> bytes:
    mail = an_email()
    for _ in range(depth):
        mail = an_email(files={"inner.eml": mail})
    return mail


def nested_parts(depth: int) -> bytes:
    """Boundaries in boundaries, which a careless reader follows until it falls over."""
    lines = ["From: a@example.test", "Date: Wed, 4 Mar 2026 09:30:00 +0000"]
    for number in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{number}"', "", f"--b{number}"]
    return "\n".join([*lines, "Content-Type: text/plain", "", "words"]).encode()


GROUPS = {
    "names": false_names,
    "pdfs": pdfs,
    "offices": offices,
    "pictures": pictures,
    "emails": emails,
}
