"""The sets on one parent's record, each date with its source and the day it became known."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from programme.core.choices import CourtDateKind, FinalOrder, UrgencyReason, YesNoNotRecorded
from programme.people.models import Parent
from programme.people.reads import open_children
from programme.proceedings.models import (
    CourtDate,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Representation,
)
from programme.proceedings.reads.choices import sets_of, who_stands_for
from programme.proceedings.reads.hearings import HearingLine, hearings_of
from programme.proceedings.reads.in_force import (
    in_force,
    orders_in_force,
    said_by,
)
from recurrent.design.words import day_and_year


@dataclass(frozen=True)
class Fact:
    """One kind of date: what holds by papers with its source, and what the parent told us."""

    label: str
    stands: str
    said_by: str = ""
    told: str = ""


@dataclass(frozen=True)
class CourtSet:
    """A set of proceedings on one parent's record."""

    proceedings: Proceedings
    facts: tuple[Fact, ...]
    orders: tuple[Fact, ...]
    hearings: tuple[HearingLine, ...]
    earlier_hearings: tuple[HearingLine, ...]
    representation: tuple[str, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class _Rows:
    """Everything that was read of one set."""

    link: ProceedingsParent
    papers: list[CourtDate]
    told: list[CourtDate]
    children: list[ProceedingsChild]
    hearings: list[HearingLine]
    representation: Representation | None


def court_of(parent: Parent) -> list[CourtSet]:
    """The sets this parent is party to, the newest first (eight queries, however many)."""
    links = list(sets_of(parent))
    keys = [link.proceedings_id for link in links]
    hers = Q(parent=None) | Q(parent=parent)
    about = Q(child=None) | Q(child__in=open_children(parent))
    dates = list(
        CourtDate.objects.filter(hers, about, proceedings__in=keys)
        .select_related("child")
        .order_by("position")
    )
    children = list(
        ProceedingsChild.objects.filter(proceedings__in=keys, child__in=open_children(parent))
        .select_related("child")
        .order_by("child__date_of_birth", "stored_at")
    )
    hearings = hearings_of(parent.pk, keys)
    newest = who_stands_for(parent, keys)
    return [
        _set(
            _Rows(
                link=link,
                papers=[row for row in dates if _is_of(row, link) and row.parent_id is None],
                told=[row for row in dates if _is_of(row, link) and row.parent_id is not None],
                children=[row for row in children if _is_of(row, link)],
                hearings=[line for line in hearings if _is_of(line.hearing, link)],
                representation=newest.get(link.proceedings_id),
            )
        )
        for link in links
    ]


def _is_of(row: object, link: ProceedingsParent) -> bool:
    return getattr(row, "proceedings_id", None) == link.proceedings_id


def _set(rows: _Rows) -> CourtSet:
    return CourtSet(
        proceedings=rows.link.proceedings,
        facts=_facts(rows),
        orders=_orders(rows),
        hearings=tuple(line for line in rows.hearings if line.is_to_come),
        earlier_hearings=tuple(line for line in rows.hearings if not line.is_to_come),
        representation=_representation(rows),
        entries=tuple(_entry(row) for row in sorted((*rows.papers, *rows.told), key=_position)),
    )


def _position(row: CourtDate) -> int:
    return -row.position


# --- Dates ----------------------------------------------------------------------------------


def _facts(rows: _Rows) -> tuple[Fact, ...]:
    papers, told = in_force(rows.papers), in_force(rows.told)
    stands = _stands(rows.link.proceedings)
    return tuple(
        Fact(
            kind.label,
            stands[kind],
            said_by(papers[kind]) if kind in papers else _as_loaded(rows, stands[kind]),
            _told(told.get(kind)),
        )
        for kind in CourtDateKind
        if kind in stands
    )


def _stands(proceedings: Proceedings) -> dict[str, str]:
    """What the set holds in force, in words."""
    notice = proceedings.notice_days
    first_hearing = (
        _day(proceedings.first_hearing_on),
        f"notice of {notice} {'day' if notice == 1 else 'days'}" if notice is not None else "",
        _urgency(proceedings),
    )
    ended = (_day(proceedings.concluded_on), proceedings.get_ended_how_display().lower())
    return {
        CourtDateKind.LETTER: _day(proceedings.pre_proceedings_letter_on),
        CourtDateKind.ISSUED: _day(proceedings.issued_on),
        CourtDateKind.FIRST_HEARING: ", ".join(filter(None, first_hearing)),
        CourtDateKind.CONCLUDED: ", ".join(filter(None, ended)),
    }


def _urgency(row: Proceedings | CourtDate) -> str:
    """Why it was urgent, in words; nothing where nobody recorded it."""
    if row.urgency_reason in ("", UrgencyReason.NOT_RECORDED):
        return ""
    return str(row.get_urgency_reason_display()).lower()


def _as_loaded(rows: _Rows, stands: str) -> str:
    """What came in a package says its source once for the whole set."""
    known = rows.link.proceedings.known_on
    source = rows.link.proceedings.source
    said = [f"{source}." if source else "", f"Known since {day_and_year(known)}." if known else ""]
    return " ".join(filter(None, said)) if stands else ""


def _told(row: CourtDate | None) -> str:
    return f"{_of(row)}. {said_by(row)}" if row else ""


def _day(day: date | None) -> str:
    return day_and_year(day) if day else ""


def _of(row: CourtDate) -> str:
    """What one row says, in words."""
    notice = row.notice_days
    said = (
        "taken back" if row.taken_back else "",
        row.get_order_display() if row.order else "",
        _day(row.happened_on),
        f"notice of {notice} {'day' if notice == 1 else 'days'}" if notice is not None else "",
        _urgency(row),
        row.get_ended_how_display().lower() if row.ended_how else "",
    )
    return ", ".join(filter(None, said))


def _entry(row: CourtDate) -> str:
    about = f" ({_name(row.child.given_names)})" if row.child else ""
    return f"{row.get_kind_display()}{about}: {_of(row)}. {said_by(row)}"


# --- Children and representation ------------------------------------------------------------


def _orders(rows: _Rows) -> tuple[Fact, ...]:
    papers = orders_in_force(rows.papers)
    named = {link.child_id: link.child for link in rows.children}
    told = orders_in_force(rows.told)
    lines = [
        Fact(
            _name(link.child.given_names),
            _order(link, papers.get(link.child_id)),
            said_by(papers[link.child_id]) if link.child_id in papers else "",
            _told(told.get(link.child_id)),
        )
        for link in rows.children
    ]
    only_told = [row for key, row in told.items() if key not in named]
    return (
        *lines,
        *(
            Fact(_name(row.child.given_names if row.child else ""), "", "", _told(row))
            for row in only_told
        ),
    )


def _order(link: ProceedingsChild, row: CourtDate | None) -> str:
    order = str(FinalOrder(link.final_order).label) if link.final_order else ""
    made_on = _day(row.happened_on) if row else ""
    return ", ".join(filter(None, [order, made_on]))


def _name(given_names: str) -> str:
    return given_names or "A child"


def _representation(rows: _Rows) -> tuple[str, ...]:
    row = rows.representation
    first = "At the first hearing"
    said = [
        _stands_for(first, row.at_first_hearing if row else "")
        or _stands_for(first, rows.link.represented_at_first_hearing),
        _stands_for("Now", row.now if row else ""),
    ]
    if row and row.solicitor:
        said.append(f"Solicitor: {row.solicitor}")
    return (*filter(None, said), *([said_by(row)] if row else []))


def _stands_for(when: str, answer: str) -> str:
    words = {
        YesNoNotRecorded.YES.value: "somebody stands for the parent",
        YesNoNotRecorded.NO.value: "nobody stands for the parent",
    }
    return f"{when}: {words[answer]}" if answer in words else ""
