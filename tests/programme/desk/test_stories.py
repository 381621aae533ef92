"""Changes of worker, stage, plan and address read as a story on the timeline."""

from datetime import timedelta

import pytest
from django.urls import reverse

from programme.access.scope import acting_as
from programme.access.writing import save_changes
from programme.core.dates import today
from programme.episodes.actions import allocate, change_stage
from programme.people.models import Home
from programme.support.models import Goal
from tests import builders

pytestmark = pytest.mark.django_db


def timeline(browser, parent, kind="", page=""):
    asked = {"kind": kind, "page": page}
    return browser.get(reverse("desk:show_parent", args=[parent.pk]), asked)


def titles(browser, parent, kind):
    return [one.title for one in timeline(browser, parent, kind).context["timeline"].entries]


def test_a_change_of_worker_says_from_whom_to_whom(
    sign_in, parent, episode, programme, practitioner
):
    colleague = builders.make_practitioner(programme, "Asha Example")
    with acting_as(practitioner):
        day = today() - timedelta(days=1)
        allocate(episode=episode, worker=colleague.workers.get(), from_date=day, by=practitioner)

    assert titles(sign_in(colleague), parent, "workers") == [
        "Worker changed from Grace Example to Asha Example",
        "Grace Example began to work with this parent",
    ]


def test_a_second_worker_began_and_stopped(hers, parent, episode, programme):
    other = builders.make_worker(programme, name="Sam Second")
    begun, ended = today() - timedelta(days=20), today() - timedelta(days=10)
    values = {"from_date": begun, "to_date": ended, "lead": False}
    builders.stored(type(episode.allocations.model()), episode=episode, worker=other, **values)

    assert titles(hers, parent, "workers") == [
        "Sam Second no longer works with this parent",
        "Sam Second began to work with this parent",
        "Grace Example began to work with this parent",
    ]


def test_a_change_of_stage_says_from_which_to_which(hers, parent, episode, practitioner):
    builders.enter_stage(episode, "engagement", episode.opened_on)
    with acting_as(practitioner):
        change_stage(episode=episode, stage="decision", entered_on=today(), by=practitioner)

    assert titles(hers, parent, "stages") == [
        "Stage changed from Engagement to Deciding",
        "Stage: Engagement",
    ]


def test_a_goal_said_anew_keeps_its_earlier_words(hers, parent, episode, practitioner):
    goal = builders.stored(
        Goal, episode=episode, wording="A flat", set_by="parent", agreed_on=today()
    )
    with acting_as(practitioner):
        stored = Goal.objects.get(pk=goal.pk)
        stored.wording = "A house"
        save_changes(stored, seen_version=1, reason="A garden")

    changed = timeline(hers, parent, "plan").context["timeline"].entries[0]

    assert (changed.title, changed.by) == ("Goal changed", "Grace Example")
    assert changed.text == "Was: A flat. Is now: A house. Because: A garden"


def test_an_address_changed_and_nothing_more_is_said(
    hers, sign_in, parent, programme, practitioner
):
    home = builders.stored(Home, parent=parent, postcode="AB1 2CD")
    with acting_as(practitioner):
        stored = Home.objects.get(pk=home.pk)
        stored.postcode = "ZZ9 9ZZ"
        save_changes(stored, seen_version=1)

    page = timeline(hers, parent, "address")
    assert [(one.title, one.text) for one in page.context["timeline"].entries] == [
        ("The address was changed", ""),
        ("The address was written down", ""),
    ]
    assert "AB1 2CD" not in page.content.decode()
    colleague = sign_in(builders.make_practitioner(programme))
    assert titles(colleague, parent, "address") == []


def test_the_chosen_kind_is_shown_and_one_link_takes_it_away(hers, parent):
    url = reverse("desk:show_parent", args=[parent.pk])

    text = timeline(hers, parent, "workers").content.decode()

    assert f'Showing: Workers. <a class="govuk-link" href="{url}">Show everything</a>' in text
    assert "Show everything" not in timeline(hers, parent).content.decode()


def test_a_long_timeline_has_pages_that_keep_the_chosen_kind(hers, parent, episode):
    for _ in range(60):
        builders.make_contact(parent, episode)

    first, second = (timeline(hers, parent, "contacts", page) for page in ("", "2"))

    assert len(first.context["timeline"].page) == 50
    assert len(second.context["timeline"].page) == 10
    assert "kind=contacts&amp;page=2" in first.content.decode()
