"""A record with a row of every kind, and what a browser sends from each page that changes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.models import User
from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.pathways.models import Programme, Worker
from programme.people.models import Child, Parent, ParentChild
from programme.proceedings.models import Proceedings, ProceedingsParent, Separation
from programme.returning.models import RecordRequest
from programme.support.models import Goal
from tests import builders
from tests.forms import as_sent
from tests.programme.pages import rows
from tests.programme.returning.again import line_of, make_last_time

CANARY_POSTCODE = "ZZ99 9ZZ"
# Which row each page names beside the parent.
IDS = {
    "contacts:correct_contact": "contact_id",
    "contacts:finish_next_step": "step_id",
    "pregnancies:add_due_date": "pregnancy_id",
    "returning:answer_request": "request_id",
}
# The open record cannot be referred again: these pages are tried on one that has ended.
OF_THE_FORMER = ("returning:re_refer", "returning:ask_for_record")


@dataclass(frozen=True)
class Scene:
    """A practitioner, the record in use, a former one of the same team, and the rows of both."""

    user: User
    programme: Programme
    worker: Worker
    parent: Parent
    episode: Episode
    former: Parent
    last_time: dict[str, Any]
    ids: dict[str, UUID]

    def parent_of(self, page: str) -> Parent:
        return self.former if page in OF_THE_FORMER else self.parent

    def address(self, page: str) -> str:
        keys = {"parent_id": self.parent_of(page).pk}
        if page in IDS:
            keys[IDS[page]] = self.ids[IDS[page]]
        return reverse(page, kwargs=keys)


def make_scene(role: str = "mother") -> Scene:
    """Everything a record can hold, its wording free of "she" and "her"."""
    with builders.as_seeder():
        return _scene(role)


def _scene(role: str) -> Scene:
    programme = builders.make_programme("Northtown")
    user = builders.make_practitioner(programme, "Grace Example")
    builders.grant_role(user, Role.SENIOR, programme)
    worker = user.workers.get()
    parent = builders.make_parent(
        role, given_names="Alex", family_name="Roy", postcode=CANARY_POSTCODE
    )
    former = builders.make_parent(role, given_names="Robin", family_name="Day")
    episode = builders.make_episode(parent, programme, worker)
    builders.enter_stage(episode, "engagement", episode.opened_on)
    ids = _rows(user, worker, parent, episode)
    _around(parent, episode)
    last_time = make_last_time(former, programme, worker)
    return Scene(user, programme, worker, parent, episode, former, last_time, ids)


def _rows(user: User, worker: Worker, parent: Parent, episode: Episode) -> dict[str, UUID]:
    elsewhere = builders.make_programme("Southside")
    logged_at = timezone.now() - timedelta(minutes=5)
    contact = builders.make_contact(
        parent,
        episode,
        worker=worker,
        written_by=user,
        recorded_at=logged_at,
        happened_at=logged_at,
        note="Talked about housing",
    )
    step = builders.stored(NextStep, episode=episode, wording="Ring housing", due_on=today())
    asked_by = builders.make_practitioner(elsewhere)
    request = builders.stored(
        RecordRequest, parent=parent, programme=elsewhere, asked_by=asked_by, why="New baby"
    )
    ids = {"contact_id": contact.pk, "step_id": step.pk, "request_id": request.pk}
    if parent.parent_role == "mother":
        pregnancy = builders.make_pregnancy(parent, today() + timedelta(days=150))
        return {**ids, "pregnancy_id": pregnancy.pk}
    return ids


def _around(parent: Parent, episode: Episode) -> None:
    """Goal, permissions, rule, child, proceedings, an earlier episode."""
    builders.stored(
        Goal, episode=episode, wording="A flat", set_by="parent", agreed_on=episode.opened_on
    )
    builders.make_consent(parent, "record_contraception", covers_own_worker=True)
    builders.make_consent(parent, "take_part")
    builders.make_safe_contact(parent, number="07700 900123")
    child = builders.stored(Child, given_names="Ivy", date_of_birth=date(2020, 3, 4))
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    builders.stored(Separation, child=child, separated_on=date(2021, 3, 4))
    court = builders.stored(Proceedings, issued_on=date(2021, 4, 4))
    builders.stored(ProceedingsParent, proceedings=court, parent=parent)
    opened_on = today() - timedelta(days=1000)
    closed_on = opened_on + timedelta(days=300)
    builders.make_episode(parent, episode.programme, opened_on=opened_on, closed_on=closed_on)


# --- What a browser sends -------------------------------------------------------------------


def boxes(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def _a_return(scene: Scene) -> dict[str, Any]:
    last = scene.last_time
    kept = [*last["goals"], last["take_part"], last["notes"], last["rule"]]
    kept += rows(Allocation, episode=last["episode"])
    due_on = today() + timedelta(days=190)
    pregnant = {"pregnancy": "new", "basis": "dating_scan", **boxes("estimated_due_date", due_on)}
    return {
        **{line_of(row): "keep" for row in kept},
        "given_how": "spoken",
        "programme": str(scene.programme.pk),
        "source": "self",
        "reason": "They rang us",
        **pregnant,
    }


Typed = Callable[[Scene], dict[str, Any]]
TYPED: dict[str, Typed] = {
    "contacts:log_contact": lambda scene: {
        "mode": "home_visit",
        "outcome": "met",
        "note": "Tea",
        "next_step": "Ring the GP",
    },
    "contacts:log_no_answer": lambda scene: {"mode": "phone"},
    "contacts:correct_contact": lambda scene: {"note": "Better words"},
    "contacts:add_next_step": lambda scene: {"wording": "Ring the midwife"},
    "contacts:finish_next_step": lambda scene: {},
    "episodes:change_stage": lambda scene: {"stage": "decision"} | boxes("entered_on", today()),
    "consents:record_decision": lambda scene: {
        "purpose": "evaluation",
        "decision": "given",
        "given_how": "spoken",
    },
    "pregnancies:record_pregnancy": lambda scene: {
        "basis": "dating_scan",
        **boxes("estimated_due_date", today() + timedelta(days=190)),
    },
    "pregnancies:add_due_date": lambda scene: {
        "basis": "clinical",
        **boxes("estimated_due_date", today() + timedelta(days=145)),
    },
    "returning:re_refer": _a_return,
    "returning:ask_for_record": lambda scene: {"why": "A new baby is due"},
    "returning:answer_request": lambda scene: {"answer": "released"},
    "contraception:record_information": lambda scene: {"explained_by_role": "gp"},
    "contraception:record_conversation": lambda scene: {
        "event": "conversation",
        "answer": "no_decision",
        "explained_by_role": "gp",
    },
}


def pages_that_change() -> set[str]:
    """Every page of a record that changes it, as the policy lists them."""
    return {name for name, access in POLICY.items() if access.writes}


def body_of(browser: Client, scene: Scene, page: str) -> dict[str, Any]:
    """The form of the page as it stands, with something typed into it."""
    shown = browser.get(scene.address(page))
    untouched = as_sent(shown.content.decode()) if shown.status_code == 200 else {}
    return untouched | TYPED[page](scene)


def browser_of(user: User) -> Client:
    """A browser of its own, signed in."""
    browser = Client()
    browser.force_login(user, backend=builders.DEMO_BACKEND)
    return browser
