"""Contraception: only whether an answer is kept with consent; never which one."""

from uuid import UUID

from programme.contraception.models import ContraceptionChoice
from programme.core.choices import ConsentDecision, ContraceptionEvent
from programme.reporting.definitions import DEFINITIONS
from programme.reporting.figures import Figure, Row
from programme.reporting.indicators.counting import share_of
from programme.reporting.periods import Period
from programme.reporting.reads import Caseload
from programme.reporting.reads.people import ChoiceRow, ConsentRow
from programme.reporting.reads.tables import read


def choices_recorded(caseload: Caseload, period: Period) -> Figure:
    """CO-2. Parents whose newest choice is kept with consent, of those who decided about it.

    Base: parents with an open episode on the report date whose newest decision about keeping
    such a record is "given" or "refused". Counted: "given" and not run out (the last day still
    counts), and the newest choice carries any of the eight answers. Withdrawn: out of both, and
    counted. Refused: a row. Not recorded: parents with an open episode and no decision.
    """
    parents = {row.parent_id for row in caseload.open_episodes}
    newest = {parent: caseload.facts.contraception_consent.get(parent) for parent in parents}
    decided = {parent: row for parent, row in newest.items() if row}
    withdrawn = _who(decided, ConsentDecision.WITHDRAWN)
    base = set(decided) - withdrawn
    refused = _who(decided, ConsentDecision.REFUSED)
    in_force = {parent for parent in base - refused if _holds(decided[parent], caseload)}
    return share_of(
        DEFINITIONS["CO-2"],
        in_force & _with_answer(caseload),
        base,
        not_recorded=parents - set(decided),
        excluded={"withdrawn": withdrawn},
        rows=[Row("refused", len(refused), len(base))],
        row_members={"refused": refused},
    )


def _who(decided: dict[UUID, ConsentRow], decision: ConsentDecision) -> set[UUID]:
    return {parent for parent, row in decided.items() if row.decision == decision}


def _holds(row: ConsentRow, caseload: Caseload) -> bool:
    return row.expires_on is None or row.expires_on >= caseload.report_date


def load_choices() -> list[ChoiceRow]:
    """Conversations and choices, the later last."""
    return read(ChoiceRow, ContraceptionChoice.objects.order_by("happened_on", "stored_at"))


def _with_answer(caseload: Caseload) -> set[UUID]:
    """Parents whose newest choice, or other event that carries an answer, has one."""
    newest = {
        row.parent_id: row.answer
        for row in caseload.facts.known(caseload.tables.once(load_choices))
        if row.answer or row.event == ContraceptionEvent.CHOICE
    }
    return {parent for parent, answer in newest.items() if answer}
