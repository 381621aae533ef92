import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from programme.access.holdings import parts_of
from programme.access.models import TimedGrant
from programme.access.parts import Part, Role
from programme.access.scope import acting_as
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.episodes.models import Allocation
from programme.people.models import Home
from programme.returning.actions import answer_request, ask_for_record
from programme.returning.models import RecordRequest
from tests import builders
from tests.programme.pages import queries, rows, said

LONG_AGO = today() - timedelta(days=900)


def ask_url(parent):
    return reverse("returning:ask_for_record", args=[parent.pk])


def answer_url(asked):
    return reverse("returning:answer_request", args=[asked.parent_id, asked.pk])


LIST = "/requests/"


@pytest.fixture
def earlier(db):
    return builders.make_programme("Southside")


@pytest.fixture
def senior(earlier):
    return builders.make_practitioner(earlier, "Sue Day", Role.SENIOR)


@pytest.fixture
def known_before(parent, earlier):
    """Southside worked with her and stopped reading long ago."""
    episode = builders.make_episode(
        parent,
        earlier,
        builders.make_worker(earlier),
        opened_on=LONG_AGO - timedelta(days=200),
        closed_on=LONG_AGO,
    )
    builders.make_contact(parent, episode, note="What Southside wrote")
    return episode


@pytest.fixture
def asked(parent, programme, practitioner, episode, known_before):
    with acting_as(practitioner):
        return ask_for_record(
            key=uuid4(), parent=parent, programme=programme, why="A new baby", by=practitioner
        )


def released(**typed):
    return {"version": "1", "answer": "released", "days": "7", "note": "", **typed}


def test_ask_for_record_stores_the_request_and_moves_on(hers, parent, programme, practitioner):
    typed = {"key": str(uuid4()), "why": "A new baby is due"}

    replies = [hers.post(ask_url(parent), typed) for _ in range(2)]

    assert [one.headers["Location"] for one in replies] == [
        reverse("desk:show_parent", args=[parent.pk])
    ] * 2
    assert said(replies[0]) == ["Request sent. If there is an earlier record, its team decides"]
    assert [
        (one.parent_id, one.programme_id, one.asked_by_id, one.why, one.answer)
        for one in rows(RecordRequest)
    ] == [(parent.pk, programme.pk, practitioner.pk, "A new baby is due", "")]


def test_ask_for_record_shows_what_to_put_right(hers, parent):
    response = hers.post(ask_url(parent), {"why": " "})

    assert response.context["form"].errors == {"why": ["Enter why you need it"]}
    assert rows(RecordRequest) == []


def test_the_senior_of_a_team_that_knew_her_sees_the_request(sign_in, senior, asked):
    page = sign_in(senior).get(LIST)

    assert [line.asked.pk for line in page.context["lines"]] == [asked.pk]
    assert "A new baby" in page.content.decode()


def test_other_seniors_do_not_see_the_request(sign_in, programme, asked):
    own = builders.make_practitioner(programme, role=Role.SENIOR)
    stranger = builders.make_practitioner(builders.make_programme(), role=Role.SENIOR)

    seen = []
    for user in (own, stranger):
        browser = sign_in(user)
        seen.append(
            (browser.get(LIST).context["lines"], browser.get(answer_url(asked)).status_code)
        )

    assert seen == [([], 404), ([], 404)]


def test_nobody_answers_her_own_request(sign_in, practitioner, earlier, asked):
    builders.grant_role(practitioner, Role.SENIOR, earlier)
    browser = sign_in(practitioner)

    assert browser.get(LIST).context["lines"] == []
    assert browser.get(answer_url(asked)).status_code == 404
    assert browser.post(answer_url(asked), released()).status_code == 404
    with acting_as(practitioner), pytest.raises(RuleBroken) as refused:
        answer_request(
            request=RecordRequest.objects.get(pk=asked.pk),
            programme=earlier,
            answer="released",
            days=7,
            seen_version=1,
            by=practitioner,
        )
    assert refused.value.message == "Someone else has to answer this."
    assert rows(TimedGrant) == []


def test_releasing_shows_the_notes_for_so_many_days(
    sign_in, senior, practitioner, parent, earlier, asked
):
    record = reverse("desk:show_parent", args=[parent.pk])
    before = sign_in(practitioner).get(record).content.decode()

    response = sign_in(senior).post(answer_url(asked), released())

    assert response.headers["Location"] == LIST
    after = sign_in(practitioner).get(record).content.decode()
    assert ("What Southside wrote" in before, "What Southside wrote" in after) == (False, True)
    grant = rows(TimedGrant)[0]
    assert (grant.kind, grant.user_id, grant.programme_id, grant.given_by_id) == (
        "released",
        practitioner.pk,
        earlier.pk,
        senior.pk,
    )
    assert (grant.ends_at - grant.starts_at).days in (6, 7)
    assert sign_in(senior).get(LIST).context["lines"] == []


def _release(asked, senior, earlier):
    with acting_as(senior):
        answer_request(
            request=RecordRequest.objects.get(pk=asked.pk),
            programme=earlier,
            answer="released",
            days=7,
            seen_version=1,
            by=senior,
        )


