"""The summary for a meeting on paper: a whole caseload on one sheet."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Page
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.pathways.models import Worker
from programme.supervision.models import SupervisionAction
from tests import builders
from tests.programme.access.standings import make_standing
from tests.programme.desk.scene import browser_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The most that a worker is meant to hold.
PARENTS = 8
DECISION = "Go with her to the housing office and ask what became of the letter. " * 6


def a_full_caseload(worker: Worker) -> None:
    """So many parents, each with something late, a supervision and two things still to do."""
    for number in range(PARENTS):
        parent = builders.make_parent(given_names="Gwenhwyfar", family_name=f"Ex{number}")
        episode = builders.make_episode(parent, worker.programme, worker)
        builders.enter_stage(episode, "engagement", today() - timedelta(days=400))
        held = builders.make_supervision(episode, decision=DECISION)
        for wording in ("Ring the housing office again", "Ask the midwife who will be there"):
            step = builders.stored(
                NextStep, episode=episode, wording=wording, due_on=today() - timedelta(days=3)
            )
            builders.stored(SupervisionAction, supervision=held, step=step, worker=worker)


def test_a_full_caseload_is_on_one_sheet(
    open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    senior = make_standing(Role.SENIOR)
    worker = builders.make_worker(senior.programme, name="Wanda Example")
    a_full_caseload(worker)
    session = browser_of(senior.user).cookies[settings.SESSION_COOKIE_NAME]
    page = open_page()
    page.context.add_cookies(
        [{"name": session.key, "value": session.value, "url": live_server.url}]
    )
    page.goto(f"/team/{worker.pk}/summary/")

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages

    said = sheets[0].extract_text()
    assert len(sheets) == 1
    assert [number for number in range(PARENTS) if f"Ex{number}" not in said] == []
    assert "/parents/" not in said
    assert said.count("Ask the midwife who will be there (by ") == PARENTS
