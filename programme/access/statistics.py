"""What the database knows of how many rows its tables have, by which it plans its answers."""

from django.db import connection


def count_rows_anew() -> None:
    """After many rows at once. PostgreSQL would find out by itself, but minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT access_count_rows_anew()")
