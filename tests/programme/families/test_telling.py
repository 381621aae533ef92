"""Who knows of a pregnancy, who may be told: nobody, until the mother says so."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.pregnancies import actions
from programme.pregnancies.models import AnswerChanged, DueDate, Pregnancy, PregnancyTold
from programme.pregnancies.reads import told_to
from tests import builders as make
from tests.forms import as_sent
from tests.programme.families.rows import Couple, make_couple, make_expected, url_of
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def couple() -> Couple:
    return make_couple()


@pytest.fixture
def expected(couple: Couple) -> Pregnancy:
    return make_expected(couple)


@pytest.fixture
def hers(client: Client, couple: Couple) -> Client:
    client.force_login(couple.mira.user, backend=make.DEMO_BACKEND)
    return client


def answer(couple: Couple, pregnancy: Pregnancy, **values: object) -> PregnancyTold:
    values = {
        "other_parent": couple.owen.parent,
        "may_be_told": True,
        "decided_on": today(),
        "words": "He may know",
        "words_of": "parent",
        **values,
    }
    with acting_as(couple.mira.user):
        return actions.decide_telling(
            key=uuid4(), pregnancy=pregnancy, by=couple.mira.user, **values
        )


def address(pregnancy: Pregnancy) -> str:
    keys = [pregnancy.mother_id, pregnancy.pk]
    return reverse("pregnancies:decide_telling", args=keys)


def his_pages(couple: Couple) -> str:
    browser = Client()
    browser.force_login(couple.owen.user, backend=make.DEMO_BACKEND)
    parent = couple.owen.parent
    addresses = [reverse("desk:show_parent", args=[parent.pk]), url_of("show_family", parent)]
    return " ".join(browser.get(one).content.decode() for one in addresses)


def send(browser: Client, pregnancy: Pregnancy, **typed: str):
    shown = as_sent(browser.get(address(pregnancy)).content.decode())
    return browser.post(address(pregnancy), {**shown, **typed})


YES = {"may_be_told": "yes", "words": "He may know", "words_of": "parent"}


def test_her_answer_is_kept_with_her_words(hers, couple, expected):
    response = send(hers, expected, other_parent=str(couple.owen.parent.pk), **YES)

    assert response.headers["Location"] == reverse("desk:show_parent", args=[expected.mother_id])
    [stored] = rows(PregnancyTold)
    assert (stored.may_be_told, stored.words, stored.words_of, stored.asked_by_id) == (
        True,
        "He may know",
        "parent",
        couple.mira.user.pk,
    )


def test_the_father_named_has_no_name_for_who_may_not_know_him(hers, expected):
    page = hers.get(address(expected)).content.decode()

    assert ("The father named on this pregnancy" in page, "Owen" in page) == (True, False)


def test_sent_twice_it_is_one_answer(hers, couple, expected):
    shown = as_sent(hers.get(address(expected)).content.decode())
    body = {**shown, **YES, "other_parent": str(couple.owen.parent.pk)}

    for _ in range(2):
        hers.post(address(expected), body)

    assert len(rows(PregnancyTold)) == 1


def test_what_is_missing_is_asked_for_and_what_was_typed_is_kept(hers, expected):
    page = send(hers, expected, words="Only if he asks").content.decode()

    assert "Choose whether this parent may be told" in page
    assert "Only if he asks" in page
    assert rows(PregnancyTold) == []


def test_before_the_answer_his_team_reads_nothing(couple, expected):
    with acting_as(couple.owen.user):
        assert (list(Pregnancy.objects.all()), list(DueDate.objects.all())) == ([], [])
        assert told_to(couple.owen.parent) == []
    assert "expected" not in his_pages(couple)


def test_after_a_yes_his_team_reads_the_due_date_and_changes_nothing(couple, expected):
    answer(couple, expected)

    with acting_as(couple.owen.user):
        [told] = told_to(couple.owen.parent)
        assert (told.is_ongoing, told.due_on) == (True, today() + timedelta(days=150))
        assert list(PregnancyTold.objects.all()) == []
        assert not Pregnancy.objects.filter(Pregnancy.wall.writable()).exists()
        assert not DueDate.objects.filter(DueDate.wall.writable()).exists()
    assert his_pages(couple).count("A baby is expected") == 2


@pytest.mark.parametrize("role", [Role.SENIOR, Role.COORDINATOR])
def test_a_yes_is_for_his_whole_team(couple, expected, role):
    answer(couple, expected)

    with acting_as(make.make_practitioner(couple.owen.programme, role=role)):
        assert [one.is_ongoing for one in told_to(couple.owen.parent)] == [True]


def test_a_yes_for_one_is_no_yes_for_another(couple, expected):
    answer(couple, expected)

    with acting_as(make.make_practitioner(make.make_programme())):
        assert list(Pregnancy.objects.all()) == []


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("live_birth", "Live birth"),
        ("stillbirth", "Stillbirth"),
        ("miscarriage", "Miscarriage"),
        ("mixed", "The pregnancy has ended"),
        ("not_known", "The pregnancy has ended"),
    ],
)
def test_an_ending_is_told_after_a_yes(couple, expected, outcome, words):
    answer(couple, expected)
    with make.as_seeder():
        expected.outcome, expected.ended_on = outcome, today()
        expected.save()

    with acting_as(couple.owen.user):
        assert [one.ending for one in told_to(couple.owen.parent)] == [words]


def test_a_pregnancy_told_of_is_not_expected_for_ever(couple, expected):
    answer(couple, expected)
    with make.as_seeder():
        expected.known_on = today() - timedelta(days=311)
        expected.save()

    with acting_as(couple.owen.user):
        [told] = told_to(couple.owen.parent)
    assert (told.is_ongoing, told.in_words) == (False, "How it ended is not recorded")
    assert "A baby is expected" not in his_pages(couple)


def test_a_termination_takes_every_yes_away(couple, expected):
    answer(couple, expected)
    with make.as_seeder():
        expected.outcome = "termination"
        expected.save()

    with acting_as(couple.owen.user):
        assert list(Pregnancy.objects.all()) == []
        assert list(Pregnancy.history.all()) == []
        assert list(DueDate.objects.all()) == []


def test_a_termination_is_not_asked_about(couple, expected, hers):
    with make.as_seeder():
        expected.outcome = "termination"
        expected.save()

    with pytest.raises(RuleBroken, match="told to nobody"):
        answer(couple, expected)
    assert "There is nobody to ask about" in hers.get(address(expected)).content.decode()


def test_the_newest_answer_counts_and_every_answer_stays(couple, expected, hers):
    answer(couple, expected, decided_on=today() - timedelta(days=3))
    answer(couple, expected, may_be_told=False, decided_on=today() - timedelta(days=2))

    assert [one.may_be_told for one in rows(PregnancyTold)] == [True, False]
    assert "A baby is expected" not in his_pages(couple)
    assert "Earlier answer" in hers.get(address(expected)).content.decode()


def test_an_older_answer_typed_later_does_not_count(couple, expected):
    answer(couple, expected, may_be_told=False, decided_on=today())
    answer(couple, expected, decided_on=today() - timedelta(days=2))

    assert "A baby is expected" not in his_pages(couple)


def test_an_answer_is_never_changed_nor_removed(couple, expected):
    stored = answer(couple, expected)

    with acting_as(couple.mira.user):
        with pytest.raises(AnswerChanged):
            stored.save()
        with pytest.raises(AnswerChanged):
            stored.delete()


@pytest.mark.parametrize("days", [1, 30])
def test_an_answer_of_tomorrow_is_refused(couple, expected, days):
    with pytest.raises(RuleBroken, match="future"):
        answer(couple, expected, decided_on=today() + timedelta(days=days))


def test_the_mother_is_nobody_else(couple, expected):
    with pytest.raises(RuleBroken, match="another parent"):
        answer(couple, expected, other_parent=couple.mira.parent)


def test_another_team_does_not_open_the_question(couple, expected, client):
    client.force_login(couple.owen.user, backend=make.DEMO_BACKEND)

    assert client.get(address(expected)).status_code == 404
