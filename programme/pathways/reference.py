"""Pathways, stages and timescales that ship, as rows; edited rows are never overwritten."""

from datetime import date

from programme.core.choices import PathwayCode
from programme.core.reference import rows
from programme.pathways.models import Pathway, StageDefinition, TimescaleRule


def load_pathways() -> None:
    """Adds the pathways, stages and timescale rules that are missing; safe to repeat."""
    Pathway.objects.bulk_create(
        [Pathway(code=code.value, label=code.label) for code in PathwayCode],
        ignore_conflicts=True,
    )
    _load_stages()
    _load_timescales()


def _load_stages() -> None:
    known = set(StageDefinition.objects.values_list("pathway_id", "code"))
    StageDefinition.objects.bulk_create(
        StageDefinition(
            pathway_id=row["pathway"],
            code=row["stage"],
            position=int(row["position"]),
            label=row["label"],
            usual_length=int(row["usual_length"]) if row["usual_length"] else None,
            unit=row["unit"],
            starts=row["starts"],
            ends_when=row["ends_when"],
            source=row["source"],
            to_be_confirmed=row["to_be_confirmed"] == "yes",
        )
        for row in rows("pathways")
        if (row["pathway"], row["stage"]) not in known
    )


def _load_timescales() -> None:
    which = ("code", "applies_to", "stage", "kind")
    known = set(TimescaleRule.objects.values_list(*which))
    shipped = shipped_timescales()
    missing = [
        rule for rule in shipped if tuple(getattr(rule, name) for name in which) not in known
    ]
    TimescaleRule.objects.bulk_create(missing)


def shipped_timescales() -> list[TimescaleRule]:
    """The rules of the reference table, not stored."""
    return [
        TimescaleRule(
            code=row["rule"],
            step=row["step"],
            starts_from=row["starts_from"],
            count=int(row["count"]),
            unit=row["unit"],
            calendar=row["calendar"],
            jurisdiction=row["jurisdiction"],
            applies_to=row["applies_to"],
            stage=row["stage"],
            kind=row["kind"],
            first_day_counted=row["first_day_counted"] == "yes",
            stopped_by_pause=row["stopped_by_pause"] == "yes",
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            note=row["note"],
            source=row["source"],
            to_be_confirmed=row["to_be_confirmed"] == "yes",
        )
        for row in rows("timescales")
    ]
