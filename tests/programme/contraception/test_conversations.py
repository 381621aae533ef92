from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.contraception.actions import record_conversation
from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.core.choices import ContraceptionAnswer
from programme.core.dates import today
from tests import builders
from tests.programme.pages import queries, rows, said


def url_of(name, parent):
    return reverse(f"contraception:{name}", args=[parent.pk])


def a_conversation(**typed):
    return {
        "key": str(uuid4()),
        "event": "conversation",
        "happened_on": str(today()),
        "answer": "no_decision",
        "explained_by_role": "gp",
        **typed,
    }


@pytest.fixture
def agreed(parent, episode):
    return builders.make_consent(parent, "record_contraception", covers_own_worker=True)


@pytest.fixture
def told(parent, agreed):
    return builders.stored(
        ContraceptionChoice,
        parent=parent,
        happened_on=today(),
        event="choice",
        answer="method",
        method="implant",
    )


def test_without_her_permission_the_page_offers_only_that_information_was_offered(hers, parent):
    page = hers.get(url_of("show_conversations", parent))
    words = page.content.decode()

    assert "Nothing about contraception can be written here or shown to you" in words
    assert "What the parent chooses changes nothing about the help they get." in words
    assert url_of("record_information", parent) in words
    assert url_of("record_conversation", parent) not in words
    assert hers.get(url_of("record_conversation", parent)).status_code == 403
    assert hers.post(url_of("record_conversation", parent), a_conversation()).status_code == 403
    assert rows(ContraceptionChoice) == []


def test_that_information_was_offered_needs_no_permission(hers, parent):
    typed = {"key": str(uuid4()), "happened_on": str(today()), "explained_by_role": "midwife"}

    replies = [hers.post(url_of("record_information", parent), typed) for _ in range(2)]

    assert [one.headers["Location"] for one in replies] == [
        url_of("show_conversations", parent)
    ] * 2
    assert said(replies[0]) == [f"Saved, record {parent.reference}"]
    assert [(one.happened_on, one.explained_by_role) for one in rows(InformationOffered)] == [
        (today(), "midwife")
    ]


def test_the_eight_answers_stand_equal_in_their_order_and_none_is_chosen(hers, parent, agreed):
    form = hers.get(url_of("record_conversation", parent)).context["form"]

    assert [code for code, _ in form.fields["answer"].choices] == list(ContraceptionAnswer.values)
    assert len(ContraceptionAnswer.values) == 8
    assert form["answer"].value() is None
    assert not form.fields["answer"].widget.hints


@pytest.mark.parametrize("answer", [one for one in ContraceptionAnswer.values if one != "method"])
def test_every_answer_is_a_full_answer(hers, parent, agreed, answer):
    response = hers.post(url_of("record_conversation", parent), a_conversation(answer=answer))

    assert response.status_code == 302
    assert [(one.answer, one.method) for one in rows(ContraceptionChoice)] == [(answer, "")]


def test_a_method_is_asked_for_under_its_answer_only(hers, parent, agreed):
    url = url_of("record_conversation", parent)

    missing = hers.post(url, a_conversation(answer="method")).context["form"]
    hers.post(url, a_conversation(answer="none", method="implant"))
    hers.post(url, a_conversation(answer="method", method="implant", event="change_requested"))

    codes = [code for code, _ in missing.fields["method"].choices]
    assert missing.errors == {"method": ["Choose the method they named"]}
    assert (codes[0], "implant" in codes, {"none", "declined", "na"} & set(codes)) == (
        "",
        True,
        set(),
    )
    assert [(one.event, one.answer, one.method) for one in rows(ContraceptionChoice)] == [
        ("conversation", "none", ""),
        ("change_requested", "method", "implant"),
    ]


def test_a_conversation_sent_twice_is_one_and_is_shown(hers, parent, agreed):
    typed = a_conversation(review_due_on=str(today() + timedelta(days=30)))

    replies = [
        hers.post(url_of("record_conversation", parent), typed).status_code for _ in range(2)
    ]

    page = hers.get(url_of("show_conversations", parent))
    assert (replies, len(page.context["conversations"])) == ([302, 302], 1)
    assert "Conversation: no decision yet" in page.content.decode()


