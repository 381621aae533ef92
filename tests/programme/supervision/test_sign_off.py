"""A contact is signed off, or comes back with comments to the worker and goes back answered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.core.dates import today
from programme.supervision.models import SignOff
from programme.supervision.views import CORRECTED
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import browser_of
from tests.programme.pages import rows

LIST = "/team/sign-off/"


@pytest.fixture
def senior(programme):
    return builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR)


@pytest.fixture
def seniors(senior):
    return browser_of(senior)


@pytest.fixture
def asks(programme):
    with builders.as_seeder():
        programme.signs_off_since = today()
        programme.save()


@pytest.fixture
def contact(practitioner, worker, episode):
    return make_contact(episode, practitioner, worker)


def make_contact(episode, user, worker=None, **values):
    return builders.make_contact(
        episode.parent,
        episode,
        worker=worker,
        written_by=user,
        **{"recorded_at": timezone.now(), "note": "We talked about housing", **values},
    )


def url_of(name, contact):
    return reverse(f"supervision:{name}", args=[contact.parent_id, contact.pk])


def waiting(browser):
    return [one.contact for one in browser.get(LIST).context["page"]]


def read_over(browser, contact, answer="sign", comment=""):
    typed = {"version": str(contact.version), "answer": answer, "comment": comment}
    return browser.post(url_of("sign_off", contact), typed)


def test_nothing_waits_where_a_service_does_not_ask(seniors, contact):
    assert waiting(seniors) == []
    assert "does not ask for signing off" in read_over(seniors, contact).content.decode()
    assert rows(SignOff) == []


def test_only_what_somebody_wrote_since_then_waits(seniors, senior, asks, episode, contact):
    make_contact(episode, senior)
    make_contact(episode, contact.written_by, note="")
    make_contact(episode, contact.written_by, recorded_at=timezone.now() - timedelta(days=2))

    assert waiting(seniors) == [contact]


def test_signed_off_it_waits_no_more_until_it_is_corrected(seniors, senior, asks, contact):
    read_over(seniors, contact)

    assert [(one.step, one.by, one.contact_version) for one in rows(SignOff)] == [
        ("signed", senior, contact.version)
    ]
    assert waiting(seniors) == []
    with builders.as_seeder():
        contact.note = "We talked about the flat"
        contact.save()
    assert waiting(seniors) == [contact]


def test_returned_it_is_due_to_the_worker_whose_answer_sends_it_back(
    seniors, practitioner, asks, contact
):
    read_over(seniors, contact, "return", "Who was there?")
    hers = browser_of(practitioner)

    (row,) = [one for one in hers.get("/home/").context["home"].due if one.item.rule == "returned"]
    assert (row.item.why, row.url) == (
        "Sena Example: “Who was there?”",
        url_of("answer_return", contact),
    )
    assert waiting(seniors) == []

    hers.post(row.url, {"comment": "Only the two of us"})

    assert [one.step for one in rows(SignOff)] == ["returned", "answered"]
    assert [one.item.rule for one in hers.get("/home/").context["home"].due].count("returned") == 0
    assert waiting(seniors) == [contact]


def test_the_teams_page_counts_returned_contacts_without_the_comment(seniors, asks, contact):
    builders.stored(
        SignOff,
        contact=contact,
        step="returned",
        comment="Who was there?",
        contact_version=1,
        by=contact.written_by,
        stored_at=timezone.now() - timedelta(days=3),
    )

    page = seniors.get("/team/").content.decode()

    assert "Who was there?" not in page


def test_a_return_says_why(seniors, asks, contact):
    form = read_over(seniors, contact, "return").context["form"]

    assert form.errors == {"comment": ["Enter what should be looked at again"]}


def test_nobody_signs_off_her_own(seniors, senior, asks, episode):
    own = make_contact(episode, senior)

    page = read_over(seniors, own)

    assert "Somebody else signs it off" in page.content.decode()
    assert rows(SignOff) == []


def test_words_corrected_meanwhile_are_read_again_first(seniors, asks, contact):
    opened = contact.version
    with builders.as_seeder():
        contact.note = "We talked about the flat"
        contact.save()
    typed = {"version": str(opened), "answer": "sign", "comment": ""}

    page = seniors.post(url_of("sign_off", contact), typed)

    assert page.context["form"].non_field_errors() == [CORRECTED]
    assert rows(SignOff) == []
    seniors.post(url_of("sign_off", contact), as_sent(page.content.decode()))
    assert [one.step for one in rows(SignOff)] == ["signed"]


def test_a_second_answer_is_refused(seniors, practitioner, asks, contact):
    read_over(seniors, contact, "return", "Who was there?")
    hers = browser_of(practitioner)
    for _ in range(2):
        hers.post(url_of("answer_return", contact), {"comment": "Only the two of us"})

    assert [one.step for one in rows(SignOff)] == ["returned", "answered"]


def test_a_colleague_without_the_case_cannot_answer(seniors, programme, asks, contact):
    read_over(seniors, contact, "return", "Who was there?")
    colleague = browser_of(builders.make_practitioner(programme))

    assert colleague.post(url_of("answer_return", contact), {"comment": "x"}).status_code == 403


def test_the_list_and_home_cost_the_same_for_any_number(seniors, practitioner, asks, episode):
    hers, asked = browser_of(practitioner), []
    for number in (1, 3, 30):
        while len(rows(SignOff)) < number:
            make_contact(episode, practitioner)
            back = make_contact(episode, practitioner)
            builders.stored(
                SignOff,
                contact=back,
                step="returned",
                comment="When?",
                contact_version=1,
                by=practitioner,
            )
        cost = []
        for browser, url in ((seniors, LIST), (hers, "/home/")):
            browser.get(url)
            with CaptureQueriesContext(connection) as queries:
                browser.get(url)
            cost.append(len(queries))
        asked.append(cost)

    assert asked == [asked[0]] * 3
