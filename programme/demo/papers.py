"""Invented papers of those whom a programme works with today: a letter, an order, an e-mail."""

import io
from datetime import date, timedelta
from email.message import EmailMessage
from uuid import uuid5

from reportlab.pdfgen.canvas import Canvas

from programme.access.models import User
from programme.contacts.actions import Place
from programme.core.choices import DocumentKind
from programme.core.dates import today
from programme.documents.actions import Facts, add_document
from programme.episodes.models import Episode

LETTER = ("Housing Office", "Your place on the waiting list", "You are in band B.")
ORDER = ("Family Court", "Directions order", "The next hearing is listed for one hour.")


def add(episode: Episode, by: User) -> None:
    """The papers of one episode; keys come from the episode, not from chance."""
    day = min(today(), episode.opened_on + timedelta(days=20))
    letter = Facts(DocumentKind.LETTER, "Letter about housing", day, day, "Housing Office")
    _keep(episode, letter, _page(*LETTER, day), "letter.pdf", by)
    order = Facts(DocumentKind.COURT_PAPER, "Directions order", day, None, "Family Court")
    _keep(episode, order, _page(*ORDER, day), "order.pdf", by)
    mail = Facts(DocumentKind.EMAIL, "Email about the waiting list", day, day, "Housing Office")
    _keep(episode, mail, _email(day), "waiting list.eml", by)


def _keep(episode: Episode, facts: Facts, content: bytes, name: str, by: User) -> None:
    add_document(
        key=uuid5(episode.pk, facts.title),
        parent=episode.parent,
        place=Place(episode.programme, episode=episode),
        facts=facts,
        content=content,
        name=name,
        by=by,
    )


def _page(sender: str, title: str, words: str, day: date) -> bytes:
    whole = io.BytesIO()
    page = Canvas(whole, invariant=1)
    lines = ("Invented for the demonstration", sender, f"{day:%d.%m.%Y}", "", title, "", words)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 24 * number, line)
    page.save()
    return whole.getvalue()


def _email(day: date) -> bytes:
    message = EmailMessage()
    message["From"] = "Housing Office <housing@example.invalid>"
    message["Date"] = f"{day:%a, %d %b %Y} 10:00:00 +0000"
    message["Subject"] = "Waiting list"
    message.set_content("The letter is attached. Please ring us with any question.")
    letter = _page(*LETTER, day)
    message.add_attachment(letter, maintype="application", subtype="pdf", filename="band-b.pdf")
    return message.as_bytes()
