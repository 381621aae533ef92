"""The gate itself: size, virus scan, type by content, cleaning."""

import re
import unicodedata
from pathlib import PureWindowsPath

from programme.documents.gate import images, mail, office, outlook, pdf, scanner
from programme.documents.gate.letters import Letter
from programme.documents.gate.types import LARGEST_FILE, Admitted, FileType, Refused, endings_of

LONGEST_NAME = 120
MOST_FILES = 40
DEEPEST = 3
KEPT_TYPES = "Add a PDF, a picture, a Word, Excel, PowerPoint or OpenDocument file, or an email."
OLD_OFFICE = (
    "This is an old kind of Office file, which can hide programs. "
    "Open it, choose “Save as”, and save it as a PDF or as .docx, .xlsx or .pptx."
)
ONE_BY_ONE = "Save the other attachments on your device and add them one by one."


def admit(content: bytes, name: str) -> Admitted:
    """The file as it will be kept; raises ``Refused`` with words for whoever sent it."""
    scanner.scan(content)
    admitted = _admit(content, tidy_name(name), depth=0)
    if admitted.count > MOST_FILES:
        raise Refused(f"This email has more than {MOST_FILES - 1} attachments. {ONE_BY_ONE}")
    return admitted


def tidy_name(name: str) -> str:
    """A file's own name without folders and without signs that hide its ending."""
    last = PureWindowsPath(name.replace("\0", "")).name
    plain = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    return re.sub(r"\s+", " ", plain).strip()[-LONGEST_NAME:]


def _admit(content: bytes, name: str, depth: int) -> Admitted:
    if len(content) > LARGEST_FILE:
        raise Refused("This file is larger than 15 MB. Make it smaller or send it in parts.")
    if not content.strip(b"\0 \r\n\t"):
        raise Refused("This file has nothing in it. Choose another.")
    found = _recognised(content, name, depth)
    _refuse_false_ending(name, found.file_type)
    return found


def _recognised(content: bytes, name: str, depth: int) -> Admitted:
    if pdf.looks_like(content):
        return pdf.cleaned(content, name)
    if images.looks_like(content):
        return images.cleaned(content, name)
    if office.looks_like(content):
        return office.cleaned(content, name)
    letter = _letter(content)
    if letter is None:
        raise Refused(f"This kind of file cannot be kept. {KEPT_TYPES}")
    return _admit_letter(letter, name, depth)


def _letter(content: bytes) -> Letter | None:
    if outlook.is_compound(content):
        if not outlook.looks_like(content):
            raise Refused(OLD_OFFICE)
        return outlook.read(content)
    return mail.read(content) if mail.looks_like(content) else None


def _admit_letter(letter: Letter, name: str, depth: int) -> Admitted:
    """An e-mail as plain words, each attachment through the same gate."""
    if depth > DEEPEST:
        raise Refused("Emails lie inside emails inside emails here. Save the inner ones first.")
    if len(letter.files) >= MOST_FILES:
        raise Refused(f"This email has more than {MOST_FILES - 1} attachments. {ONE_BY_ONE}")
    names = [tidy_name(one.name) or "attachment" for one in letter.files]
    attachments = [
        _attachment(one.content, own, depth + 1)
        for one, own in zip(letter.files, names, strict=True)
    ]
    content = mail.rebuilt(letter, names)
    return Admitted(FileType.EMAIL, content, name, tuple(attachments))


def _attachment(content: bytes | Letter, name: str, depth: int) -> Admitted:
    try:
        if isinstance(content, Letter):
            return _admit_letter(content, name, depth)
        scanner.scan(content)
        return _admit(content, name, depth)
    except scanner.NoAnswer:
        raise
    except Refused as refused:
        said = refused.words if ONE_BY_ONE in refused.words else f"{refused.words} {ONE_BY_ONE}"
        raise Refused(f"Nothing was saved, because of the attachment “{name}”. {said}") from None


def _refuse_false_ending(name: str, found: FileType) -> None:
    """A name may have no ending; one that says something else is a trick or a slip."""
    _, dot, ending = name.rpartition(".")
    if (
        dot
        and re.fullmatch(r"[A-Za-z0-9]{1,8}", ending)
        and ending.lower() not in endings_of(found)
    ):
        raise Refused(
            f"The name of this file ends in .{ending}, but what is inside is {_a(found)}. "
            "Open it, save it again under a new name, and add that."
        )


def _a(found: FileType) -> str:
    words = found.label if found.label.isupper() else found.label[:1].lower() + found.label[1:]
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"
