"""What is shown to a worker of what others see of her work is what they do see."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.core.dates import today
from tests import builders
from tests.programme.desk.scene import browser_of

MINE = "/team/me/"


@pytest.fixture
def seniors(programme):
    return browser_of(builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR))


@pytest.fixture
def managers(programme):
    user = builders.make_user("Ines Example")
    builders.grant_role(user, Role.MANAGER, programme)
    return browser_of(user)


@pytest.fixture
def own(practitioner):
    return browser_of(practitioner)


def test_the_managers_numbers_are_hers(managers, own, programme, worker, episode):
    builders.enter_stage(episode, "engagement", today())
    other = builders.make_worker(programme, name="Abel Example")
    builders.make_episode(builders.make_parent(), programme, other)

    everybody = managers.get("/team/counts/").context["rows"]
    seen = own.get(MINE).context["rows"]

    assert seen == [row for row in everybody if row[0].text == worker.name]
    assert seen[0][1].text == "1"


def test_what_waits_to_be_signed_off_is_what_her_seniors_read(
    seniors, own, programme, practitioner, worker, episode
):
    with builders.as_seeder():
        programme.signs_off_since = today()
        programme.save()
    values = {"recorded_at": timezone.now(), "note": "We talked about housing"}
    theirs = builders.make_user()
    for writer in (practitioner, practitioner, theirs):
        builders.make_contact(episode.parent, episode, written_by=writer, **values)

    waiting = list(seniors.get("/team/sign-off/").context["page"])
    mine = own.get(MINE).context["seen"].to_sign_off

    assert list(mine) == [one for one in waiting if one.contact.written_by == practitioner]
    assert (len(mine), len(waiting)) == (2, 3)


def test_of_a_programme_that_asks_for_no_signing_off_nothing_waits(own, practitioner, episode):
    builders.make_contact(
        episode.parent, episode, written_by=practitioner, recorded_at=timezone.now(), note="Met"
    )

    assert own.get(MINE).context["seen"].to_sign_off == ()


def test_titles_and_times_of_what_she_began_are_what_cover_shows(
    seniors, own, worker, episode, parent
):
    kept = {"keep_draft": "yes", "draft": str(uuid4()), "draft_turn": "1", "note": "canary words"}
    own.post(reverse("contacts:log_contact", args=[parent.pk]), kept)

    (row,) = [one for one, _ in seniors.get(f"/team/{worker.pk}/cover/").context["rows"]]
    page = own.get(MINE)

    assert [one for _, one in page.context["seen"].drafts] == list(row.drafts)
    assert [one.title for one in row.drafts] == ["Log a contact"]
    assert "canary" not in page.content.decode()
