"""What holds by papers, written into the set for figures and the package (decision 0008)."""

from uuid import UUID

from programme.access.writing import check, store
from programme.core.choices import CourtDateKind, CourtSource
from programme.proceedings.actions.said import Dated
from programme.proceedings.models import CourtDate, Proceedings, ProceedingsChild, named_key
from programme.proceedings.reads import in_force, orders_in_force

AS_FIRST_RECORDED = "as first recorded"
# Which date each detail hangs on, and what the set says without one.
DETAILS: dict[str, tuple[CourtDateKind, str | None]] = {
    "notice_days": (CourtDateKind.FIRST_HEARING, None),
    "urgency_reason": (CourtDateKind.FIRST_HEARING, ""),
    "ended_how": (CourtDateKind.CONCLUDED, ""),
}


def keep_what_stood(proceedings: Proceedings) -> None:
    """Before the first date from papers: what the set was loaded with becomes rows too.

    Asked of each fact, for others may have added what is not to be seen here.
    """
    papers = CourtDate.objects.filter(proceedings=proceedings, parent=None)
    known = set(papers.values_list("kind", "child_id"))
    for dated in _as_it_stands(proceedings):
        if (dated.kind, dated.child.pk if dated.child else None) in known:
            continue
        store(
            CourtDate(
                proceedings=proceedings,
                source=CourtSource.OTHER,
                source_words=proceedings.source or AS_FIRST_RECORDED,
                known_on=proceedings.known_on,
                **vars(dated),
            )
        )


def _as_it_stands(proceedings: Proceedings) -> list[Dated]:
    days = (
        Dated(CourtDateKind.LETTER, proceedings.pre_proceedings_letter_on),
        Dated(CourtDateKind.ISSUED, proceedings.issued_on),
        Dated(
            CourtDateKind.FIRST_HEARING,
            proceedings.first_hearing_on,
            notice_days=proceedings.notice_days,
            urgency_reason=proceedings.urgency_reason,
        ),
        Dated(CourtDateKind.CONCLUDED, proceedings.concluded_on, ended_how=proceedings.ended_how),
    )
    links = proceedings.children.exclude(final_order="").select_related("child")
    orders = [
        Dated(CourtDateKind.ORDER, None, child=link.child, order=link.final_order) for link in links
    ]
    return [*(dated for dated in days if dated.happened_on), *orders]


def show_in_force(proceedings: Proceedings) -> None:
    """Writes what holds by papers into the set, for figures and the package.

    Orders only of children who are seen; another parent's child is left as it is.
    """
    rows = list(CourtDate.objects.filter(proceedings=proceedings, parent=None))
    stands = in_force(rows)
    days = {kind: row.happened_on for kind, row in stands.items()}
    proceedings.pre_proceedings_letter_on = days.get(CourtDateKind.LETTER)
    proceedings.issued_on = days.get(CourtDateKind.ISSUED)
    proceedings.first_hearing_on = days.get(CourtDateKind.FIRST_HEARING)
    proceedings.concluded_on = days.get(CourtDateKind.CONCLUDED)
    _show_details(proceedings, rows, stands)
    _show_source(proceedings, rows, stands)
    check(proceedings)
    proceedings.save()
    stands_for = orders_in_force(rows)
    for child_id in {row.child_id for row in rows if row.child_id}:
        row = stands_for.get(child_id)
        _show_order(proceedings, child_id, row.order if row else "")


def _show_details(
    proceedings: Proceedings, rows: list[CourtDate], stands: dict[str, CourtDate]
) -> None:
    """Each detail as the best source says it; one that no row speaks of stays as it was."""
    for name, (kind, blank) in DETAILS.items():
        of_kind = [row for row in rows if row.kind == kind]
        if of_kind and kind not in stands:
            setattr(proceedings, name, blank)
        best = in_force(row for row in of_kind if getattr(row, name) not in ("", None)).get(kind)
        if best and kind in stands:
            setattr(proceedings, name, getattr(best, name))


def _show_source(
    proceedings: Proceedings, rows: list[CourtDate], stands: dict[str, CourtDate]
) -> None:
    """The set's own source and day: of the issue, or of what came before it.

    A set loaded without the day it became known has none, and counts as always known.
    """
    issues = [row for row in rows if row.kind == CourtDateKind.ISSUED and not row.taken_back]
    # Orders only where nothing else is known: who adds may not see those of every child.
    of_the_set = [row for row in rows if row.kind != CourtDateKind.ORDER]
    days = [row.known_on for row in issues or of_the_set or rows]
    proceedings.known_on = None if None in days else min(filter(None, days), default=None)
    of = stands.get(CourtDateKind.ISSUED) or stands.get(CourtDateKind.LETTER)
    was_loaded = of and of.source == CourtSource.OTHER and of.source_words == proceedings.source
    if of and not was_loaded:
        words = f": {of.source_words}" if of.source_words else ""
        proceedings.source = f"{of.get_source_display()}{words}"[:200]


def _show_order(proceedings: Proceedings, child_id: UUID, order: str) -> None:
    link = proceedings.children.filter(child_id=child_id).first()
    if link is None:
        key = named_key(proceedings.pk, child_id)
        link = ProceedingsChild(id=key, proceedings=proceedings, child_id=child_id)
    if link.final_order != order:
        link.final_order = order
        link.save()
