"""Taking in a referral: somebody new, somebody known, and nothing said of what is hidden."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.models import User
from programme.access.parts import Role
from programme.core.dates import today
from programme.intake.models import Told
from programme.intake.reads import NOT_CHECKED
from programme.joining.models import NotTheSame, PossibleMatch
from programme.pathways.models import Programme
from programme.people.models import (
    REFERENCE_SIGNS,
    Child,
    Identity,
    Parent,
    ParentChild,
    SafeContact,
)
from programme.referrals.models import Referral
from tests import builders as make
from tests.forms import as_sent
from tests.programme.pages import as_seen, everything_stored, rows, said

pytestmark = pytest.mark.django_db
ADDRESS = "/referrals/new/"
# New with each record, whoever else there is.
VALUES = re.compile(r" VALUES | WHERE | SET |SAVEPOINT ")
REFERENCE = re.compile(rf"\b[{REFERENCE_SIGNS}]{{6}}\b")


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month),
            f"{name}_year": str(value.year)}  # fmt: skip


def typed(**more: str) -> dict[str, Any]:
    """A referral as it is typed, and the day it came in as the page has it."""
    return {
        "key": str(uuid4()),
        "given_names": "Ann Marie",
        "family_name": "Lee",
        "parent_role": "mother",
        **day("date_of_birth", date(1995, 3, 4)),
        **day("received_on", today()),
        "source": "midwife",
        "reason": "Pregnant again",
        **more,
    }


@pytest.fixture
def known(programme: Programme) -> Parent:
    """Somebody of the same team, the day and month of her birth swapped."""
    parent = make.make_parent(given_names="Anne", family_name="Lee", date_of_birth=date(1995, 4, 3))
    make.make_referral(parent, programme)
    return parent


@pytest.fixture
def browser(sign_in: Any, practitioner: User) -> Client:
    return sign_in(practitioner)


def answered(browser: Client, body: dict[str, Any], **answers: str) -> dict[str, str]:
    """The page as it came back, with the questions answered."""
    page = browser.post(ADDRESS, body).content.decode()
    return as_sent(page) | answers


# --- Somebody new -------------------------------------------------------------------------------


def test_somebody_new_gets_a_record_and_the_team_decides_next(browser: Client) -> None:
    more = {
        "number": "07700 900123",
        "may_text": "yes",
        "child_1": "Ivy",
        **day("child_1_born_on", date(2020, 5, 6)),
        "child_2": "a boy",
    }

    answer = browser.post(ADDRESS, typed(**more))

    (referral,) = rows(Referral)
    assert (referral.source, referral.decision) == ("midwife", "pending")
    (identity,) = rows(Identity)
    assert (identity.given_names, identity.date_of_birth) == ("Ann Marie", date(1995, 3, 4))
    (reach,) = rows(SafeContact)
    assert (reach.may_text, reach.may_leave_message) == (True, None)
    assert [one.given_names for one in rows(Child)] == ["Ivy", "a boy"]
    assert {one.parent_id for one in rows(ParentChild)} == {identity.parent_id}
    url = reverse("intake:decide_referral", args=[identity.parent_id, referral.pk])
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    assert browser.get(url).status_code == 200


@pytest.mark.parametrize("name", ["given_names", "family_name", "parent_role", "source"])
def test_what_is_missing_is_said_and_every_character_stays(browser: Client, name: str) -> None:
    body = typed(reason="  Two\nlines ", **{name: ""})

    page = browser.post(ADDRESS, body)

    text = page.content.decode()
    assert page.status_code == 200
    assert "There is a problem" in text
    assert f'href="#id_{name}' in text
    assert as_sent(text)["reason"].strip() == body["reason"].strip()
    assert rows(Parent) == []


NAMES = """Ng|O|Ó Súilbhín|D’Arcy-Smith|van der Merwe|Nguyễn Thị Hồng|Mac Giolla Phádraig|李|Ödegård
محمد|Ana María de la Cruz|X Æ|St. John-Mollusc|Ngũgĩ|ʻAulani|Łukasz|Sîan ap Rhys|Jean‑Luc|Ng'ang'a
Null|Drop Table|Test|Mary Ann Evans Elizabeth Victoria of the Long Name and Longer Still|Zoë|Żaneta
Тетяна|Ελένη|ไพลิน|O'Neill|Bahá'í|Mᶜ Donald|Hawwa'|Siân|1st|a|Ø|ß|Nañez|Ðorđe|Ġorġ|Ərəb"""


@pytest.mark.parametrize("name", NAMES.replace("\n", "|").split("|"))
def test_any_name_is_kept_as_it_was_told(browser: Client, name: str) -> None:
    answer = browser.post(ADDRESS, typed(given_names=name, family_name=name))

    assert answer.status_code == 302
    assert [(one.given_names, one.family_name) for one in rows(Identity)] == [(name, name)]


def test_sent_twice_it_is_one_person(browser: Client) -> None:
    body = typed(child_1="Ivy")

    first = browser.post(ADDRESS, body)
    once = {**everything_stored(), "programme_sight": []}
    second = browser.post(ADDRESS, body)

    assert first.headers["Location"] == second.headers["Location"]
    assert {**everything_stored(), "programme_sight": []} == once


