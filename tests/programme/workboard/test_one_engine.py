"""List, record, counts, calendar, digest and supervision say the same of the same facts."""

from datetime import timedelta

import icalendar
import pytest

from programme.access.holdings import holdings_of
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.desk.reads.home import due_of, home
from programme.reminders.reads import calendar_of, waiting_count
from programme.workboard.reads import AGREED, due_items
from programme.workboard.reads.team import lines_of
from tests import builders
from tests.programme.desk.scene import browser_of

DAY = timedelta(days=1)


@pytest.fixture
def facts(programme, practitioner, worker, parent, episode):
    """Late and to come, of every source: rules, a pause, steps, planned contacts, court."""
    builders.enter_stage(episode, "engagement", episode.opened_on)
    builders.make_pause(episode, from_date=today() - 30 * DAY)
    builders.make_proceedings(parent, issued_on=today() - 20 * DAY)
    for days in (-2, 0, 3):
        builders.stored(NextStep, episode=episode, wording="Ring", due_on=today() + days * DAY)
    done = {"done_on": today(), "due_on": today()}
    builders.stored(NextStep, episode=episode, wording="Done", **done)
    ended = {"ended_on": today(), "ended_because": "Moved", "due_on": today()}
    builders.stored(NextStep, episode=episode, wording="Ended", **ended)
    for days in (20, 1):
        builders.make_plan(episode, planned_for=builders.days_ago(days), worker=worker)
    second = builders.make_parent()
    builders.make_episode(second, programme, worker)
    return [parent, second]


@pytest.fixture
def engine(practitioner, facts):
    """What the one function says, without what is for a supervisor to do."""
    with acting_as(practitioner):
        return due_items([one.pk for one in facts])


def keys(items):
    return sorted((one.rule, str(one.row), one.due_on) for one in items)


def test_the_list_and_home_hold_what_the_engine_says(practitioner, engine):
    hers = [one for one in engine if not one.is_supervisors]
    with acting_as(practitioner):
        listed = [row.item for row in due_of(practitioner)]
        found = home(practitioner, holdings_of(practitioner))

    assert keys(listed) == keys(row.item for row in found.due) == keys(hers)
    assert {"T22", "T26", "T15", "review", AGREED} <= {one.rule for one in hers}


def test_home_shows_nothing_twice(practitioner, engine):
    with acting_as(practitioner):
        found = home(practitioner, holdings_of(practitioner))

    shown = [row.item.row for row in found.due_beside_planned if row.item.is_of_planned]
    assert shown == []
    planned = {line.plan.pk for line in found.planned}
    assert planned >= {one.row for one in engine if one.is_of_planned}


def test_the_records_hold_it_under_three_headings(practitioner, facts, engine):
    browser, said = browser_of(practitioner), []
    for parent in facts:
        record = browser.get(f"/parents/{parent.pk}/").context["record"]
        said += [(line.item.rule, line.item.row) for line in record.due]
        said += [(AGREED, line.step.pk) for line in record.steps]
        said += [("T22", line.plan.pk) for line in record.planned]

    assert sorted(said) == sorted((one.rule, one.row) for one in engine)


def test_the_digest_counts_what_is_due_by_today(practitioner, engine):
    due = [one for one in engine if not one.is_supervisors and one.due_on <= today()]
    with acting_as(practitioner):
        assert waiting_count(practitioner) == len(due)


def test_supervision_counts_what_is_late_in_the_episodes(programme, worker, engine):
    senior = builders.make_practitioner(programme, role=Role.SENIOR)
    with acting_as(senior):
        (line,) = lines_of([worker])

    late = [one for one in engine if one.episode_id and one.is_late(today())]
    assert sum(line.late.values()) == len(late)


def test_the_calendar_has_the_days_of_steps_and_planned_contacts(practitioner, engine):
    with acting_as(practitioner):
        content = calendar_of(practitioner).content

    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    in_it = [one for one in engine if one.rule == AGREED or one.is_of_planned]
    assert len(entries) == len(in_it)
