"""How large a package may be, so that a hostile one ends with a sentence, not with the server."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The most that is read; a real caseload stays far below."""

    files: int = 100
    # What a zip's table of contents may take up.
    contents_bytes: int = 100_000
    zip_bytes: int = 100 * MEGABYTE
    file_bytes: int = 100 * MEGABYTE
    all_bytes: int = 150 * MEGABYTE
    row_bytes: int = MEGABYTE
    rows: int = 500_000
    # How many times its packed size a file may grow; asked only of files past ``small_bytes``.
    growth: int = 200
    small_bytes: int = MEGABYTE


LIMITS = Limits()


def in_words(size: int) -> str:
    """'100 MB'."""
    return f"{size / MEGABYTE:,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"
