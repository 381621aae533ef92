"""PostgreSQL asks the rule view once a query, however few rows it believes a table to have.

As one side of a join the view's functions may run again for every row of the other side: a
report of 80 parents then took minutes, whenever the tables had last been counted empty.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from programme.access.parts import Role
from programme.access.scope import acting_as, reading_figures
from programme.access.statistics import count_rows_anew
from programme.access.wall import case_models
from tests import builders as make

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def joined(plan: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Where a function of the rule view stands below a join and not in a part worked out once."""
    if plan.get("Subplan Name"):
        path = ()
    path = (*path, plan["Node Type"])
    asks = plan["Node Type"] == "ProjectSet" or plan.get("Function Name", "").startswith("access_")
    if asks and any(kind in ("Nested Loop", "Hash Join", "Merge Join") for kind in path):
        yield " > ".join(path)
    for inner in plan.get("Plans", []):
        yield from joined(inner, path)


def plan_of(rows: Any) -> dict[str, Any]:
    (plan,) = json.loads(rows.explain(format="json"))
    return plan["Plan"]


def test_every_table_is_read_without_joining_the_rule_view() -> None:
    manager = make.make_practitioner(make.make_programme(), role=Role.MANAGER)
    count_rows_anew()

    with acting_as(manager):
        own = {model: list(joined(plan_of(model.objects.all()))) for model in case_models()}
        with reading_figures():
            counted = {model: list(joined(plan_of(model.objects.all()))) for model in case_models()}

    assert own == counted == {model: [] for model in case_models()}
