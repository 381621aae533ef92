from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.consents import wordings
from programme.consents.models import Consent, LedgerRowChanged
from programme.core.choices import ConsentPurpose
from programme.core.dates import today
from tests import builders
from tests.programme.pages import queries, rows, said


def show_url(parent):
    return reverse("consents:show_consents", args=[parent.pk])


def record_url(parent):
    return reverse("consents:record_decision", args=[parent.pk])


def a_decision(**typed):
    return {
        "key": str(uuid4()),
        "purpose": "take_part",
        "decision": "given",
        "given_how": "spoken",
        "decided_at": "now",
        "explained_by": "Grace Example",
        **typed,
    }


def test_record_decision_adds_a_row_with_the_wording_shown(hers, parent):
    response = hers.post(record_url(parent), a_decision())

    assert response.headers["Location"] == show_url(parent)
    assert said(response) == [f"Decision saved, record {parent.reference}"]
    assert [
        (one.purpose, one.decision, one.given_how, one.explained_by, one.wording_version)
        for one in rows(Consent)
    ] == [("take_part", "given", "spoken", "Grace Example", "2026-1")]


def test_explained_by_is_the_reader_unless_she_says_otherwise(hers, parent):
    form = hers.get(record_url(parent)).context["form"]

    assert form["explained_by"].value() == "Grace Example"
    assert {form[name].value() for name in ("purpose", "decision", "given_how")} == {None}


def test_permission_to_keep_notes_says_who_may_see_them(hers, parent):
    typed = a_decision(purpose="record_contraception")

    form = hers.post(record_url(parent), typed).context["form"]
    hers.post(record_url(parent), {**typed, "covers": ["own_worker", "clinician"]})

    assert form.errors == {"covers": ["Choose who may see it"]}
    assert [
        (one.covers_own_worker, one.covers_stand_in, one.covers_clinician) for one in rows(Consent)
    ] == [(True, False, True)]


def test_taking_back_is_one_choice_and_changes_no_earlier_row(hers, parent):
    given = builders.make_consent(parent, "record_contraception", covers_own_worker=True)
    hers.post(record_url(parent), a_decision(purpose="record_contraception", decision="withdrawn"))

    ledger = hers.get(show_url(parent)).context["ledger"]

    first = rows(Consent)[0]
    assert (first.pk, first.version, first.decision) == (given.pk, 1, "given")
    assert [one.consent.decision for one in ledger.in_force] == ["withdrawn"]
    assert [one.consent.decision for one in ledger.every] == ["withdrawn", "given"]
    with builders.acting_as(builders.actors.SEEDER), pytest.raises(LedgerRowChanged):
        Consent.objects.get(pk=given.pk).save()


def test_a_decision_that_ran_out_is_in_the_ledger_and_not_in_force(hers, parent):
    builders.make_consent(parent, "photograph", expires_on=today() - timedelta(days=1))
    builders.make_consent(parent, "text_messages", expires_on=today())

    ledger = hers.get(show_url(parent)).context["ledger"]

    assert [one.consent.purpose for one in ledger.in_force] == ["text_messages"]
    assert len(ledger.every) == 2


def test_the_words_shown_are_kept_by_version_for_every_purpose(hers, parent):
    hers.post(record_url(parent), a_decision(purpose="share_with_gp", share_with_gp_with="Dr Roy"))

    page = hers.get(show_url(parent))

    assert set(wordings.current()) == set(ConsentPurpose.values)
    entry = page.context["ledger"].in_force[0]
    assert (entry.consent.shared_with, entry.words) == (
        "Dr Roy",
        wordings.shown("share_with_gp", "2026-1"),
    )
    assert entry.words in page.content.decode()
    assert wordings.shown("share_with_gp", "their own form") == ""


def test_record_decision_sent_twice_is_one_row(hers, parent):
    typed = a_decision()

    replies = [hers.post(record_url(parent), typed).status_code for _ in range(2)]

    assert (replies, len(rows(Consent))) == ([302, 302], 1)


def test_record_decision_shows_what_to_put_right_and_keeps_the_words(hers, parent):
    form = hers.post(
        record_url(parent), {"explained_by": "The midwife", "decided_at": "now"}
    ).context["form"]

    assert form.errors == {
        "purpose": ["Choose what was asked"],
        "decision": ["Choose what the parent says"],
        "given_how": ["Choose how it was said"],
    }
    assert form["explained_by"].value() == "The midwife"
    assert rows(Consent) == []


def test_a_team_colleague_reads_the_ledger_and_cannot_write(sign_in, programme, parent, episode):
    browser = sign_in(builders.make_practitioner(programme))

    page = browser.get(show_url(parent))

    assert (page.status_code, page.context["may_record"]) == (200, False)
    assert browser.get(record_url(parent)).status_code == 403
    assert browser.post(record_url(parent), a_decision()).status_code == 403


def test_permission_pages_hide_parents_of_other_teams(sign_in, parent, episode):
    browser = sign_in(builders.make_practitioner(builders.make_programme("Southside")))

    assert browser.get(show_url(parent)).status_code == 404
    assert browser.post(record_url(parent), a_decision()).status_code == 404


def test_permission_pages_ask_strangers_to_sign_in_and_keep_the_words(client, parent, episode):
    assert client.get(show_url(parent)).headers["Location"].startswith("/accounts/login/?next=")
    sent = client.post(record_url(parent), {"explained_by": "My words"})
    assert "My words" in sent.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_show_consents_asks_a_fixed_number_of_queries(
    hers, parent, number, django_assert_num_queries
):
    for _ in range(number):
        builders.make_consent(parent, "take_part")
    hers.get(show_url(parent))

    with django_assert_num_queries(queries(10)):
        response = hers.get(show_url(parent))

    assert len(response.context["ledger"].every) == number
