"""Questionnaires on a record: recorded, compared, put right, taken off."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from programme.access.parts import Role
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.measures.models import Measure
from tests import builders
from tests.forms import as_sent
from tests.programme.desk.scene import boxes, browser_of
from tests.programme.pages import queries, rows, said

DAY = timedelta(days=1)


def url_of(name, parent, *keys):
    return reverse(f"measures:{name}", args=[parent.pk, *keys])


def answered(day=None, **typed):
    return {"key": str(uuid4()), **boxes("completed_on", day or today()), **typed}


def found():
    return [(one.instrument, one.completed_on, one.total, one.items) for one in rows(Measure)]


def words_on(browser, parent):
    return browser.get(url_of("show_measures", parent)).content.decode()


@pytest.fixture
def since(episode):
    return episode.opened_on


def test_a_total_is_kept_with_its_day(hers, parent):
    page = url_of("record_measure", parent, "gad7")

    sent = hers.post(page, answered(total="8"), follow=True)

    assert found() == [("gad7", today(), 8, "")]
    assert f"Saved, record {parent.reference}." in said(sent)
    assert rows(NextStep) == []
    assert "<strong>8</strong>" in words_on(hers, parent)


@pytest.mark.parametrize(
    ("code", "total"),
    [("gad7", "22"), ("gad7", "-1"), ("gad7", "7.5"), ("gad7", ""), ("swemwbs", "6")],
)
def test_a_total_that_cannot_be_is_refused_beside_its_field(hers, parent, code, total):
    answer = hers.post(url_of("record_measure", parent, code), answered(total=total))

    assert answer.context["form"].errors.keys() == {"total"}
    assert (f'value="{total}"' in answer.content.decode()) == bool(total)
    assert found() == []


def test_uneven_totals_are_kept_in_metric_points(hers, parent, since):
    hers.post(url_of("record_measure", parent, "swemwbs"), answered(since, total="21"))
    hers.post(url_of("record_measure", parent, "swemwbs"), answered(total="24"))

    assert [str(total) for _, _, total, _ in found()] == ["19.2500", "21.5400"]
    page = words_on(hers, parent)
    assert "2.29 higher than the first: may be chance" in page
    (measure, _) = rows(Measure)
    shown = as_sent(hers.get(url_of("correct_measure", parent, measure.pk)).content.decode())
    assert shown["total"] == "21"


def test_questions_that_are_not_added_up_are_kept_one_by_one(hers, parent):
    typed = {f"answer_{number}": answer for number, answer in enumerate("7702", start=1)}

    hers.post(url_of("record_measure", parent, "ons4"), answered(**typed))

    assert found() == [("ons4", today(), None, "7;7;0;2")]
    assert "7, 7, 0, 2" in words_on(hers, parent)


def test_each_is_compared_with_the_first_of_its_kind(hers, parent, episode, since):
    builders.make_measure(episode, total=17)
    builders.make_measure(episode, total=11, completed_on=since + DAY)
    builders.make_measure(episode, total=16, completed_on=since + 2 * DAY)
    builders.make_measure(episode, total=17, completed_on=since + 3 * DAY)
    builders.make_measure(episode, instrument="gad7", total=3)

    newest, *others = hers.get(url_of("show_measures", parent)).context["series"][0].lines

    flagged = "in the range where many people want help"
    assert newest.said == (flagged, "the same as the first")
    assert [one.said for one in others] == [
        (flagged, "1 lower than the first: may be chance"),
        (flagged, "6 lower than the first: better, beyond chance"),
        (flagged,),
    ]
    assert "Some of these values are still to be confirmed." in words_on(hers, parent)


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("phq9", {"total": "3", "said_risk": "yes"}),
        ("core10", {"total": "3", "said_risk": "yes"}),
        ("who5", {"total": "28"}),
    ],
)
def test_an_answer_that_asks_for_a_talk_makes_a_next_step_for_today(hers, parent, code, typed):
    body = answered(**typed)

    sent = hers.post(url_of("record_measure", parent, code), body, follow=True)
    hers.post(url_of("record_measure", parent, code), body)

    (step,) = rows(NextStep)
    assert (step.due_on, step.is_open) == (today(), True)
    assert "talk with the parent about what was answered" in sent.content.decode()
    # A step is read by more people than a score is.
    assert all(word not in step.wording.lower() for word in ("harm", "phq", "core", "who-5", "28"))


@pytest.mark.parametrize(
    ("code", "typed"), [("phq9", {"total": "20", "said_risk": "no"}), ("who5", {"total": "32"})]
)
def test_no_other_answer_does(hers, parent, code, typed):
    hers.post(url_of("record_measure", parent, code), answered(**typed))

    assert (len(found()), rows(NextStep)) == (1, [])


def test_whether_such_an_answer_was_marked_must_be_said(hers, parent):
    answer = hers.post(url_of("record_measure", parent, "phq9"), answered(total="3"))

    assert answer.context["form"].errors.keys() == {"said_risk"}
    assert found() == []


def test_one_of_a_kind_a_day(hers, parent, episode):
    builders.make_measure(episode, completed_on=today())

    body = answered(total="5", said_risk="no")
    answer = hers.post(url_of("record_measure", parent, "core10"), body)

    assert "is recorded for that day already" in answer.content.decode()
    assert [total for _, _, total, _ in found()] == [17]
    hers.post(url_of("record_measure", parent, "gad7"), answered(total="5"))
    assert len(found()) == 2


@pytest.mark.parametrize("days", [1, -4000])
def test_a_day_to_come_or_before_the_referral_is_refused(hers, parent, days):
    body = answered(today() + days * DAY, total="5")

    answer = hers.post(url_of("record_measure", parent, "gad7"), body)

    assert answer.context["form"].errors.keys() == {"completed_on"}
    assert found() == []


def test_a_questionnaire_that_is_not_asked_here_has_no_page(hers, parent):
    codes = ("gbo", "ors", "dash_ric", "never")

    pages = [hers.get(url_of("record_measure", parent, code)) for code in codes]

    assert {page.status_code for page in pages} == {404}


def test_where_the_work_has_ended_none_is_recorded(hers, parent, episode):
    with builders.as_seeder():
        episode.closed_on, episode.closure_reason = today(), "planned_ending"
        episode.save()

    assert hers.get(url_of("record_measure", parent, "gad7")).status_code in (403, 404)
    assert hers.post(url_of("record_measure", parent, "gad7"), answered(total="5")).status_code in (
        403,
        404,
    )
    assert found() == []


def test_with_two_programmes_it_is_asked_of_which_work(parent, episode, worker, practitioner):
    elsewhere = builders.make_programme("Southtown")
    builders.grant_role(practitioner, Role.PRACTITIONER, elsewhere)
    other = builders.make_episode(parent, elsewhere, builders.make_worker(elsewhere, practitioner))
    browser = browser_of(practitioner)
    page = url_of("record_measure", parent, "gad7")

    unsaid = browser.post(page, answered(total="5"))
    browser.post(page, answered(total="5", episode=str(other.pk)))

    assert unsaid.context["form"].errors.keys() == {"episode"}
    (measure,) = rows(Measure)
    assert measure.episode_id == other.pk


def test_fresh_answers_are_put_right_without_a_reason_older_ones_with_one(hers, parent, episode):
    hers.post(url_of("record_measure", parent, "gad7"), answered(total="8"))
    (fresh,) = rows(Measure)
    older = builders.make_measure(episode, total=17)

    def correct(measure, **typed):
        page = url_of("correct_measure", parent, measure.pk)
        return hers.post(page, as_sent(hers.get(page).content.decode()) | typed)

    assert correct(fresh, total="7").status_code == 302
    refused = correct(older, total="16")
    assert refused.context["form"].errors.keys() == {"reason"}
    assert correct(older, total="16", reason="Added up anew").status_code == 302

    assert sorted(total for _, _, total, _ in found()) == [7, 16]
    with builders.as_seeder():
        line = older.history.first()
        assert (line.total, line.history_change_reason) == (16, "Added up anew")


def test_nothing_typed_changes_nothing(hers, parent, episode):
    measure = builders.make_measure(episode)
    page = url_of("correct_measure", parent, measure.pk)

    hers.post(page, as_sent(hers.get(page).content.decode()))

    with builders.as_seeder():
        assert measure.history.count() == 1


def test_answers_from_a_package_stay_while_only_the_day_is_put_right(hers, parent, episode, since):
    items = "1;0;3;2;0;0;1"
    measure = builders.make_measure(episode, instrument="gad7", items=items)
    page = url_of("correct_measure", parent, measure.pk)

    body = as_sent(hers.get(page).content.decode())
    hers.post(page, body | boxes("completed_on", since + DAY) | {"reason": "The day was wrong"})

    assert body["total"] == "7"
    assert found() == [("gad7", since + DAY, None, items)]


def test_what_is_somebody_else_s_is_taken_off_with_a_reason(hers, parent, episode):
    measure = builders.make_measure(episode)
    page = url_of("take_off_measure", parent, measure.pk)

    assert hers.post(page, {"reason": ""}).context["form"].errors.keys() == {"reason"}
    hers.post(page, {"reason": "Of another person"})

    assert found() == []
    with builders.as_seeder():
        line = Measure.history.filter(id=measure.pk).first()
        assert (line.history_type, line.history_change_reason) == ("-", "Of another person")


def test_a_colleague_of_the_team_reads_none(programme, parent, episode):
    builders.make_measure(episode)
    colleague = browser_of(builders.make_practitioner(programme, "Olu Example"))

    assert colleague.get(url_of("show_measures", parent)).status_code == 403
    record = colleague.get(reverse("desk:show_parent", args=[parent.pk])).content.decode()
    assert url_of("show_measures", parent) not in record


def test_a_data_officer_puts_right_but_records_none(programme, parent, episode):
    measure = builders.make_measure(episode)
    officer = browser_of(builders.make_practitioner(programme, role=Role.DATA_OFFICER))

    page = officer.get(url_of("show_measures", parent))

    assert page.context["offered"] == [] and "Ann" not in page.content.decode()
    assert officer.get(url_of("record_measure", parent, "gad7")).status_code == 403
    correct = url_of("correct_measure", parent, measure.pk)
    body = as_sent(officer.get(correct).content.decode())
    officer.post(correct, body | {"total": "16", "reason": "A slip"})
    assert [total for _, _, total, _ in found()] == [16]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_fixed_number_of_queries(hers, parent, episode, since, number, django_assert_num_queries):
    for days in range(number):
        builders.make_measure(episode, completed_on=since + days * DAY)
    url = url_of("show_measures", parent)
    hers.get(url)

    with django_assert_num_queries(queries(14)):
        response = hers.get(url)

    (series,) = response.context["series"]
    assert len(series.lines) == number
