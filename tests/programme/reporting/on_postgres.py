"""What a test does as the owner of the database, where PostgreSQL lets nobody else."""

from typing import Any

from tests import pristine


def lines_of_sight() -> list[tuple[str, str, str]]:
    """The log of sights, which the application may write and not read: who, page, outcome."""
    with pristine.as_owner() as cursor:
        cursor.execute("SELECT user_id, page, outcome FROM programme_sight ORDER BY seen_at")
        found: list[tuple[Any, str, str]] = cursor.fetchall()
    return [(str(who).replace("-", ""), page, outcome) for who, page, outcome in found]
