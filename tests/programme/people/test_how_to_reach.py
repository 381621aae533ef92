import pytest

from programme.access import actors
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.people.reads import HowToReach, SafeRule, how_to_reach
from tests import builders

pytestmark = pytest.mark.django_db


def test_how_to_reach_says_every_rule_in_plain_words():
    parent = builders.make_parent(given_names="Ann", family_name="Lee")
    rule = builders.make_safe_contact(
        parent,
        number="07700 900123",
        times="after 10",
        may_leave_message=False,
        may_text=True,
        who_may_answer="her mother",
        words_to_avoid="social care",
        agreed_phrase="it's the centre",
        do_not_meet_at="the market",
        known_risk="the dog",
    )

    with acting_as(actors.SEEDER):
        reach = how_to_reach(parent)

    assert reach == HowToReach(
        "Ann Lee",
        (
            SafeRule(
                number="07700 900123",
                lines=(
                    "When: after 10",
                    "Who may answer: her mother",
                    "Say: it's the centre",
                    "Do not say: social care",
                    "Risk in the home: the dog",
                    "Do not meet at: the market",
                    "Do not leave a message",
                    "You may text",
                ),
                may_text=True,
                rule_id=rule.pk,
            ),
        ),
    )
    assert reach.title == "How to reach Ann Lee safely"


def test_how_to_reach_takes_not_asked_for_no():
    parent = builders.make_parent()
    builders.make_safe_contact(parent, times="")

    with acting_as(actors.SEEDER):
        [rule] = how_to_reach(parent).rules

    assert rule.lines == (
        "Do not leave a message: nobody has asked yet if that is safe",
        "Do not text: nobody has asked yet if that is safe",
    )


def test_how_to_reach_names_nobody_to_those_who_may_not_know_her():
    programme = builders.make_programme()
    parent = builders.make_parent()
    builders.make_episode(parent, programme)
    builders.make_safe_contact(parent)
    manager = builders.make_user()
    builders.grant_role(manager, Role.MANAGER, programme)

    with acting_as(manager):
        reach = how_to_reach(parent)

    assert reach == HowToReach(parent.reference)
