"""The types of file that are kept, and what the gate answers."""

from dataclasses import dataclass

from django.db.models import TextChoices

MEGABYTE = 1_000_000
LARGEST_FILE = 15 * MEGABYTE


class FileType(TextChoices):
    """What is kept and handed out again; the value is the ending of a download's name."""

    PDF = "pdf", "PDF"
    JPEG = "jpg", "Picture"
    PNG = "png", "Picture (PNG)"
    DOCX = "docx", "Word document"
    XLSX = "xlsx", "Excel spreadsheet"
    PPTX = "pptx", "PowerPoint slides"
    ODT = "odt", "OpenDocument text"
    ODS = "ods", "OpenDocument spreadsheet"
    ODP = "odp", "OpenDocument slides"
    EMAIL = "eml", "Email"

    @property
    def is_picture(self) -> bool:
        """Whether it is a photo or a scan kept as a picture."""
        return self in (FileType.JPEG, FileType.PNG)

    @property
    def media_type(self) -> str:
        """What a browser is told it is."""
        return MEDIA_TYPES[self]


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    FileType.PDF: "application/pdf",
    FileType.JPEG: "image/jpeg",
    FileType.PNG: "image/png",
    FileType.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    FileType.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
    FileType.PPTX: f"{_OPEN_XML}.presentationml.presentation",
    FileType.ODT: f"{_OPEN_DOCUMENT}.text",
    FileType.ODS: f"{_OPEN_DOCUMENT}.spreadsheet",
    FileType.ODP: f"{_OPEN_DOCUMENT}.presentation",
    FileType.EMAIL: "message/rfc822",
}
# A phone often names one kind of picture as another; nobody is harmed by that.
_PICTURES = frozenset("jpg jpeg jpe jfif png heic heif hif webp gif".split())
_EMAILS = frozenset({"eml", "msg"})
ENDINGS = {
    FileType.JPEG: _PICTURES,
    FileType.PNG: _PICTURES,
    FileType.EMAIL: _EMAILS,
}


class Refused(Exception):
    """A file that is not kept; ``words`` say why and what to do instead."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Admitted:
    """A file as it will be kept, with the attachments of an e-mail beside it."""

    file_type: FileType
    content: bytes
    name: str = ""
    attachments: tuple["Admitted", ...] = ()
    # What whoever added it should know about how it was kept.
    told: str = ""

    @property
    def count(self) -> int:
        """How many files this is."""
        return 1 + sum(one.count for one in self.attachments)

    @property
    def all_told(self) -> list[str]:
        """What is to be said about the file and everything attached to it, each once."""
        below = [said for one in self.attachments for said in one.all_told]
        return list(dict.fromkeys(filter(None, [self.told, *below])))


def endings_of(file_type: FileType) -> frozenset[str]:
    """The endings a file of this type may come with."""
    return ENDINGS.get(file_type, frozenset({file_type.value}))