def test_a_conversation_shows_what_to_put_right(hers, parent, agreed):
    form = hers.post(
        url_of("record_conversation", parent), {"happened_on": str(today() + timedelta(days=2))}
    ).context["form"]

    assert form.errors == {
        "event": ["Choose what it is about"],
        "happened_on": ["The day it was must be today or in the past"],
        "answer": ["Choose what they said"],
        "explained_by_role": ["Choose who explained it"],
    }


@pytest.mark.parametrize("decision", ["withdrawn", "refused"])
def test_taking_permission_back_hides_everything_at_once(
    hers, parent, practitioner, told, decision
):
    url = url_of("show_conversations", parent)
    before = hers.get(url).content.decode()
    hers.post(
        reverse("consents:record_decision", args=[parent.pk]),
        {
            "key": str(uuid4()),
            "purpose": "record_contraception",
            "decision": decision,
            "given_how": "spoken",
            "decided_at": "now",
            "explained_by": "Grace",
        },
    )

    after = hers.get(url)

    assert ("Implant" in before, "Implant" in after.content.decode()) == (True, False)
    assert after.context["conversations"] == []
    assert hers.get(url_of("record_conversation", parent)).status_code == 403
    with acting_as(practitioner):
        assert list(ContraceptionChoice.objects.all()) == []
        assert list(ContraceptionChoice.history.model.objects.all()) == []
        with pytest.raises((PermissionDenied, DatabaseError)), transaction.atomic():
            record_conversation(
                key=uuid4(),
                parent=parent,
                happened_on=today(),
                event="choice",
                answer="none",
                by=practitioner,
            )


def test_the_rest_of_the_team_sees_nothing_of_it(sign_in, programme, parent, told):
    colleague = builders.make_practitioner(programme)
    senior = builders.make_practitioner(programme, role=Role.SENIOR)

    replies = [
        sign_in(user).get(url_of(name, parent)).status_code
        for user in (colleague, senior)
        for name in ("show_conversations", "record_information", "record_conversation")
    ]

    assert replies == [403] * 6


def test_the_clinician_she_was_referred_to_sees_it_when_named(sign_in, programme, parent, told):
    clinician = builders.make_user("Dr Cole")
    builders.grant_role(clinician, Role.CLINICIAN, programme)
    builders.grant_for_a_time(clinician, parent, programme, "clinician")
    url = url_of("show_conversations", parent)

    before = sign_in(clinician).get(url).context["conversations"]
    builders.make_consent(
        parent,
        "record_contraception",
        decided_at=builders.timezone.now(),
        covers_clinician=True,
    )
    after = sign_in(clinician).get(url).context["conversations"]

    assert (before, [one.row.pk for one in after]) == ([], [told.pk])


def test_contraception_pages_hide_parents_of_other_teams(sign_in, parent, agreed):
    browser = sign_in(builders.make_practitioner(builders.make_programme("Southside")))

    for name in ("show_conversations", "record_information", "record_conversation"):
        assert browser.get(url_of(name, parent)).status_code == 404


def test_contraception_pages_ask_strangers_to_sign_in(client, parent, agreed):
    for name in ("show_conversations", "record_information", "record_conversation"):
        asked = client.get(url_of(name, parent))
        assert asked.headers["Location"].startswith("/accounts/login/?next=")
    sent = client.post(url_of("record_conversation", parent), {"happened_on": "my day"})
    assert "my day" in sent.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_show_conversations_asks_a_fixed_number_of_queries(
    hers, parent, agreed, number, django_assert_num_queries
):
    for _ in range(number):
        builders.stored(
            ContraceptionChoice,
            parent=parent,
            happened_on=today(),
            event="conversation",
            answer="none",
        )
    url = url_of("show_conversations", parent)
    hers.get(url)

    with django_assert_num_queries(queries(12)):
        response = hers.get(url)

    assert len(response.context["conversations"]) == number
