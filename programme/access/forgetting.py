"""The one way in which a line of history loses words: a document added by mistake has ended.

History only grows. But what stood on the wrong record often names somebody else, and "it is
deleted" must be so (decision 7). The line stays; two of its columns become blank.
"""

from uuid import UUID

from django.db import connection


def forget_words_of_document(key: UUID) -> None:
    """Blanks what a document was called and whom it came from, in its history; its row is gone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT access_forget_words_of_document(%s)", [key])
        else:
            cursor.execute(
                "UPDATE programme_historicaldocument SET title = '', from_whom = '' WHERE id = %s",
                [key.hex],
            )
