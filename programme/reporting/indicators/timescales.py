"""By when something had to be done in a caseload, by the timescale rules as they stand."""

from datetime import date

from programme.pathways.models import TimescaleRule
from programme.pathways.timescales import due_on, rule_in_force
from programme.reporting.reads import Caseload

FORMULATION, BEFORE_BIRTH, AFTER_BIRTH = "T03", "T04", "T05"


def has_rule(caseload: Caseload, code: str, pathway: str) -> bool:
    """Whether the pathway has the rule, since whenever."""
    return rule_in_force(caseload.tables.timescales, code, pathway, date.max) is not None


def due_by_rule(caseload: Caseload, code: str, pathway: str, start: date) -> date | None:
    """The last day in time by the pathway's own rule, None where it has none."""
    rule = rule_in_force(caseload.tables.timescales, code, pathway, start)
    return due_on(rule, start) if rule else None


def due_by_shared_rule(caseload: Caseload, code: str, pathway: str, start: date) -> date | None:
    """The same; a pathway without a row of its own goes by the row that another pathway has.

    The definition gives one count for every programme, so each is measured by it.
    """
    own = due_by_rule(caseload, code, pathway, start)
    return own or _due_by_any(caseload, code, start)


def _due_by_any(caseload: Caseload, code: str, start: date) -> date | None:
    pathways = sorted({rule.applies_to for rule in caseload.tables.timescales if rule.code == code})
    found: list[TimescaleRule | None] = [
        rule_in_force(caseload.tables.timescales, code, pathway, start) for pathway in pathways
    ]
    rules = [rule for rule in found if rule]
    return due_on(rules[0], start) if rules else None
