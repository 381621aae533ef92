"""A known parent at a drop-in, and an interpreter at a group: one tap, on one record only."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.models import User
from programme.access.parts import Role
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.groups.models import Attendance, GroupMember, GroupSession
from programme.pathways.models import Programme, Worker
from programme.people.models import Identity, Parent
from tests import builders
from tests.forms import as_sent
from tests.programme.pages import as_seen, rows, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def drop_in(programme: Programme, episode: Episode) -> GroupSession:
    """Nobody was chosen; the parent is one with whom the reader works."""
    return builders.make_session(programme, kind="drop_in")


@pytest.fixture
def bea(programme: Programme, worker: Worker) -> Parent:
    parent = builders.make_parent(given_names="Bea", family_name="Fox")
    builders.make_episode(parent, programme, worker)
    return parent


def page_of(session: GroupSession) -> str:
    return reverse("groups:mark_register", args=[session.pk])


def send(browser: Client, session: GroupSession, **typed: Any) -> Any:
    page = page_of(session)
    return browser.post(page, as_sent(browser.get(page).content.decode()) | typed)


def came(parent: Parent, note: str = "") -> dict[str, str]:
    return {f"answer_{parent.pk.hex}": "came", f"note_{parent.pk.hex}": note}


def outcomes() -> dict[Any, str]:
    return {one.parent_id: one.note for one in rows(Contact)}


# --- Drop-ins -------------------------------------------------------------------------------


def test_a_known_parent_is_marked_at_a_drop_in_beside_the_count(
    hers: Client, drop_in: GroupSession, parent: Parent, bea: Parent
) -> None:
    typed = {"head_count": "5", "first_names": "Jo", **came(parent, "Had tea")}
    send(hers, drop_in, **typed)

    (kept,) = rows(GroupSession)
    assert (kept.head_count, kept.first_names) == (5, "Jo")
    assert outcomes() == {parent.pk: "Had tea"}
    assert [(one.parent_id, one.answer) for one in rows(Attendance)] == [(parent.pk, "came")]
    assert rows(GroupMember) == []


def test_one_record_tells_nothing_of_another_who_came(
    hers: Client, drop_in: GroupSession, parent: Parent, bea: Parent
) -> None:
    """Every page of hers has the bytes it had before the other was marked."""
    send(hers, drop_in, **came(parent, "Had tea"))
    pages = [reverse(f"desk:{name}", args=[parent.pk]) for name in ("show_parent",)]
    pages.append(reverse("history:show_changes", args=[parent.pk]))
    before = [as_seen(hers.get(page)) for page in pages]

    send(hers, drop_in, head_count="2", **came(bea, "Bea alone"))

    assert set(outcomes()) == {parent.pk, bea.pk}
    assert [as_seen(hers.get(page)) for page in pages] == before
    assert b"Had tea" in before[0]
    assert [page for page in before if b"Bea" in page] == []


def test_who_was_marked_stays_on_the_register_and_can_be_put_right(
    hers: Client, drop_in: GroupSession, parent: Parent
) -> None:
    send(hers, drop_in, **came(parent))
    send(hers, drop_in, **{f"answer_{parent.pk.hex}": "did_not_come"})

    assert [one.outcome for one in rows(Contact)] == ["missed_by_parent"]


def test_at_a_group_only_who_was_chosen_is_listed(
    hers: Client, programme: Programme, bea: Parent
) -> None:
    session = builders.make_session(programme)

    page = hers.get(page_of(session))

    assert "Bea" not in text_of(page)
    assert "numbers" not in page.context["form"].fields


def test_a_colleagues_parent_is_not_listed_beside(
    hers: Client, drop_in: GroupSession, programme: Programme
) -> None:
    theirs = builders.make_parent(given_names="Una", family_name="Roe")
    builders.make_episode(theirs, programme, builders.make_worker(programme))

    send(hers, drop_in, **came(theirs))

    assert "Una" not in text_of(hers.get(page_of(drop_in)))
    assert rows(Attendance) == []


def test_a_hidden_parent_changes_no_byte_of_a_drop_in(
    sign_in: Any, drop_in: GroupSession, programme: Programme
) -> None:
    senior: User = builders.make_practitioner(programme, "Sam Example", Role.SENIOR)
    browser = sign_in(senior)
    hidden = builders.make_parent()
    before = as_seen(browser.get(page_of(drop_in)))
    builders.make_episode(hidden, programme)
    control = as_seen(browser.get(page_of(drop_in)))
    builders.protect(hidden, "restricted", builders.make_user())
    known = as_seen(browser.get(page_of(drop_in)))
    builders.make_attendance(drop_in, hidden, answer="came")

    assert control != before
    assert before == known == as_seen(browser.get(page_of(drop_in)))


def test_somebody_who_left_is_marked_by_number(
    sign_in: Any, drop_in: GroupSession, programme: Programme
) -> None:
    browser = sign_in(builders.make_practitioner(programme, "Sam Example", Role.SENIOR))
    former = builders.make_parent()
    builders.make_episode(former, programme, closed_on=today())

    send(browser, drop_in, numbers=f" {former.reference.lower()} ")
    send(browser, drop_in, head_count="3")

    assert set(outcomes()) == {former.pk}
    assert [one.answer for one in rows(Attendance)] == ["came"]


def test_a_number_that_may_not_be_marked_is_answered_like_none(
    hers: Client, drop_in: GroupSession, programme: Programme, parent: Parent
) -> None:
    theirs = builders.make_parent()
    builders.make_episode(theirs, programme, builders.make_worker(programme))

    said = {
        number: send(hers, drop_in, numbers=number).context["form"].errors["numbers"]
        for number in (theirs.reference, "ZZZZZZ", parent.reference)
    }

    assert said == {
        theirs.reference: [f"There is no record {theirs.reference} that you may mark here"],
        "ZZZZZZ": ["There is no record ZZZZZZ that you may mark here"],
        parent.reference: [f"Record {parent.reference} is in the list: mark it there"],
    }
    assert rows(Attendance) == []


# --- A need at a group ----------------------------------------------------------------------


@pytest.fixture
def session(programme: Programme, parent: Parent, bea: Parent, episode: Episode) -> GroupSession:
    """Both may come; only the parent needs an interpreter."""
    session = builders.make_session(programme)
    for one in (parent, bea):
        builders.make_member(session.group, one)
    with builders.as_seeder():
        identity = Identity.objects.get(parent=parent)
        identity.interpreter_needed = True
        identity.save()
    return session


def need_of(parent: Parent) -> str:
    return f"need_{parent.pk.hex}"


def test_a_need_is_one_tap_on_the_register_where_it_is_recorded(
    hers: Client, session: GroupSession, parent: Parent, bea: Parent
) -> None:
    fields = hers.get(page_of(session)).context["form"].fields
    taps = {need_of(parent): "no", need_of(bea): "no"}
    send(hers, session, **taps, **came(parent), **came(bea))

    assert (need_of(parent) in fields, need_of(bea) in fields) == (True, False)
    assert {one.parent_id: one.needs_met for one in rows(Contact)} == {
        parent.pk: False,
        bea.pk: None,
    }


def test_a_need_of_one_who_did_not_come_is_not_kept(
    hers: Client, session: GroupSession, parent: Parent
) -> None:
    send(hers, session, **came(parent), **{need_of(parent): "yes"})
    kept = [one.needs_met for one in rows(Contact)]
    send(hers, session, **{f"answer_{parent.pk.hex}": "said_no"})
    gone = [one.needs_met for one in rows(Contact)]
    send(hers, session, **{f"answer_{parent.pk.hex}": "came", need_of(parent): "no"})

    assert (kept, gone) == ([True], [None])
    assert [(one.outcome, one.needs_met) for one in rows(Contact)] == [("met", False)]