def test_a_programme_of_another_team_cannot_be_chosen(
    browser: Client, programme: Programme, practitioner: User
) -> None:
    elsewhere, mine = make.make_programme(), make.make_programme()
    make.grant_role(practitioner, Role.PRACTITIONER, mine)

    page = browser.post(ADDRESS, typed(programme=str(elsewhere.pk)))

    assert page.status_code == 200
    assert rows(Referral) == []
    assert browser.post(ADDRESS, typed(programme=str(mine.pk))).status_code == 302


# --- Somebody known -----------------------------------------------------------------------------


def test_who_may_be_meant_stands_beside_what_was_typed_and_nothing_is_lost(
    browser: Client, known: Parent
) -> None:
    body = typed(reason="Two\nlines", child_1="Ivy", number="07700 900123")

    page = browser.post(ADDRESS, body)

    text = page.content.decode()
    assert page.status_code == 200
    assert "Nothing is saved yet" in text
    assert "Same date of birth with day and month swapped (+4)" in text
    assert "First names spelt or sounding alike (+2)" in text
    assert "There is a problem" not in text
    assert {name: as_sent(text)[name] for name in body} == body
    assert len(rows(Referral)) == 1


def test_the_question_has_to_be_answered(browser: Client, known: Parent) -> None:
    body = answered(browser, typed())

    page = browser.post(ADDRESS, body).content.decode()

    assert "Choose whether this is the same person" in page
    assert len(rows(Referral)) == 1


def test_somebody_else_gets_a_record_and_the_pair_is_never_suggested_again(
    browser: Client, known: Parent
) -> None:
    body = answered(browser, typed(), same="no")

    answer = browser.post(ADDRESS, body)

    (new,) = [one for one in rows(Parent) if one.pk != known.pk]
    assert answer.status_code == 302
    assert [{one.one_id, one.other_id} for one in rows(NotTheSame)] == [{known.pk, new.pk}]
    look = browser.get(reverse("joining:look_for_same", args=[new.pk]))
    assert look.context["found"] == []


def test_the_same_person_keeps_her_record_and_what_differs_is_kept_as_told(
    browser: Client, known: Parent, programme: Programme
) -> None:
    before = rows(Identity)[0]
    body = answered(browser, typed(number="07700 900123"), same=str(known.pk))

    answer = browser.post(ADDRESS, body)

    assert [one.pk for one in rows(Parent)] == [known.pk]
    newest = rows(Referral)[-1]
    url = reverse("intake:decide_referral", args=[known.pk, newest.pk])
    assert answer.headers["Location"] == url
    (told,) = rows(Told)
    assert told.words.splitlines() == [
        "Name: Ann Marie Lee",
        "Born: 4 March 1995",
        f"Telephone: 07700 900123. {NOT_CHECKED}",
    ]
    assert (rows(Identity)[0].version, rows(SafeContact)) == (before.version, [])
    assert "Born: 4 March 1995" in browser.get(url).content.decode()


def test_a_number_told_at_a_referral_stands_nowhere_as_if_it_were_safe(
    browser: Client, known: Parent
) -> None:
    body = answered(browser, typed(number="07700 900123"), same=str(known.pk))
    where = browser.post(ADDRESS, body).headers["Location"]

    for url in (where, reverse("history:show_changes", args=[known.pk])):
        page = browser.get(url).content.decode()
        assert page.count("07700 900123") == page.count(f"07700 900123. {NOT_CHECKED}") == 1


def test_a_child_who_is_not_born_yet_is_a_pregnancy(browser: Client) -> None:
    soon = today() + timedelta(days=60)

    page = browser.post(ADDRESS, typed(child_1="Ivy", **day("child_1_born_on", soon)))

    text = page.content.decode()
    assert page.status_code == 200
    assert 'href="#id_child_1_born_on' in text
    assert "record the pregnancy afterwards" in text
    assert as_sent(text)["child_1_born_on_year"] == str(soon.year)
    assert rows(Parent) == []


@pytest.mark.parametrize(
    ("goes", "decision"), [("open_one", "not_accepted"), ("new_episode", "pending")]
)
def test_with_open_work_it_asks_new_episode_or_the_open_one(
    browser: Client, known: Parent, programme: Programme, goes: str, decision: str
) -> None:
    make.make_episode(known, programme, referral=rows(Referral)[0])
    body = answered(browser, typed(), same=str(known.pk))
    unanswered = browser.post(ADDRESS, body).content.decode()

    answer = browser.post(ADDRESS, body | {f"goes_{known.pk}": goes})

    assert "Choose what the referral is about" in unanswered
    newest = rows(Referral)[-1]
    assert (newest.parent_id, newest.decision) == (known.pk, decision)
    assert answer.status_code == 302


def test_a_record_that_was_not_shown_cannot_be_chosen(browser: Client, known: Parent) -> None:
    other = make.make_parent(given_names="Zed", family_name="Quill")
    body = answered(browser, typed(), same=str(other.pk))

    assert browser.post(ADDRESS, body).status_code == 200
    assert len(rows(Referral)) == 1


