"""What is taken away is gone on the next request of a session that is already open (S8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access import actors
from programme.access.models import RoleGrant, TimedGrant
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.referrals.models import Referral
from tests import builders as make
from tests.programme.access.standings import Standing, make_standing

pytestmark = pytest.mark.django_db

YESTERDAY = today() - timedelta(days=1)


def end_the_role(standing: Standing) -> None:
    RoleGrant.objects.filter(user=standing.user).update(ends_on=YESTERDAY)


def take_back_the_approval(standing: Standing) -> None:
    RoleGrant.objects.filter(user=standing.user).update(approved_by=None)


def close_the_account(standing: Standing) -> None:
    standing.user.is_active = False
    standing.user.save()


def deny(standing: Standing) -> None:
    make.protect(standing.records["own"].parent, "denied", standing.user)


def restrict_to_others(standing: Standing) -> None:
    make.protect(standing.records["own"].parent, "restricted", make.make_user())


def give_her_to_a_colleague(standing: Standing) -> None:
    with acting_as(actors.SEEDER):
        (held,) = Allocation.objects.filter(episode__parent=standing.records["own"].parent)
        held.to_date = YESTERDAY
        held.save()
        episode = held.episode
    make.stored(
        Allocation,
        episode=episode,
        worker=make.make_worker(standing.programme),
        from_date=today(),
        lead=True,
    )


def close_the_episode_long_ago(standing: Standing) -> None:
    long_ago = today() - timedelta(days=500)
    with acting_as(actors.SEEDER):
        own = standing.records["own"].parent
        for waiting in Referral.objects.filter(parent=own, decision="pending"):
            waiting.received_on = waiting.decided_on = long_ago
            waiting.decision, waiting.not_accepted_reason = "not_accepted", "other"
            waiting.save()
        (episode,) = Episode.objects.filter(parent=own, closed_on=None)
        episode.opened_on = episode.referral.received_on = long_ago - timedelta(days=10)
        episode.referral.decided_on = episode.opened_on
        episode.closed_on, episode.closure_reason = long_ago, "completed"
        episode.referral.save()
        episode.save()


def withdraw_consent(standing: Standing) -> None:
    make.make_consent(
        standing.records["own"].parent, "record_contraception", "withdrawn", timezone.now()
    )


def end_the_grant(standing: Standing) -> None:
    with acting_as(actors.SEEDER):
        for grant in TimedGrant.objects.filter(user=standing.user):
            # Before this test began: a database asks when its transaction did.
            grant.starts_at = timezone.now() - timedelta(hours=2)
            grant.ends_at = timezone.now() - timedelta(hours=1)
            grant.save()


RECORD, ADDRESS = "desk:show_parent", "desk:show_safe_address"
CARE, ITS_FORM = "contraception:show_conversations", "contraception:record_conversation"


@pytest.mark.parametrize(
    ("role", "page", "taken_away", "status"),
    [
        (Role.PRACTITIONER, RECORD, end_the_role, 404),
        (Role.PRACTITIONER, RECORD, take_back_the_approval, 404),
        (Role.PRACTITIONER, RECORD, close_the_account, 302),
        (Role.PRACTITIONER, RECORD, deny, 404),
        (Role.PRACTITIONER, RECORD, restrict_to_others, 404),
        (Role.PRACTITIONER, ADDRESS, give_her_to_a_colleague, 403),
        (Role.PRACTITIONER, "contacts:log_contact", give_her_to_a_colleague, 403),
        (Role.PRACTITIONER, ADDRESS, close_the_episode_long_ago, 403),
        (Role.PRACTITIONER, ITS_FORM, withdraw_consent, 403),
        (Role.SENIOR, ADDRESS, end_the_role, 404),
        (Role.CLINICIAN, CARE, end_the_grant, 404),
        (Role.THERAPIST, RECORD, end_the_grant, 404),
        (Role.MANAGER, RECORD, end_the_role, 404),
    ],
)
def test_gone_on_the_next_request(
    role: Role,
    page: str,
    taken_away: Callable[[Standing], None],
    status: int,
    client: Client,
) -> None:
    standing = make_standing(role)
    client.force_login(standing.user, backend=make.DEMO_BACKEND)
    address = reverse(page, args=[standing.records["own"].parent.pk])
    assert client.get(address).status_code == 200

    taken_away(standing)

    assert client.get(address).status_code == status
