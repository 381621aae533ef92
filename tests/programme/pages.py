"""What every page's tests ask: rows past the wall, messages, counts of every table."""

import io
import re
from typing import Any

import docx
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from pypdf import PdfReader

from programme.access import actors
from programme.access.scope import acting_as
from programme.audit.models import ChainHead, ChainLink
from tests.pristine import as_owner

# New at every look: the form's token and key, the nonces, and the minute that a print would carry.
NOISE = re.compile(
    rb'name="(?:csrfmiddlewaretoken|key|draft)" value="[^"]*"|nonce="[^"]*"'
    rb"|\d{1,2} [A-Z][a-z]+ \d{4}(?: at)? \d\d:\d\d"
)


def as_seen(response: HttpResponse) -> bytes:
    """The bytes of a page without what is new at every look."""
    return NOISE.sub(b"", response.content)


def rows(model: type[Any], **asked: Any) -> list[Any]:
    """Rows of any table in the order they were stored, whoever may see them."""
    with acting_as(actors.SEEDER):
        return list(model.objects.filter(**asked).order_by("stored_at"))


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Every case row and every line of history, event and log, as the database holds them.

    The seals of the logs follow from these.
    """
    models = set(apps.get_app_config("programme").get_models()) - {ChainHead, ChainLink}
    tables = sorted(model._meta.db_table for model in models if model._meta.managed)
    with as_owner() as cursor:
        return {table: _rows_of(cursor, table) for table in tables}


def _rows_of(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(cursor.fetchall(), key=repr)


def queries(number: int) -> int:
    """So many queries of a page; PostgreSQL is also told who asks, and told no longer."""
    return number + 2 if connection.vendor == "postgresql" else number


def said(response: HttpResponse) -> list[str]:
    """The messages that travel with a redirect."""
    return [str(message) for message in response.wsgi_request._messages]


def text_of(answer: HttpResponse) -> str:
    """What a reader of the answer sees: of a PDF or a Word file every word and fact in it."""
    kind = answer.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        read = PdfReader(io.BytesIO(answer.content))
        return "".join(page.extract_text() for page in read.pages) + str(read.metadata)
    if "wordprocessingml" in kind:
        return text_of_docx(answer.content)
    return answer.content.decode()


def text_of_docx(content: bytes) -> str:
    """Every word of a Word file: body, header, footer, and what it says of itself."""
    read = docx.Document(io.BytesIO(content))
    parts = [read.element, read.sections[0].header._element, read.sections[0].footer._element]
    facts = read.core_properties
    words = [text for part in parts for text in part.itertext()]
    return "\n".join([*words, facts.title, facts.author, facts.subject, facts.last_modified_by])