# --- No oracle (S10, C4) --------------------------------------------------------------------------


def hidden_from(user: User, programme: Programme, kind: str) -> Parent:
    """The very person, where she may not look."""
    parent = make.make_parent(
        given_names="Ann Marie", family_name="Lee", date_of_birth=date(1995, 3, 4)
    )
    where = programme if kind != "elsewhere" else make.make_programme("Elsewhere")
    make.make_episode(parent, where)
    if kind == "restricted":
        make.protect(parent, "restricted", make.make_user())
    if kind == "denied":
        make.protect(parent, "denied", user)
    return parent


@pytest.mark.parametrize("kind", ["elsewhere", "restricted", "denied"])
def test_a_hidden_match_changes_no_byte_and_no_statement(
    browser: Client, practitioner: User, programme: Programme, kind: str, settings: Any
) -> None:
    """As in service: a worker looks among all records after the answer."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    plain = _sent_and_followed(browser)
    hidden_from(practitioner, programme, kind)

    with_match = _sent_and_followed(browser)

    assert with_match[:3] == plain[:3]
    assert [pair for pair in zip(plain[3], with_match[3], strict=False) if len({*pair}) > 1] == []
    assert len(with_match[3]) == len(plain[3])


def _sent_and_followed(browser: Client) -> tuple[Any, ...]:
    """The answer, what it says, the page it leads to, and every statement of both; then undone."""

    key = "5d1e6f2c-0000-4000-8000-000000000001"
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(ADDRESS, typed(key=key))
            page = browser.get(answer.headers["Location"])
        # The names of savepoints count upwards; values are those of the row.
        statements = [
            re.split(r" VALUES | WHERE | SET |SAVEPOINT ", one["sql"])[0] for one in asked
        ]
        transaction.set_rollback(True)
    masked = [REFERENCE.sub("", words) for words in (as_seen(page).decode(), *said(answer))]
    return answer.status_code, answer.headers["Location"], masked, statements


@pytest.mark.parametrize("kind", ["elsewhere", "restricted", "denied"])
def test_a_hidden_match_is_told_to_its_keeper_and_to_nobody_else(
    browser: Client, practitioner: User, programme: Programme, kind: str
) -> None:
    hidden = hidden_from(practitioner, programme, kind)

    browser.post(ADDRESS, typed())

    (match,) = rows(PossibleMatch)
    assert (match.parent_id, match.asked_by_id) == (hidden.pk, practitioner.pk)
    assert match.lines == ["Same first name", "Same family name", "Same date of birth"]
    where = Programme.objects.get(pk=rows(Referral, parent=hidden)[0].programme_id)
    keeper, officer = make.make_practitioner(where, role=Role.SENIOR), make.make_user()
    make.grant_role(officer, Role.PROTECTION_OFFICER)
    told = {"keeper": queue_of(keeper), "officer": queue_of(officer)}
    assert told == {"keeper": int(kind == "elsewhere"), "officer": int(kind != "elsewhere")}


def queue_of(user: User) -> int:
    """How many possible matches somebody is told of."""
    browser = Client()
    browser.force_login(user, backend=make.DEMO_BACKEND)
    return len(browser.get(reverse("joining:list_possible_matches")).context["lines"])


def test_a_match_she_may_see_is_told_to_no_keeper(browser: Client, known: Parent) -> None:
    browser.post(ADDRESS, answered(browser, typed(), same="no"))

    assert rows(PossibleMatch) == []


def test_the_keeper_answers_and_the_pair_stays_apart(
    browser: Client, practitioner: User, programme: Programme
) -> None:
    hidden = hidden_from(practitioner, programme, "elsewhere")
    browser.post(ADDRESS, typed())
    (match,) = rows(PossibleMatch)
    keeper = make.make_practitioner(rows(Referral, parent=hidden)[0].programme, role=Role.SENIOR)
    hers = Client()
    hers.force_login(keeper, backend=make.DEMO_BACKEND)
    url = reverse("joining:answer_possible_match", args=[hidden.pk, match.pk])

    body = as_sent(hers.get(url).content.decode()) | {"answer": "not_the_same"}
    answer = hers.post(url, body)

    assert answer.status_code == 302
    assert [one.said_by_id for one in rows(NotTheSame)] == [keeper.pk]
    assert queue_of(keeper) == 0


@pytest.mark.parametrize("count", [1, 3, 30])
def test_it_costs_the_same_whoever_is_found(
    browser: Client, programme: Programme, count: int
) -> None:

    with make.as_seeder():
        for _ in range(count):
            one = make.make_parent(given_names="Ann", family_name="Lee")
            make.make_referral(one, programme, decision="pending")

    with CaptureQueriesContext(connection) as asked:
        page = browser.post(ADDRESS, typed())

    assert len(page.context["found"]) == min(count, 5)
    assert len([one for one in asked if "set_config" not in one["sql"]]) == QUERIES


QUERIES = 16
