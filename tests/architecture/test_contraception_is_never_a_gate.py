"""What she chooses, or keeps to herself, changes nothing anywhere else."""

import ast
import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.contraception.models import ContraceptionChoice
from programme.core.choices import ContraceptionAnswer
from programme.core.dates import today
from programme.pathways.models import StageDefinition
from tests import builders
from tests.programme.pages import said

ROOT = Path(__file__).resolve().parents[2]
# The slice itself, its one figure with the reads behind the figures, the package in and out, who
# may see what, the list of models, invented data, and migrations.
MAY_NAME_IT = (
    "programme/contraception/",
    "programme/reporting/",
    "programme/exchange/",
    "programme/access/",
    "programme/models.py",
    "programme/demo/",
    "programme/migrations/",
)
NAMES = {
    "ContraceptionChoice",
    "InformationOffered",
    "HistoricalContraceptionChoice",
    "HistoricalInformationOffered",
    "contraception_choices",
    "contraception_offers",
}
TABLES = ("contraceptionchoice", "informationoffered")


def _others() -> list[Path]:
    files = [*ROOT.glob("programme/**/*.py"), *ROOT.glob("cms/**/*.py")]
    files += ROOT.glob("recurrent/**/*.py")
    named = [(path, path.relative_to(ROOT).as_posix()) for path in files]
    return [path for path, name in named if not name.startswith(MAY_NAME_IT)]


