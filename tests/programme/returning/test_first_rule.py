"""A parent whom nobody asked how to reach safely: the first rule, in the same act."""

import pytest

from programme.access.scope import acting_as
from programme.people.models import SafeContact
from programme.referrals.models import Referral
from tests import builders
from tests.programme.pages import rows
from tests.programme.returning.again import a_return, line_of, make_last_time, refer_url

FIRST = "line_first_rule"


def a_rule(**typed):
    return {
        FIRST: "agreed",
        f"{FIRST}_times": "after 10",
        f"{FIRST}_who_may_answer": "only Ann",
        f"{FIRST}_may_leave_message": "no",
        f"{FIRST}_may_text": "yes",
        **typed,
    }


@pytest.fixture
def hers(sign_in, practitioner, parent, programme, worker):
    before = make_last_time(parent, programme, worker)
    with acting_as(builders.actors.SEEDER):
        SafeContact.objects.get(pk=before["rule"].pk).delete()
    return sign_in(practitioner)


def test_a_first_rule_is_kept_with_the_referral(hers, parent, programme):
    response = hers.post(refer_url(parent), a_return(programme, **a_rule()))

    assert response.status_code == 302
    assert [
        (
            one.parent_id,
            one.number,
            one.times,
            one.who_may_answer,
            one.may_leave_message,
            one.may_text,
        )
        for one in rows(SafeContact)
    ] == [(parent.pk, "", "after 10", "only Ann", False, True)]


def test_a_rule_is_offered_only_where_there_is_none_and_never_assumed(
    hers, parent, programme, worker
):
    offered = hers.get(refer_url(parent)).context["form"]
    other = builders.make_parent()
    make_last_time(other, programme, worker)

    assert offered[FIRST].value() is None
    assert FIRST not in hers.get(refer_url(other)).context["form"].fields
    hers.post(refer_url(parent), a_return(programme, **a_rule(**{FIRST: "leave_out"})))
    assert [one.parent_id for one in rows(SafeContact)] == [other.pk]


def test_a_rule_that_only_says_no_is_a_rule(hers, parent, programme):
    typed = {FIRST: "agreed", f"{FIRST}_may_text": "no"}

    assert hers.post(refer_url(parent), a_return(programme, **typed)).status_code == 302
    assert [one.may_text for one in rows(SafeContact)] == [False]


def test_an_empty_rule_is_sent_back(hers, parent, programme):
    response = hers.post(refer_url(parent), a_return(programme, **{FIRST: "agreed"}))

    assert response.context["form"].errors == {
        f"{FIRST}_times": ["Enter when to ring, or another part of the rule"]
    }
    assert len(rows(Referral)) == 1


def test_another_team_agrees_a_rule_of_its_own(hers, parent):
    other = builders.make_programme("Eastgate")

    response = hers.post(refer_url(parent), a_return(other, **a_rule()))

    assert list(response.context["form"].errors) == ["programme"]
    assert rows(SafeContact) == []


def test_a_rule_added_meanwhile_is_shown_beside_the_words_typed(hers, parent, programme):
    builders.make_safe_contact(parent, times="mornings")

    response = hers.post(refer_url(parent), a_return(programme, **a_rule()))

    form = response.context["form"]
    assert form.non_field_errors()[0].startswith("What is recorded about last time has changed")
    assert form.words_without_a_line() == ["after 10", "only Ann"]
    assert "only Ann" in response.content.decode()
    assert [one.times for one in rows(SafeContact)] == ["mornings"]


def test_words_under_a_line_that_moved_on_are_shown_again(hers, parent, programme):
    rule = builders.make_safe_contact(parent, times="mornings")
    line = line_of(rule)
    typed = {line: "change", f"{line}_times": "never on Sundays", f"{line}_number": ""}
    with acting_as(builders.actors.SEEDER):
        SafeContact.objects.get(pk=rule.pk).save()

    response = hers.post(refer_url(parent), a_return(programme, **typed))

    assert response.context["form"].words_without_a_line() == ["never on Sundays"]


def test_the_error_summary_follows_the_page(hers, parent):
    typed = {FIRST: "agreed", "received_on": ""}

    form = hers.post(refer_url(parent), typed).context["form"]

    wrong = [name for name in form.fields if name in form.errors]
    assert wrong == [f"{FIRST}_times", "pregnancy", "programme", "source", "received_on"]
