"""No count leaves that the ledger does not know: every figure, walked number by number."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from programme.access import actors
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.demo import seed
from programme.pathways.models import Programme
from programme.reporting.board.report import figures_for
from programme.reporting.disclosure.ledger import Scope, Statement
from programme.reporting.disclosure.protect import Protected, protect
from programme.reporting.disclosure.tables import tables_of
from programme.reporting.figures import Figure
from programme.reporting.models import Population
from programme.reporting.periods import Period
from tests import builders as make
from tests.programme.reporting.printed_counts import counts_of
from tests.programme.reporting.test_durham import CASE
from tests.programme.reporting.test_durham import PERIOD as DURHAM_PERIOD

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def said_by(statements: Mapping[str, Statement], table: str) -> dict[str, int | None]:
    """The numbers that the ledger keeps of a table, by the plain names of its cells."""
    return {
        name.removesuffix(f" ({table})"): bounds.number
        for name, bounds in statements[table].said.items()
    }


def unknown_to_the_ledger(protected: Protected) -> list[tuple[str, int]]:
    """The counts of a pack that the statement of their own table does not say."""
    statements = {statement.table: statement for statement in protected.statements}
    missing = []
    for figure in protected.figures:
        written = figure.to_json()
        tables = [figure.id, *(f"{figure.id} by {split}" for split in written.get("by", {}))]
        said = {name: n for table in tables for name, n in said_by(statements, table).items()}
        missing += [one for one in counts_of(written) if one[1] not in known_as(one[0], said)]
    return missing


def known_as(name: str, cells: Mapping[str, int | None]) -> list[int | None]:
    """What the ledger has under a name; a rate counts the people of its figure once more."""
    whole, is_rate, _category = name.partition("[rate=")
    names = [name, whole] if is_rate else [name]
    return [cells[one] for one in names if one in cells]


def not_a_cell(pack: list[Figure]) -> list[tuple[str, int]]:
    """The counts of a pack before anything is hidden that no table holds as a cell."""
    tables = tables_of(pack)
    cells = {
        name.removesuffix(f" ({table.id})"): cell.count
        for table in tables
        for name, cell in table.cells.items()
    }
    found = [one for figure in pack for one in counts_of(figure.to_json())]
    return [(name, number) for name, number in found if number not in known_as(name, cells)]


def pack_of(programme: Programme, period: Period) -> list[Figure]:
    with acting_as(actors.FIGURES):
        return figures_for(programme.pk, period)


def scope_of(programme: Programme, period: Period) -> Scope:
    return Scope(frozenset({str(programme.pk)}), period.first, period.last, period.report_date)


def programmes() -> list[Programme]:
    with acting_as(actors.SEEDER):
        return list(Programme.objects.order_by("name"))


@pytest.fixture
def _demonstration() -> None:
    seed.load(lambda line: None)


@pytest.fixture
def _durham() -> None:
    call_command("load_caseload", str(CASE), stdout=StringIO(), stderr=StringIO())


def whole_year_with_rates(programme: Programme) -> Period:
    """The last 365 days, with births and women of the area loaded for just these days."""
    period = Period(today() - timedelta(days=365), today() - timedelta(days=1))
    for figure, value in (("live_births", 4_000), ("women_15_44", 60_000)):
        make.stored(
            Population,
            area=programme.area,
            year_start=period.first,
            year_end=period.last,
            figure=figure,
            value=value,
            source="Invented",
        )
    return period


@pytest.mark.usefixtures("_demonstration")
def test_every_count_of_the_demonstration_is_known() -> None:
    found: dict[str, list[tuple[str, int]]] = {}
    seen: set[str] = set()
    for programme in programmes():
        period = whole_year_with_rates(programme)
        pack = pack_of(programme, period)
        protected = protect(pack, scope_of(programme, period))
        found[programme.name] = not_a_cell(pack) + unknown_to_the_ledger(protected)
        seen |= {name for figure in pack for name, _ in counts_of(figure.to_json())}

    assert found == {programme.name: [] for programme in programmes()}
    # The walk has been everywhere: rows beside a count, a refusal, splits and what is left out.
    assert seen >= {
        "RE-3:re_referral",
        "SN-3:pregnancies",
        "CO-2:refused",
        "SN-3:excluded:stillborn",
        "referrals_received[rate=live_births]",
        "referrals_received[rate=women_15_44]",
        "parents_newly_pregnant[rate=per_100_person_years]",
        "parents_worked_with[outcome=finished]",
        "BA-10:foster_care[mark=26_weeks]",
        "BA-11:earlier separation|home",
        "TI-10:statutory_visit:of",
    }


@pytest.mark.usefixtures("_durham")
def test_every_count_of_a_published_caseload_is_known() -> None:
    found = {}
    for programme in programmes():
        pack = pack_of(programme, DURHAM_PERIOD)
        protected = protect(pack, scope_of(programme, DURHAM_PERIOD))
        found[programme.package_id] = not_a_cell(pack) + unknown_to_the_ledger(protected)

    assert found == {"pre-birth": [], "pause": []}


def test_the_walk_finds_a_count_that_was_said_to_nobody() -> None:
    """The walk itself can fail: a statement that keeps silent about what its table prints."""
    programme = make.make_programme("Example Programme")
    period = Period(date(2024, 4, 1), date(2025, 3, 31))
    protected = protect(pack_of(programme, period), scope_of(programme, period))
    silent = tuple(
        replace(one, said={}) if one.table == "RE-3" else one for one in protected.statements
    )

    found = unknown_to_the_ledger(replace(protected, statements=silent))

    assert {name for name, _ in found} == {
        "referrals_received",
        "RE-3:re_referral",
        "RE-3:not_recorded",
        "RE-3:open_window",
        "RE-3:excluded:duplicate",
    }
