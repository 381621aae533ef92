from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from programme.core.dates import today
from programme.people.models import Child, ParentChild, Partnership
from programme.pregnancies.models import DueDate, Pregnancy
from tests import builders
from tests.programme.pages import queries, rows, said


def url_of(parent):
    return reverse("pregnancies:record_pregnancy", args=[parent.pk])


def a_pregnancy(**typed):
    return {
        "key": str(uuid4()),
        "known_on": str(today()),
        "estimated_due_date": str(today() + timedelta(days=280 - 87)),
        "basis": "dating_scan",
        **typed,
    }


def make_father_of_her_child(parent, **identity):
    child = builders.stored(Child, given_names="Ivy")
    father = builders.make_parent("father", **identity)
    for one in (parent, father):
        builders.stored(ParentChild, parent=one, child=child, relation="birth")
    return father


@time_machine.travel("2026-11-22 12:00:00+00:00")
def test_record_pregnancy_saves_says_how_far_on_she_is_and_moves_on(hers, parent):
    response = hers.post(url_of(parent), a_pregnancy())

    assert response.headers["Location"] == reverse("desk:show_parent", args=[parent.pk])
    assert said(response) == ["Pregnancy saved. 12 weeks and 3 days pregnant, due 3 June 2027."]
    assert [(one.mother_id, one.known_on, one.father_id) for one in rows(Pregnancy)] == [
        (parent.pk, date(2026, 11, 22), None)
    ]
    assert [(one.estimated_due_date, one.basis) for one in rows(DueDate)] == [
        (date(2027, 6, 3), "dating_scan")
    ]


def test_record_pregnancy_without_a_due_date_says_that_it_is_missing(hers, parent):
    response = hers.post(url_of(parent), a_pregnancy(estimated_due_date="", basis=""))

    assert said(response) == [
        "Pregnancy saved. No due date yet, so the week of pregnancy cannot be said."
    ]
    assert (len(rows(Pregnancy)), rows(DueDate)) == (1, [])


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"known_on": ""}, {"known_on": ["Enter the day you learned of it"]}),
        (
            {"known_on": str(date.max)},
            {"known_on": ["The day you learned of it must be today or in the past"]},
        ),
        ({"basis": ""}, {"basis": ["Choose what the date is based on"]}),
        ({"estimated_due_date": ""}, {"estimated_due_date": ["Enter the day the baby is due"]}),
        (
            {"estimated_due_date": "2009-01-01"},
            {
                "estimated_due_date": [
                    "The due date is more than 10 months away from the day it was said."
                    " Check the year."
                ]
            },
        ),
        ({"father": "not_named"}, {"father_not_named_reason": ["Choose why he is not named"]}),
        ({"father": str(uuid4())}, {"father": ["Choose the father from the list"]}),
    ],
)
def test_record_pregnancy_shows_what_to_put_right_and_keeps_what_was_typed(
    hers, parent, typed, errors
):
    response = hers.post(url_of(parent), a_pregnancy(booked_on="2026-01-05", **typed))

    form = response.context["form"]
    assert form.errors == errors
    assert form["booked_on"].value().month in ("1", "01")
    assert rows(Pregnancy) == []


def test_record_pregnancy_sent_twice_is_one_pregnancy(hers, parent):
    typed = a_pregnancy()

    replies = [hers.post(url_of(parent), typed).headers["Location"] for _ in range(2)]

    assert replies == [reverse("desk:show_parent", args=[parent.pk])] * 2
    assert (len(rows(Pregnancy)), len(rows(DueDate))) == (1, 1)


def test_record_pregnancy_sent_twice_by_one_who_only_knew_her_once(sign_in, parent, programme):
    """Whoever referred years ago may add a pregnancy without seeing the record."""
    builders.make_episode(
        parent,
        programme,
        opened_on=today() - timedelta(days=1500),
        closed_on=today() - timedelta(days=900),
    )
    browser = sign_in(builders.make_practitioner(programme))
    typed = a_pregnancy()

    replies = [browser.post(url_of(parent), typed) for _ in range(2)]

    assert [one.status_code for one in replies] == [302, 302]
    assert (len(rows(Pregnancy)), len(rows(DueDate))) == (1, 1)


def test_the_father_is_chosen_from_those_known_whom_the_reader_sees(hers, parent, programme):
    seen = make_father_of_her_child(parent, given_names="Ben", family_name="Roy")
    builders.make_episode(seen, programme)
    make_father_of_her_child(parent, given_names="Hidden", family_name="Man")
    partner = builders.make_parent("father", given_names="Abe", family_name="Fox")
    builders.make_episode(partner, programme)
    builders.stored(Partnership, parent=parent, other_parent=partner)

    form = hers.get(url_of(parent)).context["form"]

    assert [str(label) for _, label in form.fields["father"].choices] == [
        "Abe Fox",
        "Ben Roy",
        "Someone who is not named here",
    ]
    assert form["father"].value() is None
    hers.post(url_of(parent), a_pregnancy(father=str(seen.pk)))
    assert [one.father_id for one in rows(Pregnancy)] == [seen.pk]


