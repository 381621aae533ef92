"""What a request may bring along."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class CutOff(FileUploadHandler):
    """First of the handlers: passes on no more of a file than any form would take.

    The rest is read and dropped, so that the page can answer with everything else that was typed.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """The part of a file that still fits; None for what comes after."""
        left = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1 - start
        return raw_data[:left] if left > 0 else None

    def file_complete(self, file_size: int) -> None:
        """Another handler keeps the file."""
        return