def test_what_is_released_is_to_read_and_never_the_most_private(
    parent, programme, earlier, senior, known_before
):
    """The asker knows her from nowhere else: every further part comes from the release."""
    asker = builders.make_practitioner(programme)
    referral = builders.make_referral(
        parent, programme, decision="not_accepted", received_on=LONG_AGO
    )
    builders.make_consent(
        parent,
        "record_contraception",
        covers_own_worker=True,
        covers_stand_in=True,
        covers_clinician=True,
    )
    asked = builders.stored(
        RecordRequest, parent=parent, programme=programme, asked_by=asker, why="New baby"
    )
    assert referral.pk
    with acting_as(asker):
        before = parts_of(parent.pk)

    _release(asked, senior, earlier)

    with acting_as(asker):
        after = parts_of(parent.pk)
    assert before == {Part.REFERENCE: False, Part.INTAKE: True}
    assert after == {
        **before,
        Part.CORE: False,
        Part.NOTES: False,
        Part.ARRANGEMENTS: False,
        Part.COURT: False,
    }


def test_a_release_ends_by_itself(parent, senior, practitioner, earlier, asked):
    _release(asked, senior, earlier)
    with acting_as(builders.actors.SEEDER):
        grant = TimedGrant.objects.get()
        grant.starts_at = timezone.now() - timedelta(days=7)
        grant.ends_at = timezone.now() - timedelta(hours=1)
        grant.save()

    with acting_as(practitioner):
        assert list(Contact.objects.filter(note="What Southside wrote")) == []


def test_a_release_shows_no_address_of_hers(senior, earlier, asked, parent, programme):
    colleague = asked.asked_by_id
    builders.stored(Home, parent=parent, postcode="NE1 1AA")
    with acting_as(builders.actors.SEEDER):
        spell = Allocation.objects.get(episode__programme=programme)
        spell.to_date = today() - timedelta(days=1)
        spell.save()
    _release(asked, senior, earlier)

    with acting_as(colleague):
        assert list(Home.objects.all()) == []


def test_not_released_changes_nothing_for_the_asker(sign_in, senior, practitioner, parent, asked):
    before = sign_in(practitioner).get(ask_url(parent)).context
    sign_in(senior).post(answer_url(asked), released(answer="not_released", note="Not needed"))

    page = sign_in(practitioner).get(ask_url(parent))

    assert [one.answer for one in rows(RecordRequest)] == ["not_released"]
    assert rows(TimedGrant) == []
    assert (page.context["asked"], page.context["released"]) == (
        before["asked"],
        before["released"],
    )
    assert "Not needed" not in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"answer": ""}, {"answer": ["Choose whether to release the record"]}),
        ({"days": "0"}, {"days": ["The number of days must be 1 or more"]}),
        ({"days": "91"}, {"days": ["The number of days must be 90 or fewer"]}),
        ({"days": ""}, {"days": ["Enter the number of days"]}),
    ],
)
def test_answer_request_shows_what_to_put_right(sign_in, senior, asked, typed, errors):
    response = sign_in(senior).post(answer_url(asked), released(note="My words", **typed))

    form = response.context["form"]
    assert (form.errors, form["note"].value()) == (errors, "My words")
    assert rows(TimedGrant) == []


def test_a_request_is_answered_once(sign_in, senior, asked):
    browser = sign_in(senior)
    browser.post(answer_url(asked), released())

    again = browser.post(answer_url(asked), released(answer="not_released", version="2"))

    assert again.status_code == 200
    assert [one.answer for one in rows(RecordRequest)] == ["released"]
    assert len(rows(TimedGrant)) == 1


def test_an_answer_written_over_anothers_is_refused(sign_in, senior, asked):
    response = sign_in(senior).post(answer_url(asked), released(version="9"))

    assert response.context["form"].non_field_errors() == [
        "Someone else has answered this meanwhile."
    ]
    assert rows(TimedGrant) == []


def test_ask_for_record_is_the_same_whether_or_not_there_is_an_earlier_record(
    hers, parent, earlier
):
    def page():
        found = hers.get(ask_url(parent)).content.decode()
        return re.sub(r'nonce="[^"]*"|value="[^"]{30,}"', "", found)

    page()
    without = page()
    builders.make_episode(parent, earlier, builders.make_worker(earlier))

    assert page() == without


def test_request_pages_refuse_the_wrong_role(sign_in, coordinator, practitioner, parent, asked):
    browser = sign_in(coordinator)
    assert browser.get(ask_url(parent)).status_code == 403
    assert browser.get(LIST).status_code == 403
    assert sign_in(practitioner).get(LIST).status_code == 403
    assert sign_in(practitioner).get(answer_url(asked)).status_code == 403


def test_request_pages_ask_strangers_to_sign_in_and_keep_the_words(client, parent, asked):
    assert client.get(LIST).headers["Location"].startswith("/accounts/login/?next=")
    assert "My words" in client.post(ask_url(parent), {"why": "My words"}).content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_list_requests_asks_a_fixed_number_of_queries(
    sign_in, senior, practitioner, programme, earlier, number, django_assert_num_queries
):
    for _ in range(number):
        her = builders.make_parent()
        builders.make_episode(her, earlier)
        builders.stored(
            RecordRequest, parent=her, programme=programme, asked_by=practitioner, why="Why"
        )
    browser = sign_in(senior)
    browser.get(LIST)

    with django_assert_num_queries(queries(9)):
        response = browser.get(LIST)

    assert len(response.context["lines"]) == number