def test_a_father_who_is_not_named_is_kept_with_the_reason(hers, parent):
    hers.post(url_of(parent), a_pregnancy(father="not_named", father_not_named_reason="her_wish"))

    assert [(one.father_id, one.father_not_named_reason) for one in rows(Pregnancy)] == [
        (None, "her_wish")
    ]


def test_a_pregnancy_recorded_already_is_shown_with_the_way_to_add_an_estimate(hers, parent):
    known = builders.make_pregnancy(parent, today() + timedelta(days=100))
    builders.make_pregnancy(parent, known_on=today() - timedelta(days=900))

    response = hers.get(url_of(parent))

    assert [one.pregnancy for one in response.context["known"]] == [known]
    link = reverse("pregnancies:add_due_date", args=[parent.pk, known.pk])
    assert f'href="{link}"' in response.content.decode()


def test_a_pregnancy_is_recorded_on_the_mother(hers, sign_in, practitioner, programme):
    father = builders.make_parent("father")
    builders.make_episode(father, programme)

    pages = [hers.get(url_of(father)), hers.post(url_of(father), a_pregnancy())]

    said = "A pregnancy is recorded on the mother’s record."
    assert [said in page.content.decode() for page in pages] == [True, True]
    assert [page.context["form"] for page in pages] == [None, None]
    assert rows(Pregnancy) == []


def test_add_due_date_keeps_every_estimate(hers, parent):
    first, second = today() + timedelta(days=100), today() + timedelta(days=93)
    pregnancy = builders.make_pregnancy(parent, first)
    url = reverse("pregnancies:add_due_date", args=[parent.pk, pregnancy.pk])
    typed = {
        "estimated_due_date": str(second),
        "basis": "clinical",
        "recorded_on": str(today()),
    }

    replies = [hers.post(url, typed) for _ in range(2)]

    assert [one.status_code for one in replies] == [302, 302]
    assert said(replies[0])[0].startswith("Due date saved. 26 weeks and 5 days pregnant")
    assert [(one.estimated_due_date, one.basis) for one in rows(DueDate)] == [
        (first, "dating_scan"),
        (second, "clinical"),
    ]
    assert [one.estimated_due_date for one in hers.get(url).context["estimates"]] == [second, first]


def test_add_due_date_shows_what_to_put_right(hers, parent):
    pregnancy = builders.make_pregnancy(parent)
    url = reverse("pregnancies:add_due_date", args=[parent.pk, pregnancy.pk])

    form = hers.post(url, {"recorded_on": str(today())}).context["form"]

    assert form.errors == {
        "estimated_due_date": ["Enter the day the baby is due"],
        "basis": ["Choose what the date is based on"],
    }


def test_add_due_date_finds_only_pregnancies_of_the_parent_in_the_address(hers, parent, programme):
    other = builders.make_parent()
    builders.make_episode(other, programme)
    pregnancy = builders.make_pregnancy(parent)

    url = reverse("pregnancies:add_due_date", args=[other.pk, pregnancy.pk])

    assert hers.get(url).status_code == 404


def test_pregnancy_pages_hide_parents_of_other_teams(sign_in, parent, episode):
    pregnancy = builders.make_pregnancy(parent)
    browser = sign_in(builders.make_practitioner(builders.make_programme("Southside")))

    assert browser.get(url_of(parent)).status_code == 404
    assert browser.post(url_of(parent), a_pregnancy()).status_code == 404
    url = reverse("pregnancies:add_due_date", args=[parent.pk, pregnancy.pk])
    assert browser.get(url).status_code == 404
    assert rows(Pregnancy) == [pregnancy]


def test_pregnancy_pages_refuse_the_wrong_role(sign_in, coordinator, parent, episode):
    browser = sign_in(coordinator)

    assert browser.get(url_of(parent)).status_code == 403
    assert browser.post(url_of(parent), a_pregnancy()).status_code == 403
    assert rows(Pregnancy) == []


def test_pregnancy_pages_ask_strangers_to_sign_in_and_keep_the_words(client, parent, episode):
    asked = client.get(url_of(parent))
    sent = client.post(url_of(parent), a_pregnancy(estimated_due_date="my date"))

    assert asked.headers["Location"].startswith("/accounts/login/?next=")
    assert "my date" in sent.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_record_pregnancy_asks_a_fixed_number_of_queries(
    hers, parent, programme, number, django_assert_num_queries
):
    for _ in range(number):
        father = make_father_of_her_child(parent)
        builders.make_episode(father, programme)
        builders.make_pregnancy(parent, today() + timedelta(days=100))
    hers.get(url_of(parent))

    with django_assert_num_queries(queries(15)):
        response = hers.get(url_of(parent))

    assert len(response.context["known"]) == number
    assert len(response.context["form"].fields["father"].choices) == number + 1
