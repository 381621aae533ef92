"""Invented documents, shared by the tests of documents."""

from datetime import datetime
from zoneinfo import ZoneInfo

from programme.reporting.document import Document
from tests.programme.reporting import samples

MADE_AT = datetime(2026, 6, 22, 14, 3, tzinfo=ZoneInfo("Europe/London"))


def document() -> Document:
    return Document(
        title="Board report: Gŵyl and Ŷnys",
        subtitle="April to June 2026",
        marking="OFFICIAL-SENSITIVE",
        made_by="Siân & Sons",
        made_at=MADE_AT,
    )


def board_report() -> Document:
    made = document()
    made.paragraph("The service reached 64 families and took on 56 of them.")
    made.heading(2, "Are we reaching parents early enough?")
    for chart in samples.every_chart().values():
        made.figure(chart)
    made.heading(3, "In detail")
    made.note("For two referrals no reason is recorded.")
    made.page_break()
    made.heading(2, "Parents")
    made.table(["Reference", "Stage"], [[f"P-{n}", "Birth plan"] for n in range(100)], "Parents")
    made.heading(2, "Definitions")
    made.definition_list([("RE-4", "Referrals accepted, of referrals decided.")])
    return made
