"""Small files of every kind, made by rule: what a browser sends when one was chosen."""

import io
import zipfile
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from django.utils import timezone

TYPES = "application/vnd.openxmlformats-officedocument"
DOCX = f"{TYPES}.wordprocessingml.document.main+xml"


class Upload:
    """A chosen file; read again, it is whole again, as when a page is sent twice."""

    def __init__(self, content: bytes, name: str = "letter.pdf", content_type: str = "") -> None:
        self.content = content
        self.name = name
        self.content_type = content_type or "application/octet-stream"

    def read(self, *_: Any) -> bytes:
        return self.content


# --- PDF ------------------------------------------------------------------------------------


def a_pdf(*, catalog: str = "", page: str = "", more: tuple[str, ...] = ()) -> bytes:
    """One page that says "A letter"; further entries and objects (from number 6) as given."""
    drawn = "BT /F1 24 Tf 72 720 Td (A letter) Tj ET"
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        f" /Resources << /Font << /F1 5 0 R >> >> {page} >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    ]
    written, places = "%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return f"{written}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


# --- Office ---------------------------------------------------------------------------------


def a_zip(members: dict[str, bytes | str], **options: Any) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, **options) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return whole.getvalue()


def a_docx(main: str = DOCX, **more: bytes | str) -> bytes:
    """A Word document of one line; ``more`` members with "__" for "/"."""
    return a_zip(docx_members(main) | {name.replace("__", "/"): more[name] for name in more})


def docx_members(main: str = DOCX) -> dict[str, bytes | str]:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    words = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "[Content_Types].xml": f'<Types xmlns="{types}">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"/>',
        "word/document.xml": f'<w:document xmlns:w="{words}"><w:body><w:p><w:r><w:t>A letter'
        "</w:t></w:r></w:p></w:body></w:document>",
    }


def an_odt(**more: bytes | str) -> bytes:
    members: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<office/>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return a_zip(members | {name.replace("__", "/"): more[name] for name in more})


# --- E-mail ---------------------------------------------------------------------------------


def an_email(
    words: str = "See the plan.", files: dict[str, bytes] | None = None, html: str = ""
) -> bytes:
    message = EmailMessage()
    message["From"] = "Midwife <midwife@example.test>"
    message["To"] = "grace@example.test"
    message["Subject"] = "The plan"
    message["Date"] = format_datetime(timezone.now())
    message.set_content(words)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in (files or {}).items():
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return message.as_bytes()
