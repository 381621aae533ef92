"""Handing over a file: its name carries the reference and the kind, never a name."""

from django.http import HttpResponse

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file(content: bytes, kind: str, name: str) -> HttpResponse:
    """The file as something to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
