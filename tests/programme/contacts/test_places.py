from datetime import timedelta

import pytest

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contacts.reads import places_of
from programme.core.dates import today
from programme.referrals.models import Identification
from tests import builders
from tests.programme.contacts.rows import a_visit, contacts, url_of


def keys(user, parent):
    with acting_as(user):
        return [option.place.key for option in places_of(parent)]


@pytest.fixture
def ended(parent, programme):
    return builders.make_episode(parent, programme, closed_on=today() - timedelta(days=9))


def test_place_is_the_open_episode(practitioner, parent, programme, ended, worker):
    current = builders.make_episode(parent, programme, worker)

    assert keys(practitioner, parent) == [f"episode-{current.pk}"]


def test_place_is_the_referral_not_yet_decided(practitioner, parent, programme, ended):
    waiting = builders.make_referral(parent, programme, decision="pending")

    assert keys(practitioner, parent) == [f"referral-{waiting.pk}"]


def test_place_may_be_either_of_an_open_episode_and_a_new_referral(
    practitioner, parent, programme, episode
):
    waiting = builders.make_referral(parent, programme, decision="")

    assert keys(practitioner, parent) == [f"episode-{episode.pk}", f"referral-{waiting.pk}"]


def test_place_is_not_the_referral_that_led_to_an_episode(practitioner, parent, programme, worker):
    undecided = builders.make_referral(parent, programme, decision="")
    current = builders.make_episode(parent, programme, worker, referral=undecided)

    assert keys(practitioner, parent) == [f"episode-{current.pk}"]


def test_place_is_the_closed_episode_when_someone_who_left_rings(
    practitioner, parent, programme, ended
):
    builders.make_episode(
        parent,
        programme,
        opened_on=today() - timedelta(days=900),
        closed_on=today() - timedelta(days=400),
    )

    assert keys(practitioner, parent) == [f"episode-{ended.pk}"]


def test_place_is_the_referral_that_was_not_taken_on(practitioner, parent, programme):
    declined = builders.make_referral(parent, programme, decision="not_accepted")

    assert keys(practitioner, parent) == [f"referral-{declined.pk}"]


def test_place_is_the_programme_that_only_knows_of_her(practitioner, parent, programme):
    builders.stored(Identification, parent=parent, programme=programme, identified_on=today())

    assert keys(practitioner, parent) == [f"known-{programme.pk}"]


def test_place_is_never_in_a_programme_she_may_only_read(practitioner, parent, episode):
    other = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)
    builders.make_episode(parent, other, builders.make_worker(other))

    assert keys(practitioner, parent) == [f"episode-{episode.pk}"]


@pytest.mark.parametrize("page", ["log_contact", "log_no_answer"])
def test_contact_with_someone_only_identified_can_be_logged(
    sign_in, practitioner, parent, programme, page
):
    builders.stored(Identification, parent=parent, programme=programme, identified_on=today())

    sign_in(practitioner).post(url_of(page, parent), a_visit(mode="phone"))

    assert [(one.programme, one.episode, one.referral) for one in contacts()] == [
        (programme, None, None)
    ]


def test_contact_before_a_decision_belongs_to_the_referral(
    sign_in, practitioner, parent, programme
):
    waiting = builders.make_referral(parent, programme, decision="pending")

    sign_in(practitioner).post(url_of("log_contact", parent), a_visit())

    assert [(one.programme, one.episode, one.referral) for one in contacts()] == [
        (programme, None, waiting)
    ]


def test_log_contact_asks_which_work_only_when_there_is_more_than_one(hers, parent, practitioner):
    one_place = hers.get(url_of("log_contact", parent)).context["form"]
    other = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)
    second = builders.make_episode(parent, other, builders.make_worker(other, practitioner))

    two_places = hers.get(url_of("log_contact", parent)).context["form"]
    hers.post(url_of("log_contact", parent), a_visit(place=f"episode-{second.pk}"))

    assert "place" not in one_place.fields
    assert len([option for option in two_places["place"].options if option.selected]) == 1
    assert [(c.episode, c.programme, c.worker.programme) for c in contacts()] == [
        (second, other, other)
    ]


def test_log_contact_refuses_a_place_that_is_not_offered(hers, parent, practitioner, programme):
    other = builders.make_programme("Southside")
    builders.grant_role(practitioner, Role.PRACTITIONER, other)
    builders.make_episode(parent, other, builders.make_worker(other, practitioner))
    elsewhere = builders.make_episode(builders.make_parent(), programme)

    response = hers.post(url_of("log_contact", parent), a_visit(place=f"episode-{elsewhere.pk}"))

    assert response.context["form"].errors == {"place": ["Choose where this belongs from the list"]}
    assert contacts() == []
