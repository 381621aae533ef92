"""No file without a row: what was written for a request that failed is taken away again."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from programme.documents import keeping
from programme.documents.actions import remove_files_without_rows

logger = logging.getLogger(__name__)


class FilesWithRows:
    """Around the access wall, whose transaction has ended when this looks (decision 12)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Django's middleware protocol."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers; then every file written meanwhile has a row, or is gone."""
        with keeping.watched() as written:
            try:
                return self.get_response(request)
            finally:
                if written:
                    _look_after(written)


def _look_after(written: list[str]) -> None:
    try:
        remove_files_without_rows(written)
    except DatabaseError:
        # The daily sweep finds them.
        logger.error("%s files may lack their rows: the database does not answer.", len(written))
