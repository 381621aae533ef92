"""A supervision on the record, its actions with the worker they name, and handing over."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.audit.models import Event
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Allocation, Supervision
from programme.supervision.models import Handover, SupervisionAction
from programme.supervision.views import LEAD_CHANGED
from tests import builders
from tests.design.pages import soup
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import rows

DAY = timedelta(days=1)


@pytest.fixture
def senior(programme):
    return builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR)


@pytest.fixture
def seniors(senior, episode):
    return browser_of(senior)


def url_of(name, episode):
    return reverse(f"supervision:{name}", args=[episode.parent_id, episode.pk])


def a_supervision(worker, **typed):
    return {
        "key": str(uuid4()),
        **boxes("held_on", today()),
        "talked_about": "How the flat is",
        "decision": "Ask housing again",
        "action_1": "Ring housing",
        "worker_1": str(worker.pk),
        **boxes("due_on_1", today() + 7 * DAY),
        **typed,
    }


def a_handover(worker, lead, **typed):
    return {
        "seen": lead.pk.hex if lead else "",
        "worker": str(worker.pk),
        **boxes("from_date", today()),
        "note": "Likes to be rung in the morning",
        **typed,
    }


def lead_of(episode):
    with builders.as_seeder():
        return Allocation.objects.filter(episode=episode, to_date=None).get()


def page_text(response):
    return response.content.decode()


def test_what_was_decided_is_due_to_the_worker_it_names(seniors, practitioner, worker, episode):
    sent = seniors.post(url_of("record_supervision", episode), a_supervision(worker))

    assert sent.headers["Location"] == reverse("desk:show_parent", args=[episode.parent_id])
    (held,) = rows(Supervision)
    assert (held.talked_about, held.decision, held.worker) == (
        "How the flat is",
        "Ask housing again",
        worker,
    )
    (action,) = rows(SupervisionAction)
    assert (action.supervision_id, action.worker) == (held.pk, worker)
    home = browser_of(practitioner).get("/home/").context["home"]
    assert "Ring housing" in [row.item.what for row in home.due]


def test_it_stands_on_the_record_for_who_reads_notes_and_no_one_else(
    seniors, practitioner, coordinator, worker, episode
):
    seniors.post(url_of("record_supervision", episode), a_supervision(worker))
    record = reverse("desk:show_parent", args=[episode.parent_id])

    told = {
        user.name: "How the flat is" in page_text(browser_of(user).get(record))
        for user in (practitioner, coordinator)
    }

    assert told == {"Grace Example": True, "Cora Example": False}


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(seniors, worker, episode):
    typed = a_supervision(worker, decision="", **dict.fromkeys(boxes("due_on_1", today()), ""))

    form = seniors.post(url_of("record_supervision", episode), typed).context["form"]

    assert form.errors == {
        "decision": ["Enter what was decided"],
        "due_on_1": ["Enter the day for action 1"],
    }
    assert form["action_1"].value() == "Ring housing"
    assert rows(Supervision) == []


def test_sent_twice_it_is_one_and_other_words_are_asked_about(seniors, worker, episode):
    typed = a_supervision(worker)
    for _ in range(2):
        seniors.post(url_of("record_supervision", episode), typed)

    asked = seniors.post(url_of("record_supervision", episode), {**typed, "decision": "Wait"})

    assert asked.context["form"].non_field_errors() == [
        "You saved this page already, in other words. Save again to add these too."
    ]
    assert (len(rows(Supervision)), len(rows(NextStep))) == (1, 1)


def test_an_action_is_given_only_to_who_works_in_the_episode(seniors, programme, episode):
    other = builders.make_worker(programme)

    form = seniors.post(url_of("record_supervision", episode), a_supervision(other)).context["form"]

    assert form.errors == {"worker_1": ["Choose who does action 1 from the list"]}


def test_a_senior_elsewhere_who_only_works_here_records_none(programme, episode, parent):
    user = builders.make_practitioner(programme)
    builders.grant_role(user, Role.SENIOR, builders.make_programme())
    builders.stored(
        Allocation,
        episode=episode,
        worker=user.workers.get(),
        from_date=episode.opened_on,
        lead=False,
    )

    assert browser_of(user).get(url_of("record_supervision", episode)).status_code == 403


def test_the_page_costs_the_same_for_any_number_of_supervisions(seniors, worker, episode):
    asked = []
    for number in (1, 3, 30):
        while len(rows(Supervision)) < number:
            held = builders.stored(Supervision, episode=episode, held_on=today(), worker=worker)
            step = builders.stored(NextStep, episode=episode, wording="Ring", due_on=today())
            builders.stored(SupervisionAction, supervision=held, step=step, worker=worker)
        seniors.get(url_of("record_supervision", episode))
        with CaptureQueriesContext(connection) as queries:
            seniors.get(url_of("record_supervision", episode))
        asked.append(len(queries))

    assert asked == [asked[0]] * 3


# --- Put right --------------------------------------------------------------------------------


def correcting(held):
    return reverse("supervision:correct_supervision", args=[held.episode.parent_id, held.pk])


def send_correction(browser, held, **typed):
    opened = as_sent(browser.get(correcting(held)).content.decode())
    return browser.post(correcting(held), opened | typed)


def test_own_words_are_put_right_without_a_reason_for_a_quarter_of_an_hour(
    seniors, worker, episode
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        seniors.post(url_of("record_supervision", episode), a_supervision(worker))
        (held,) = rows(Supervision)
        held.episode = episode
        page = seniors.get(url_of("record_supervision", episode)).content.decode()
        first = send_correction(seniors, held, decision="Ask housing today")
        clock.shift(timedelta(minutes=16))
        asked = send_correction(seniors, held, decision="Ask housing on Monday")
        kept = rows(Supervision)
        sent = send_correction(
            seniors, held, decision="Ask housing on Monday", reason="They were shut"
        )

    assert correcting(held) in page
    assert first.status_code == 302
    assert asked.context["form"].errors == {"reason": ["Enter why you are changing it"]}
    assert asked.context["form"]["decision"].value() == "Ask housing on Monday"
    assert [one.decision for one in kept] == ["Ask housing today"]
    assert sent.status_code == 302
    with builders.as_seeder():
        line = held.history.first()
    with as_owner():
        said = Event.objects.filter(name="supervision.supervision_corrected")
        assert [one.subject_id for one in said] == [held.pk] * 2
    assert (line.decision, line.history_change_reason) == (
        "Ask housing on Monday",
        "They were shut",
    )


def test_a_day_before_the_work_or_to_come_is_not_a_day_of_supervision(seniors, episode):
    held = builders.make_supervision(episode)
    days = [episode.opened_on - DAY, today() + DAY]

    found = [
        send_correction(seniors, held, reason="A slip", **boxes("held_on", day)).context["form"]
        for day in days
    ]

    assert [list(form.errors) for form in found] == [["held_on"], ["held_on"]]
    assert [one.held_on for one in rows(Supervision)] == [held.held_on]


def test_two_who_put_it_right_at_once_see_both_texts(seniors, programme, episode):
    held = builders.make_supervision(episode)
    opened = as_sent(seniors.get(correcting(held)).content.decode())
    other = builders.make_practitioner(programme, "Omar Example", role=Role.SENIOR)
    send_correction(browser_of(other), held, decision="Close the work", reason="It was agreed")

    page = seniors.post(correcting(held), opened | {"decision": "Go on", "reason": "A slip"})

    (difference,) = page.context["form"].both.differences
    assert (difference.stored, difference.typed) == ("Close the work", "Go on")
    shown = soup(page_text(page)).get_text(" ", strip=True)
    assert "saved by Omar Example Close the work What you wrote, not saved yet Go on" in shown
    assert [one.decision for one in rows(Supervision)] == ["Close the work"]
    seniors.post(correcting(held), as_sent(page_text(page)))
    assert [one.decision for one in rows(Supervision)] == ["Go on"]


def test_whoever_only_works_there_puts_none_right(practitioner, episode):
    held = builders.make_supervision(episode)

    assert browser_of(practitioner).get(correcting(held)).status_code == 403


# --- Handing over ---------------------------------------------------------------------------


@pytest.fixture
def next_user(programme):
    return builders.make_practitioner(programme, "Nora Example")


def test_the_page_names_what_goes_over_before_it_does(seniors, episode):
    builders.stored(NextStep, episode=episode, wording="Ring the clinic", due_on=today())

    page = seniors.get(url_of("hand_over", episode))

    assert [step.wording for step in page.context["steps"]] == ["Ring the clinic"]
    assert "Ring the clinic" in page_text(page)


def test_a_handover_moves_the_work_the_actions_and_the_note(seniors, next_user, worker, episode):
    seniors.post(url_of("record_supervision", episode), a_supervision(worker))
    new = next_user.workers.get()

    seniors.post(url_of("hand_over", episode), a_handover(new, lead_of(episode)))

    assert lead_of(episode).worker == new
    assert [one.worker for one in rows(SupervisionAction)] == [new]
    home = browser_of(next_user).get("/home/").context["home"]
    assert [row.note for row in home.handed_over] == ["Likes to be rung in the morning"]
    assert "Ring housing" in [row.item.what for row in home.due]
    with as_owner():
        events = set(Event.objects.values_list("name", flat=True))
    assert {"episodes.worker_allocated", "supervision.episode_handed_over"} <= events


def test_a_handover_without_a_note_is_asked_for_one(seniors, next_user, episode):
    typed = a_handover(next_user.workers.get(), lead_of(episode), note=" ")

    form = seniors.post(url_of("hand_over", episode), typed).context["form"]

    assert form.errors == {"note": ["Enter the handover note"]}
    assert rows(Handover) == []


def test_the_first_worker_needs_no_note(programme, senior, next_user, parent):
    episode = builders.make_episode(parent, programme)
    new = next_user.workers.get()

    browser_of(senior).post(url_of("hand_over", episode), a_handover(new, None, note=""))

    assert (lead_of(episode).worker, rows(Handover)) == (new, [])


def test_two_who_hand_over_at_once_do_not_undo_each_other(seniors, programme, next_user, episode):
    first, second = next_user.workers.get(), builders.make_worker(programme)
    seen = lead_of(episode)
    seniors.post(url_of("hand_over", episode), a_handover(first, seen))

    late = seniors.post(url_of("hand_over", episode), a_handover(second, seen))

    assert late.context["form"].non_field_errors() == [LEAD_CHANGED]
    assert lead_of(episode).worker == first
    seniors.post(url_of("hand_over", episode), as_sent(late.content.decode()))
    assert lead_of(episode).worker == second


def test_a_day_before_the_present_worker_began_is_refused(seniors, next_user, worker, episode):
    lead = lead_of(episode)
    with builders.as_seeder():
        lead.from_date = today()
        lead.save()
    typed = a_handover(next_user.workers.get(), lead, **boxes("from_date", today() - DAY))

    form = seniors.post(url_of("hand_over", episode), typed).context["form"]

    assert form.errors == {"from_date": ["The day is before the present worker began."]}


def test_a_manager_reads_no_handover_note(senior, programme, next_user, seniors, episode):
    seniors.post(
        url_of("hand_over", episode), a_handover(next_user.workers.get(), lead_of(episode))
    )
    manager = builders.make_user()
    builders.grant_role(manager, Role.MANAGER, programme)

    with acting_as(manager):
        seen = (Allocation.objects.count(), Handover.objects.count())

    assert seen == (2, 0)
