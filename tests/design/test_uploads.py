"""A file larger than any form takes is cut off while it arrives, and the form still answers."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

LIMIT = 200_000


def arrived(size: int) -> tuple[int | None, str]:
    """How much of a file of this size arrives, and what was typed after it."""
    file = SimpleUploadedFile("film.mov", bytes(size))
    request = RequestFactory().post("/", {"file": file, "title": "After the file"})
    with request.FILES["file"] as received:
        assert not isinstance(received, list)
        return received.size, request.POST["title"]


def test_a_file_is_cut_off_one_byte_past_the_limit(settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = LIMIT

    sizes = {size: arrived(size)[0] for size in (10, LIMIT, LIMIT + 1, 5 * LIMIT)}

    assert sizes == {10: 10, LIMIT: LIMIT, LIMIT + 1: LIMIT + 1, 5 * LIMIT: LIMIT + 1}


def test_what_was_typed_after_the_file_is_kept(settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = LIMIT

    assert arrived(5 * LIMIT)[1] == "After the file"
