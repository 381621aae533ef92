"""The pages of court: what is shown, what a practitioner and a senior may type."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from programme.core.dates import today
from programme.people.models import Child, ParentChild
from programme.proceedings.models import (
    CourtDate,
    Hearing,
    Proceedings,
    ProceedingsChild,
    ProceedingsParent,
    Representation,
)
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import queries, rows, said

pytestmark = pytest.mark.django_db


def url(page: str, parent, *keys) -> str:
    return reverse(f"proceedings:{page}", args=[parent.pk, *keys])


def text(response) -> str:
    return " ".join(unescape(response.content.decode()).split())


def test_a_practitioner_begins_a_set_with_what_the_parent_told(hers, parent):
    typed = {"kind": "issued", "source_words": "on the phone", **boxes("happened_on", today())}
    add = url("add_set", parent)
    form = as_sent(hers.get(add).content.decode())

    # A source that the page does not ask for is not read.
    response = hers.post(add, form | typed | {"source": "court_document"})

    assert response.headers["Location"] == url("show_court", parent)
    assert said(response) == [f"Court proceedings saved, record {parent.reference}"]
    (court,) = rows(Proceedings)
    (told,) = rows(CourtDate)
    assert (court.issued_on, court.court_reference) == (None, "")
    assert (told.source, told.parent_id, told.happened_on) == ("parent", parent.pk, today())
    page = text(hers.get(url("show_court", parent)))
    assert "Not known from papers" in page
    assert "The parent told us: on the phone. Known since" in page


def test_a_senior_adds_what_papers_say(parent, court, senior):
    browser = browser_of(senior)
    add = url("add_date", parent, court.pk)
    typed = {
        "kind": "first_hearing",
        "notice_days": "2",
        "urgency_reason": "immediate_safety",
        "source": "court_document",
        "source_words": "notice of hearing",
        **boxes("happened_on", today()),
    }

    browser.post(add, as_sent(browser.get(add).content.decode()) | typed)

    page = text(browser.get(url("show_court", parent)))
    assert "notice of 2 days, immediate safety of the child" in page
    assert "A court document: notice of hearing. Known since" in page


def test_what_is_missing_is_said_and_every_character_kept(hers, parent, court):
    response = hers.post(
        url("add_date", parent, court.pk), {"kind": "issued", "source_words": "in her words"}
    )

    assert response.status_code == 200
    page = text(response)
    assert "Enter the day" in page
    assert 'value="in her words"' in page
    assert rows(CourtDate) == []


def test_a_child_of_another_record_cannot_be_named(parent, court, senior):
    child = builders.stored(Child, given_names="Ivy")
    builders.stored(ParentChild, parent=builders.make_parent(), child=child, relation="birth")
    own = builders.stored(Child, given_names="Oak")
    builders.stored(ParentChild, parent=parent, child=own, relation="birth")
    browser = browser_of(senior)

    for page in ("name_people", "add_date"):
        typed = {"children": str(child.pk), "child": str(child.pk), "kind": "order"}
        typed |= {"order": "care_order", "source": "other", **boxes("happened_on", today())}
        assert browser.post(url(page, parent, court.pk), typed).status_code == 200

    assert rows(ProceedingsChild) == []
    browser.post(url("name_people", parent, court.pk), {"children": str(own.pk)})
    assert [one.child_id for one in rows(ProceedingsChild)] == [own.pk]


def test_the_other_parent_is_offered_to_who_may_write_there(parent, court, senior, programme):
    child = builders.stored(Child, given_names="Ivy")
    near = builders.make_parent("father", given_names="Near", family_name="Lee")
    far = builders.make_parent("father", given_names="Far", family_name="Lee")
    for one in (parent, near, far):
        builders.stored(ParentChild, parent=one, child=child, relation="birth")
    builders.make_episode(near, programme)
    builders.make_episode(far, builders.make_programme())
    browser = browser_of(senior)

    page = browser.get(url("name_people", parent, court.pk)).content.decode()
    assert ("Near Lee" in page, "Far Lee" in page) == (True, False)

    browser.post(url("name_people", parent, court.pk), {"parents": [str(near.pk), str(far.pk)]})
    assert [one.parent_id for one in rows(ProceedingsParent)] == [parent.pk]
    browser.post(url("name_people", parent, court.pk), {"parents": [str(near.pk)]})
    assert [one.parent_id for one in rows(ProceedingsParent)] == [parent.pk, near.pk]


def test_representation_is_kept_for_this_parent_with_its_source(parent, court, senior):
    other = builders.make_parent()
    builders.stored(ProceedingsParent, proceedings=court, parent=other)
    browser = browser_of(senior)
    page = url("record_representation", parent, court.pk)
    typed = {
        "at_first_hearing": "no",
        "now": "yes",
        "solicitor": "Demo and Daughters",
        "source": "local_authority",
    }

    browser.post(page, as_sent(browser.get(page).content.decode()) | typed)

    (row,) = rows(Representation)
    assert (row.parent_id, row.solicitor, row.known_on) == (
        parent.pk,
        "Demo and Daughters",
        today(),
    )
    links = {one.parent_id: one.represented_at_first_hearing for one in rows(ProceedingsParent)}
    assert links == {parent.pk: "no", other.pk: ""}
    shown = text(browser.get(url("show_court", parent)))
    assert "At the first hearing: nobody stands for the parent" in shown
    assert "Solicitor: Demo and Daughters" in shown


def test_what_was_said_of_the_first_hearing_is_not_lost_by_a_later_answer(parent, court, senior):
    """Loaded with a set, then said again: each answer stands until another is given."""
    (link,) = rows(ProceedingsParent)
    with builders.as_seeder():
        link.represented_at_first_hearing = "yes"
        link.save()
    browser = browser_of(senior)
    page = url("record_representation", parent, court.pk)

    opened = as_sent(browser.get(page).content.decode())
    assert opened["at_first_hearing"] == "yes"
    typed = {"now": "yes", "solicitor": "A firm", "source": "other"}
    browser.post(page, opened | typed)
    again = as_sent(browser.get(page).content.decode())
    assert (again["at_first_hearing"], again["now"], again["solicitor"]) == ("yes", "yes", "A firm")
    assert "source" not in again
    browser.post(page, again | {"at_first_hearing": "not_recorded", "source": "other"})

    assert [one.represented_at_first_hearing for one in rows(ProceedingsParent)] == ["yes"]
    shown = text(browser.get(url("show_court", parent)))
    assert "At the first hearing: somebody stands for the parent" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_naming_people_asks_a_fixed_number_of_queries(
    parent, court, senior, programme, number, django_assert_num_queries
):
    child = builders.stored(Child, given_names="Ivy")
    others = [builders.make_parent("father") for _ in range(number)]
    for one in (parent, *others):
        builders.stored(ParentChild, parent=one, child=child, relation="birth")
    for one in others:
        builders.make_episode(one, programme)
    browser = browser_of(senior)
    page = url("name_people", parent, court.pk)
    browser.get(page)

    with django_assert_num_queries(queries(14)):
        answer = browser.get(page)

    assert len(answer.context["form"].fields["parents"].choices) == number


def test_a_practitioner_does_not_record_representation(hers, parent, court):
    assert hers.get(url("record_representation", parent, court.pk)).status_code == 403
    assert hers.get(url("name_people", parent, court.pk)).status_code == 403
    assert hers.get(url("take_off_people", parent, court.pk)).status_code == 403


def test_a_hearing_is_moved_from_its_page(parent, court, senior):
    hearing = builders.make_hearing(court)
    browser = browser_of(senior)
    page = url("change_hearing", parent, hearing.pk)
    typed = {
        "outcome": "moved",
        "begins_at": "2pm",
        "source": "court_document",
        **boxes("held_on", today() + timedelta(days=9)),
    }

    browser.post(page, as_sent(browser.get(page).content.decode()) | typed)

    shown = text(browser.get(url("show_court", parent)))
    assert "14:00</strong> (in 9 days)" in shown
    assert "Moved to another day" in shown


def test_what_was_typed_beside_somebody_elses_words_can_be_saved(parent, court, senior):
    hearing = builders.make_hearing(court, held_on=today())
    browser = browser_of(senior)
    page = url("change_hearing", parent, hearing.pk)
    opened = as_sent(browser.get(page).content.decode())
    with builders.as_seeder():
        hearing.court = "Northtown"
        hearing.save()

    typed = {"outcome": "held", "what_came_of_it": "In my words", "source": "court_document"}
    answer = browser.post(page, opened | typed)
    assert "Somebody else changed this since you opened it." in text(answer)
    browser.post(page, as_sent(answer.content.decode()))

    (row,) = rows(Hearing)
    assert (row.court, row.what_came_of_it) == ("Northtown", "In my words")


def test_another_outcome_than_the_one_recorded_needs_a_reason(parent, court, senior):
    hearing = builders.make_hearing(court, held_on=today())
    browser = browser_of(senior)
    page = url("change_hearing", parent, hearing.pk)
    typed = {"outcome": "held", "what_came_of_it": "An order", "source": "court_document"}
    browser.post(page, as_sent(browser.get(page).content.decode()) | typed)
    shown = as_sent(browser.get(page).content.decode())

    typed = shown | typed | {"what_came_of_it": "No order"}
    refused = browser.post(page, typed)
    browser.post(page, typed | {"reason": "The order says so"})

    assert "Enter why you are changing it" in text(refused)
    assert [one.what_came_of_it for one in rows(Hearing)] == ["No order"]
    with builders.as_seeder():
        newest = hearing.history.first()
    assert newest.history_change_reason == "The order says so"


def test_the_record_says_the_next_hearing_and_where_court_is(hers, parent, court):
    builders.make_hearing(court, kind="final")

    page = text(hers.get(reverse("desk:show_parent", args=[parent.pk])))

    assert "(in 7 days), Final hearing" in page
    assert f'href="{url("show_court", parent)}"' in page


def test_a_set_of_another_parent_is_not_found_under_hers(hers, parent, episode, programme, worker):
    other = builders.make_parent()
    builders.make_episode(other, programme, worker)
    theirs = builders.make_proceedings(other)
    told = builders.make_hearing(builders.make_proceedings(parent, other), parent=other)

    assert hers.get(url("add_date", parent, theirs.pk)).status_code == 404
    assert hers.get(url("change_hearing", parent, told.pk)).status_code == 404
