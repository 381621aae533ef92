"""Two releases of the same days, as when one is corrected: a small change stays hidden."""

from datetime import date

import pytest

from programme.reporting.definitions import DEFINITIONS
from programme.reporting.disclosure.ledger import Scope
from programme.reporting.disclosure.protect import protect
from programme.reporting.figures import count

YEAR = Scope(frozenset({"p"}), date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31))


@pytest.mark.parametrize(("then", "now", "shown"), [(16, 16, "16"), (16, 17, "c"), (16, 40, "40")])
def test_a_second_release_of_the_same_days(then: int, now: int, shown: str) -> None:
    first = protect([count(DEFINITIONS["SN-3"], then)], YEAR)

    second = protect([count(DEFINITIONS["SN-3"], now)], YEAR, [list(first.statements)])

    assert [figure.display for figure in second.figures] == [shown]
