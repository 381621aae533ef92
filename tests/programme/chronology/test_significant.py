"""Marking an event: one press, once, taken back with history, and never seen by more than it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.chronology import actions
from programme.chronology.kinds import KINDS
from programme.chronology.models import ChronologyEntry, SignificantEvent
from programme.core.dates import today
from programme.measures.models import Measure
from tests import builders
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.desk.scene import boxes, browser_of, make_scene
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(db):
    return make_scene()


def timeline(user, parent, **asked):
    page = browser_of(user).get(reverse("desk:show_parent", args=[parent.pk]), asked)
    return page.context["timeline"].entries


def test_one_press_marks_and_the_timeline_says_so(scene):
    contact = scene.ids["contact_id"]
    (before,) = [one for one in timeline(scene.user, scene.parent) if one.mark[1] == str(contact)]

    address = scene.address("chronology:mark_significant")
    answer = browser_of(scene.user).post(address, {"event": before.press.event})

    (after,) = [one for one in timeline(scene.user, scene.parent) if one.mark[1] == str(contact)]
    assert (before.significant, answer.status_code, after.significant) == (False, 302, True)
    (kept,) = rows(SignificantEvent, row=contact)
    # Nothing of the event stands in the address.
    assert address == f"/parents/{scene.parent.pk}/significant/"
    assert (kept.kind, kept.part, kept.marked_by_id) == ("contact", "notes", scene.user.pk)


def test_significant_only_shows_what_is_marked_or_always_matters(scene):
    titles = {one.title for one in timeline(scene.user, scene.parent, significant="yes")}

    assert titles == {
        "Began with Northtown",
        "A pregnancy became known",
        "Care proceedings issued",
        "Separated from Ivy",
        "Event from elsewhere. Source: letter of the housing office",
    }


def test_why_is_kept_and_a_mark_is_taken_back_with_its_history(scene):
    browser, address = browser_of(scene.user), scene.address("chronology:show_significant")
    body = as_sent(browser.get(address).content.decode())

    browser.post(address, body | {"why": "It began here"})
    (kept,) = rows(SignificantEvent, pk=scene.ids["mark_id"])
    browser.post(address, body | {"take_back": "yes"})

    assert kept.why == "It began here"
    assert rows(SignificantEvent, pk=scene.ids["mark_id"]) == []
    with builders.as_seeder():
        lines = SignificantEvent.history.filter(id=scene.ids["mark_id"]).order_by("history_date")
        assert [one.history_type for one in lines] == ["+", "~", "-"]


def test_a_hearing_of_two_parents_is_marked_on_each_record_by_its_own_worker(scene):
    other = builders.make_parent("father")
    elsewhere = builders.make_programme("Southside")
    colleague = builders.make_practitioner(elsewhere)
    builders.make_episode(other, elsewhere, colleague.workers.get())
    hearing = builders.make_hearing(builders.make_proceedings(scene.parent, other))

    for user, parent in ((scene.user, scene.parent), (colleague, other)):
        with acting_as(user):
            actions.mark_significant(parent=parent, kind="hearing", row=hearing.pk, by=user)

    marks = rows(SignificantEvent, row=hearing.pk)
    assert [one.parent_id for one in marks] == [scene.parent.pk, other.pk]


@pytest.mark.parametrize("kind", ["contact", "no-such-kind"])
def test_what_is_not_there_is_not_found(scene, kind):
    address = scene.address("chronology:mark_significant")
    event = {"event": f"{kind} {scene.ids['entry_id']}"}

    assert browser_of(scene.user).post(address, event).status_code == 404


def test_the_button_of_the_timeline_says_which_event_it_marks(scene):
    contact = str(scene.ids["contact_id"])
    browser = browser_of(scene.user)
    page = browser.get(reverse("desk:show_parent", args=[scene.parent.pk])).content.decode()

    assert f'name="event" value="contact {contact}"' in page
    assert "significant/contact" not in page


def test_every_event_of_the_timeline_can_be_marked_but_what_colleagues_talked_about(scene):
    shown = timeline(scene.user, scene.parent)

    kinds = {one.mark[0] for one in shown if one.mark[0]}
    assert kinds <= KINDS.keys()
    assert len(kinds) > 10
    assert [one.title for one in shown if not one.mark[0]] == ["Supervision"]


def later(model) -> None:
    """As if every row of this kind had been written an hour ago."""
    moment = timezone.now() - timedelta(hours=1)
    with as_owner() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET stored_at = %s', [moment])


def test_after_a_while_words_are_changed_with_a_reason(scene):
    browser, address = browser_of(scene.user), scene.address("chronology:show_significant")
    first = as_sent(browser.get(address).content.decode()) | {"why": "It began here"}
    assert browser.post(address, first).status_code == 302
    later(SignificantEvent)

    second = as_sent(browser.get(address).content.decode()) | {"why": "It ended here"}
    refused = browser.post(address, second)
    browser.post(address, second | {"reason": "I mistook the day"})

    assert "Enter why you are changing it" in refused.content.decode()
    assert "It ended here" in refused.content.decode()
    (kept,) = rows(SignificantEvent, pk=scene.ids["mark_id"])
    assert kept.why == "It ended here"
    with builders.as_seeder():
        last = SignificantEvent.history.filter(id=kept.pk).latest("history_date")
        assert last.history_change_reason == "I mistook the day"


def test_a_mark_is_taken_back_without_a_reason(scene):
    browser, address = browser_of(scene.user), scene.address("chronology:show_significant")
    browser.post(address, as_sent(browser.get(address).content.decode()) | {"why": "Words"})
    later(SignificantEvent)

    body = as_sent(browser.get(address).content.decode())

    assert browser.post(address, body | {"take_back": "yes"}).status_code == 302
    assert rows(SignificantEvent, pk=scene.ids["mark_id"]) == []


# --- The wall of a mark is that of its event -------------------------------------------------


def sees(user, mark) -> bool:
    with acting_as(user):
        return SignificantEvent.objects.filter(pk=mark.pk).exists()


def test_a_mark_in_one_programme_is_not_there_for_another(scene):
    other = builders.make_programme("Southside")
    builders.make_episode(scene.parent, other)
    theirs = builders.make_practitioner(other, role=Role.SENIOR)
    ours = builders.make_practitioner(scene.programme, role=Role.SENIOR)
    mark = builders.make_mark(scene.parent, "contact", scene.ids["contact_id"])

    assert (sees(ours, mark), sees(theirs, mark)) == (True, False)
    assert str(mark.pk) not in str(timeline(theirs, scene.parent))


def test_a_mark_on_an_outcome_is_seen_by_who_sees_outcomes(scene):
    measure = builders.stored(
        Measure, episode=scene.episode, instrument="core10", completed_on=today()
    )
    mark = builders.make_mark(scene.parent, "measure", measure.pk)
    team = builders.make_practitioner(scene.programme)
    manager = builders.make_practitioner(scene.programme, role=Role.MANAGER)

    assert [sees(one, mark) for one in (scene.user, team, manager)] == [True, False, True]


def test_a_mark_on_a_pregnancy_that_was_ended_by_choice_is_the_care_pairs(scene):
    pregnancy = builders.make_pregnancy(scene.parent, ended_on=today())
    mark = builders.make_mark(scene.parent, "pregnancy", pregnancy.pk)
    team = builders.make_practitioner(scene.programme)
    before = sees(team, mark)

    with builders.as_seeder():
        pregnancy.outcome = "termination"
        pregnancy.save()

    assert (before, sees(team, mark), sees(scene.user, mark)) == (True, False, True)


def test_a_colleague_who_only_reads_is_offered_no_mark_and_is_refused(scene):
    colleague = builders.make_practitioner(scene.programme)

    offered = [one.press for one in timeline(colleague, scene.parent)]
    refused = browser_of(colleague).post(scene.address("chronology:mark_significant"))

    assert (set(offered), refused.status_code) == ({None}, 403)


# --- Events from elsewhere -------------------------------------------------------------------


def test_an_event_from_elsewhere_stands_in_the_timeline_dated_and_sourced(scene):
    browser, address = browser_of(scene.user), scene.address("chronology:add_entry")
    body = as_sent(browser.get(address).content.decode()) | {
        "what": "Moved to a flat of her own",
        "source": "told by the housing office",
        **boxes("happened_on", date(2024, 2, 3)),
        **boxes("known_on", date(2024, 2, 9)),
    }

    assert browser.post(address, body).status_code == 302

    (kept,) = rows(ChronologyEntry, what="Moved to a flat of her own")
    assert (kept.happened_on, kept.known_on) == (date(2024, 2, 3), date(2024, 2, 9))
    assert (kept.source, kept.programme) == ("told by the housing office", scene.programme)
    found = [one for one in timeline(scene.user, scene.parent) if one.mark[1] == str(kept.pk)]
    assert [(one.text, one.significant) for one in found] == [("Moved to a flat of her own", True)]


def test_it_cannot_be_known_before_it_happened_and_nothing_typed_is_lost(scene):
    browser, address = browser_of(scene.user), scene.address("chronology:add_entry")
    body = as_sent(browser.get(address).content.decode()) | {
        "what": "Kept words",
        "source": "a letter",
        **boxes("happened_on", date(2024, 2, 3)),
        **boxes("known_on", date(2024, 2, 1)),
    }

    shown = browser.post(address, body).content.decode()

    assert "It was known before it happened." in shown
    assert "Kept words" in shown


def test_an_event_is_corrected_with_a_reason_once_it_is_no_longer_fresh(scene):
    browser, address = browser_of(scene.user), scene.address("chronology:correct_entry")
    later(ChronologyEntry)
    body = as_sent(browser.get(address).content.decode()) | {"what": "Moved to a flat"}

    refused = browser.post(address, body)
    browser.post(address, body | {"reason": "The letter says so"})

    assert "Enter why you are changing it" in refused.content.decode()
    (kept,) = rows(ChronologyEntry, pk=scene.ids["entry_id"])
    assert kept.what == "Moved to a flat"
    with builders.as_seeder():
        last = ChronologyEntry.history.filter(id=kept.pk).latest("history_date")
        assert last.history_change_reason == "The letter says so"
