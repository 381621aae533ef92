"""What is missing and worth a word: permissions, a baseline, a father; how long writing takes."""

from datetime import time, timedelta

import pytest

from programme.access.parts import Role
from programme.core.choices import ConsentPurpose
from programme.core.dates import at_local, today
from programme.people.models import Child, ParentChild
from programme.support.models import NeedRating
from tests import builders
from tests.programme.desk.scene import browser_of

DAY = timedelta(days=1)
NO_BASELINE = "No baseline yet: no needs rated, no questionnaire recorded"
NO_FATHER = "The father of a child born in this work is not recorded, nor why"


@pytest.fixture
def senior(programme):
    return browser_of(builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR))


def reasons(senior, worker):
    (line,) = senior.get(f"/team/{worker.pk}/").context["lines"]
    (parent,) = line.parents
    return list(parent.reasons)


def permissions(senior, worker):
    return [one for one in reasons(senior, worker) if one.startswith("Permission")]


# --- Permissions ----------------------------------------------------------------------------


def test_every_purpose_that_ends_soon_or_has_ended_is_said(senior, worker, episode, parent):
    builders.make_consent(parent, "share_with_gp", expires_on=today() + 30 * DAY)
    builders.make_consent(parent, "photograph", expires_on=today() - 5 * DAY)
    builders.make_consent(parent, "tell_story", expires_on=today())
    builders.make_consent(parent, "text_messages", expires_on=today() + 31 * DAY)
    builders.make_consent(parent, "evaluation")

    assert permissions(senior, worker) == [
        "Permission for “Photographs” ended 5 days ago. Nobody asked again yet",
        "Permission for “Sharing with the GP” ends in 30 days",
        "Permission for “Telling the story publicly” ends today",
    ]


@pytest.mark.parametrize(
    ("decision", "expires_on"), [("given", None), ("refused", None), ("withdrawn", None)]
)
def test_an_answer_takes_an_ended_permission_off(
    senior, worker, episode, parent, decision, expires_on
):
    old = builders.days_ago(400)
    builders.make_consent(parent, "take_part", decided_at=old, expires_on=today() - 9 * DAY)
    assert len(permissions(senior, worker)) == 1

    builders.make_consent(parent, "take_part", decision, expires_on=expires_on)

    assert permissions(senior, worker) == []


def test_whether_notes_of_contraception_are_agreed_to_is_nobodys_to_chase(
    senior, worker, episode, parent
):
    for purpose in ConsentPurpose:
        builders.make_consent(parent, purpose, expires_on=today() - DAY)

    said = permissions(senior, worker)

    assert len(said) == len(ConsentPurpose) - 1
    assert not any("contraception" in one for one in said)


# --- A baseline -----------------------------------------------------------------------------


def test_a_first_questionnaire_is_a_baseline(senior, worker, episode):
    assert NO_BASELINE in reasons(senior, worker)

    builders.make_measure(episode)

    assert NO_BASELINE not in reasons(senior, worker)


def test_a_rating_is_a_baseline_and_another_episodes_questionnaire_is_none(
    senior, programme, worker, episode, parent
):
    builders.make_measure(builders.make_episode(builders.make_parent(), programme))
    assert NO_BASELINE in reasons(senior, worker)

    builders.stored(NeedRating, episode=episode, need="housing", rated_on=today(), level=1)

    assert NO_BASELINE not in reasons(senior, worker)


# --- A father -------------------------------------------------------------------------------


def born(parent, days_ago, relation="birth", **values):
    child = builders.stored(Child, date_of_birth=today() - days_ago * DAY, **values)
    builders.stored(ParentChild, parent=parent, child=child, relation=relation)
    return child


def test_a_child_born_in_the_work_without_a_father(senior, worker, episode, parent):
    """The work began 93 days ago: so a child of 92 days is of it and one of 94 is not."""
    born(parent, 94)
    assert NO_FATHER not in reasons(senior, worker)

    child = born(parent, 92)
    assert NO_FATHER in reasons(senior, worker)

    father = builders.make_parent("father")
    builders.make_episode(father, episode.programme)
    builders.stored(ParentChild, parent=father, child=child, relation="birth")
    assert NO_FATHER not in reasons(senior, worker)


@pytest.mark.parametrize(
    ("values", "is_said"),
    [
        ({}, True),
        ({"father_not_named_reason": "safety"}, False),
    ],
)
def test_a_baby_of_the_pregnancy_the_work_is_about_is_of_it_whenever_born(
    senior, programme, worker, parent, values, is_said
):
    pregnancy = builders.make_pregnancy(
        parent, known_on=today() - 300 * DAY, outcome="live_birth", **values
    )
    referral = builders.make_referral(parent, programme, pregnancy=pregnancy)
    builders.make_episode(parent, programme, worker, referral=referral)
    born(parent, 120, pregnancy=pregnancy)

    assert (NO_FATHER in reasons(senior, worker)) is is_said


@pytest.mark.parametrize(
    "values", [{"relation": "step"}, {"born": "stillborn"}, {"died_on": today()}]
)
def test_a_stepchild_and_a_child_who_died_are_not_asked_about(
    senior, worker, episode, parent, values
):
    born(parent, 20, **values)

    assert NO_FATHER not in reasons(senior, worker)


def test_nobody_asks_a_father_for_a_father(senior, programme, worker):
    father = builders.make_parent("father")
    builders.make_episode(father, programme, worker)
    born(father, 20)

    assert NO_FATHER not in reasons(senior, worker)


# --- How long writing takes -----------------------------------------------------------------


def contact(parent, episode, worker, took, ago=20):
    """A contact at nine in the evening, written down some days later at eight in the morning."""
    held = today() - ago * DAY
    builders.make_contact(
        parent,
        episode,
        worker=worker,
        happened_at=at_local(held, time(21)),
        recorded_at=at_local(held + took * DAY, time(22 if took == 0 else 8)),
    )


def test_the_middle_of_the_days_between_a_contact_and_its_writing(
    senior, programme, worker, episode, parent
):
    """Of 0, 0, 1, 3 and 40 days the middle is 1; one of 100 days ago is not counted."""
    for took in (40, 0, 3, 0, 1):
        contact(parent, episode, worker, took, ago=50)
    contact(parent, episode, worker, 2, ago=100)
    other = builders.make_worker(programme)
    contact(parent, episode, other, 5)
    contact(parent, episode, other, 7)

    (line,) = senior.get(f"/team/{worker.pk}/").context["lines"]
    ((named, said),) = senior.get("/team/").context["written"]

    assert line.written == (
        "Half of the contacts of the last 90 days were written down within 1 day."
    )
    # All seven: 0, 0, 1, 3, 5, 7 and 40 days.
    assert (named, said) == (programme, "half of the contacts were written down within 3 days")


def test_of_two_the_quicker_one_is_half_of_them(senior, worker, episode, parent):
    contact(parent, episode, worker, 0)
    contact(parent, episode, worker, 9)

    (line,) = senior.get(f"/team/{worker.pk}/").context["lines"]

    assert line.written.endswith("were written down on the same day.")


def test_another_programmes_writing_stays_there(senior, programme, parent):
    other = builders.make_programme()
    away = builders.make_worker(other)
    contact(parent, builders.make_episode(parent, other, away), away, 4)

    page = senior.get("/team/")

    assert page.context["written"] == [(programme, "no contact in the last 90 days")]