def _spoken_of(source: str) -> set[str]:
    """Every way in which Python code can reach these rows."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
            "programme.contraception"
        ):
            found.add(f"import from {node.module}")
        if isinstance(node, ast.ImportFrom) and node.module == "programme":
            found |= {one.name for one in node.names if one.name == "contraception"}
        if isinstance(node, ast.Import):
            found |= {
                one.name for one in node.names if one.name.startswith("programme.contraception")
            }
        if isinstance(node, ast.Attribute | ast.Name):
            word = node.attr if isinstance(node, ast.Attribute) else node.id
            found |= {word} & NAMES
        if isinstance(node, ast.keyword) and node.arg:
            found |= {name for name in NAMES if name in node.arg}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words = node.value
            found |= {name for name in NAMES if name in words}
            found |= {name for name in TABLES if name in words.lower()}
    return found


@pytest.mark.parametrize(
    "planted",
    [
        "from programme.contraception.models import ContraceptionChoice",
        "from programme import contraception",
        "import programme.contraception.reads",
        "if parent.contraception_choices.exists(): pass",
        "rows.filter(contraception_choices__answer='none')",
        "rows.filter(**{'contraception_offers__happened_on': day})",
        "apps.get_model('programme', 'ContraceptionChoice')",
        "cursor.execute('SELECT 1 FROM programme_contraceptionchoice')",
    ],
)
def test_every_way_to_read_it_is_found(planted):
    assert _spoken_of(planted) != set()


def test_no_other_module_reads_it():
    readers = {
        path.relative_to(ROOT).as_posix(): spoken
        for path in _others()
        if (spoken := _spoken_of(path.read_text(encoding="utf-8")))
    }

    # The addresses of the slice are put beside the others; nothing is read.
    assert readers.pop("programme/urls.py", None) is None
    assert readers == {}


def test_the_figures_read_it_only_for_their_own():
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("programme/reporting/**/*.py")
        if _spoken_of(path.read_text(encoding="utf-8"))
    }

    assert {name for name in readers if not name.startswith("programme/reporting/reads/")} <= {
        "programme/reporting/indicators/contraception.py"
    }


def test_no_template_of_another_slice_names_it():
    words = re.compile("|".join(NAMES), re.IGNORECASE)
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "templates").glob("**/*.html")
        if words.search(path.read_text(encoding="utf-8"))
        and "programme/contraception" not in path.as_posix()
    ]

    assert readers == []


# --- The same help, whatever she says ----------------------------------------------------------

NOTHING = "nothing recorded"
WITHOUT_PERMISSION = ("never asked", "refused", "withdrawn")
STATES = (*ContraceptionAnswer.values, NOTHING, *WITHOUT_PERMISSION)


def _prepare(parent, state: str) -> None:
    purpose = "record_contraception"
    if state != "never asked":
        builders.make_consent(
            parent, purpose, "refused" if state == "refused" else "given", covers_own_worker=True
        )
    if state in (*ContraceptionAnswer.values, "withdrawn"):
        builders.stored(
            ContraceptionChoice,
            parent=parent,
            happened_on=today(),
            event="choice",
            answer="none" if state == "withdrawn" else state,
            method="implant" if state == "method" else "",
        )
    if state == "withdrawn":
        later = builders.timezone.now() - timedelta(days=1)
        builders.make_consent(parent, purpose, "withdrawn", decided_at=later)


def _key(number: int) -> str:
    return str(UUID(int=number))


def _everyday(parent, elsewhere, stage: str) -> list[tuple[str, dict[str, str]]]:
    day = str(today())
    due = str(today() + timedelta(days=200))
    return [
        (
            "contacts:log_contact",
            {
                "key": _key(1),
                "happened_at": f"{day}T00:01",
                "mode": "home_visit",
                "outcome": "met",
                "note": "Housing",
            },
        ),
        ("contacts:add_next_step", {"key": _key(2), "wording": "Ring housing"}),
        ("episodes:change_stage", {"stage": stage, "entered_on": day}),
        (
            "pregnancies:record_pregnancy",
            {"key": _key(3), "known_on": day, "estimated_due_date": due, "basis": "dating_scan"},
        ),
        (
            "returning:re_refer",
            {
                "key": _key(4),
                "programme": str(elsewhere.pk),
                "source": "self",
                "received_on": day,
                "pregnancy": "no",
            },
        ),
    ]


def _without_what_moves(page: str) -> str:
    """Without what is new at every visit: nonces, form keys, ids of rows just made, times."""
    page = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "id", page)
    return re.sub(r"\b\d\d:\d\d\b", "time", page)


def _without_permission_lines(page: str) -> str:
    return re.sub(r"<li>Keeping notes about contraception: [a-z]+</li>", "", page)


@pytest.mark.once
def test_every_answer_and_none_gives_the_same_help(db):
    programme, elsewhere = builders.make_programme("Northtown"), builders.make_programme("East")
    worker = builders.make_practitioner(programme, "Grace Example")
    colleague = builders.make_practitioner(programme, "Bea Fry")
    senior = builders.make_practitioner(programme, "Sue Day", Role.SENIOR)
    parent = builders.make_parent(given_names="Ann", family_name="Lee")
    builders.make_episode(parent, programme, worker.workers.get())
    builders.make_consent(parent, "take_part")
    stage = StageDefinition.objects.filter(pathway_id=programme.pathway_id).order_by("position")[2]
    results, pages = {}, {}
    for state in STATES:
        with transaction.atomic():
            _prepare(parent, state)
            results[state], pages[state] = _live_through(
                parent, worker, [colleague, senior], _everyday(parent, elsewhere, stage.code)
            )
            transaction.set_rollback(True)

    assert [status for status, _, _ in results[NOTHING]] == [302] * 5
    assert {state: result for state, result in results.items() if result != results[NOTHING]} == {}
    agreed = {state: pages[state] for state in (*ContraceptionAnswer.values, NOTHING)}
    assert {state for state, seen in agreed.items() if seen != pages[NOTHING]} == set()
    plain = {
        state: [_without_permission_lines(one) for one in seen] for state, seen in pages.items()
    }
    assert {state for state, seen in plain.items() if seen != plain[NOTHING]} == set()


def _live_through(parent, worker, others, everyday):
    hers = _browser(worker)
    results = []
    for name, typed in everyday:
        response = hers.post(reverse(name, args=[parent.pk]), typed)
        results.append((response.status_code, response.headers.get("Location"), said(response)))
    record = reverse("desk:show_parent", args=[parent.pk]) + "?kind=contacts"
    seen = [_browser(user).get(record) for user in others]
    return results, [_without_what_moves(page.content.decode()) for page in seen]


def _browser(user) -> Client:
    browser = Client()
    browser.force_login(user, backend=builders.DEMO_BACKEND)
    return browser
