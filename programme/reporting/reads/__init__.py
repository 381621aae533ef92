"""What figures read: tables asked once, and only what was known on the report date."""

from programme.reporting.reads.caseload import Caseload
from programme.reporting.reads.facts import Facts
from programme.reporting.reads.tables import Tables

__all__ = ["Caseload", "Facts", "Tables"]
