"""One visit with several people: what is said of each, who may be there, and when it goes apart."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programme.access.models import User
from programme.contacts.models import Served
from programme.drafts.models import Draft
from programme.people.models import Identity, Parent, Protection, SamePerson
from programme.support.models import Goal, NeedRating
from tests import builders as make
from tests.forms import as_sent
from tests.programme.contacts.rows import (
    HERS,
    HIS,
    SHARED,
    a_visit_to_both,
    contacts,
    own,
    send_together,
    steps,
    url_of,
)
from tests.programme.families.rows import Couple, Side, boxes, make_child
from tests.programme.pages import as_seen, rows, text_of

pytestmark = pytest.mark.django_db


def add_need(parent: Parent) -> None:
    with make.as_seeder():
        identity = Identity.objects.get(parent=parent)
        identity.interpreter_needed = True
        identity.save()


def add_goal(side: Side, wording: str) -> Goal:
    episode = side.episode
    goal: Goal = make.stored(
        Goal, episode=episode, wording=wording, set_by="parent", agreed_on=episode.opened_on
    )
    return goal


def rate_abuse(side: Side, *levels: int) -> None:
    """How domestic abuse stands on the record of one of them, the last said last."""
    for level in levels:
        on = side.episode.opened_on
        make.stored(
            NeedRating, episode=side.episode, need="domestic_abuse", rated_on=on, level=level
        )


def page_of(browser: Client, couple: Couple) -> Any:
    return browser.get(url_of("log_together", couple.mira.parent))


# --- Each with an answer of their own -------------------------------------------------------


def test_who_did_not_come_has_the_own_outcome_and_not_the_shared_words(
    browser: Client, couple: Couple
) -> None:
    send_together(browser, couple, **{own("outcome", couple.owen): "missed_by_parent.logistics"})

    assert {one.parent: (one.outcome, one.missed_because, one.note) for one in contacts()} == {
        couple.mira.parent: ("met", "", f"{SHARED}\n\n{HERS}"),
        couple.owen.parent: ("missed_by_parent", "logistics", HIS),
    }


def test_words_for_nobody_are_sent_back(browser: Client, couple: Couple) -> None:
    missed = {own("outcome", one): "missed_by_parent.parent" for one in (couple.mira, couple.owen)}

    refused = send_together(browser, couple, **missed)
    kept = contacts()
    send_together(browser, couple, **missed, shared="")

    assert refused.context["form"].errors == {
        "shared": ["Nobody was there: write it on the record of each"]
    }
    assert kept == []
    assert [one.outcome for one in contacts()] == ["missed_by_parent", "missed_by_parent"]


def test_a_need_is_asked_about_and_kept_only_where_it_is_recorded(
    browser: Client, couple: Couple
) -> None:
    add_need(couple.owen.parent)
    fields = page_of(browser, couple).context["form"].fields

    answers = {own("needs_met", couple.owen): "no", own("needs_met", couple.mira): "no"}
    send_together(browser, couple, **answers)

    assert own("needs_met", couple.mira) not in fields
    assert fields[own("needs_met", couple.owen)].label == "Owen Marsh: was there an interpreter?"
    assert {one.parent: one.needs_met for one in contacts()} == {
        couple.mira.parent: None,
        couple.owen.parent: False,
    }


def test_nobody_is_asked_for_an_interpreter_of_one_who_did_not_come(
    browser: Client, couple: Couple
) -> None:
    add_need(couple.owen.parent)
    typed = {"needs_met": "no", "outcome": "missed_by_parent.service"}

    send_together(browser, couple, **{own(key, couple.owen): said for key, said in typed.items()})

    assert [one.needs_met for one in contacts()] == [None, None]


def test_each_ticks_goals_of_their_own(browser: Client, couple: Couple) -> None:
    hers, his = add_goal(couple.mira, "A flat"), add_goal(couple.owen, "Work")
    ticked = {
        own("served", couple.mira): [f"goal-{hers.pk}"],
        own("served", couple.owen): [f"goal-{his.pk}"],
    }
    swapped = {own("served", couple.mira): [f"goal-{his.pk}"]}

    refused = send_together(browser, couple, **swapped)
    send_together(browser, couple, **ticked)

    assert list(refused.context["form"].errors) == [own("served", couple.mira)]
    with make.as_seeder():
        found = {(one.contact.parent_id, one.goal_id) for one in Served.objects.all()}
    assert found == {(couple.mira.parent.pk, hers.pk), (couple.owen.parent.pk, his.pk)}


def test_each_agrees_a_next_step_of_their_own(browser: Client, couple: Couple) -> None:
    day = couple.owen.episode.opened_on
    send_together(
        browser,
        couple,
        **{
            own("next_step", couple.mira): "Ring the GP",
            own("next_step", couple.owen): "See housing",
            **boxes(own("next_step_due_on", couple.owen), day),
        },
    )

    assert {(one.episode, one.wording, one.due_on) for one in steps()} == {
        (couple.mira.episode, "Ring the GP", None),
        (couple.owen.episode, "See housing", day),
    }


def test_a_day_without_a_step_is_sent_back(browser: Client, couple: Couple) -> None:
    when = boxes(own("next_step_due_on", couple.owen), couple.owen.episode.opened_on)

    response = send_together(browser, couple, **when)

    assert list(response.context["form"].errors) == [own("next_step", couple.owen)]
    assert contacts() == []


@pytest.mark.parametrize("name", ["next_step", "outcome"])
def test_nothing_is_said_of_somebody_who_was_not_chosen(
    browser: Client, couple: Couple, name: str
) -> None:
    said = {"next_step": "See housing", "outcome": "missed_by_parent.parent"}[name]
    typed = {own("only", couple.owen): "", own(name, couple.owen): said}

    response = send_together(browser, couple, others=[], **typed)

    assert "Choose Owen Marsh, or take out what you wrote" in text_of(response)
    assert contacts() == []


def test_sent_again_with_another_outcome_nothing_is_overwritten(
    browser: Client, couple: Couple
) -> None:
    typed = a_visit_to_both(couple, **{own("only", couple.owen): ""}, shared="")
    page = url_of("log_together", couple.mira.parent)
    browser.post(page, typed)

    again = browser.post(page, {**typed, own("outcome", couple.owen): "missed_by_parent.parent"})

    assert "You saved this already" in text_of(again)
    assert [one.outcome for one in contacts()] == ["met", "met"]


# --- Brothers and sisters -------------------------------------------------------------------


def make_sibling(couple: Couple, both: User, relation: str = "birth") -> Parent:
    """Mira and the new parent were children of one record, which the worker sees."""
    programme = couple.mira.programme
    mother, sister = (
        make.make_parent(given_names=name, family_name="Vale") for name in ("Una", "Ivy")
    )
    for one in (mother, sister):
        make.make_episode(one, programme, both.workers.get(programme=programme))
    for grown, how in ((couple.mira.parent, "birth"), (sister, relation)):
        make.stored(SamePerson, child=make_child(mother, "Once", relation=how), parent=grown)
    return sister


def offered(browser: Client, couple: Couple) -> list[str]:
    form = page_of(browser, couple).context["form"]
    return [name for _, name in form.fields["others"].choices]


def test_a_sister_who_is_a_parent_too_is_offered_and_logged(
    browser: Client, couple: Couple, both: User
) -> None:
    sister = make_sibling(couple, both)

    names = offered(browser, couple)
    send_together(browser, couple, others=[str(sister.pk)], **{own("only", couple.owen): ""})

    assert names == ["Ivy Vale", "Owen Marsh"]
    assert {one.parent for one in contacts()} == {couple.mira.parent, sister}


def test_an_adopted_sister_is_not_told_beside_who_was_born_there(
    browser: Client, couple: Couple, both: User
) -> None:
    make_sibling(couple, both, relation="adoptive")

    assert offered(browser, couple) == ["Owen Marsh"]


def test_a_sister_is_not_told_to_who_may_not_see_their_mother(
    browser: Client, couple: Couple, both: User
) -> None:
    sister = make_sibling(couple, both)
    with make.as_seeder():
        mother = Identity.objects.get(given_names="Una").parent
    make.protect(mother, "denied", both)

    assert offered(browser, couple) == ["Owen Marsh"]
    assert sister.reference not in text_of(page_of(browser, couple))


# --- A risk between them --------------------------------------------------------------------


def asks_why(browser: Client, couple: Couple) -> bool:
    """Whether one entry for both needs a reason."""
    return "because" in send_together(browser, couple).context["form"].errors


def test_without_a_risk_no_reason_is_asked(browser: Client, couple: Couple) -> None:
    """The control of the tests below."""
    assert "because" not in page_of(browser, couple).context["form"].fields
    assert send_together(browser, couple).status_code == 302


@pytest.mark.parametrize("side", ["mira", "owen"])
def test_abuse_at_home_counts_as_it_stood_last(browser: Client, couple: Couple, side: str) -> None:
    rate_abuse(getattr(couple, side), 0, 2)
    assert asks_why(browser, couple)
    rate_abuse(getattr(couple, side), 0)

    assert send_together(browser, couple).status_code == 302


def test_a_protected_record_needs_separate_entries_and_the_page_says_no_more(
    browser: Client, couple: Couple, both: User
) -> None:
    """The same words whichever it is, for what reason, restricted or denied to a colleague."""
    pages = []
    for side, kind in (
        (couple.mira, "denied"),
        (couple.owen, "denied"),
        (couple.owen, "restricted"),
    ):
        named = both if kind == "restricted" else make.make_user("Uncle")
        row = make.protect(side.parent, kind, named)
        assert asks_why(browser, couple)
        pages.append(as_seen(page_of(browser, couple)).decode())
        with make.as_seeder():
            Protection.objects.get(pk=row.pk).delete()

    assert pages[0] == pages[1] == pages[2]
    assert "Separate entries are needed here" in pages[0]
    assert [word for word in ("restrict", "denied", "protect", "Uncle") if word in pages[0]] == []


def test_where_only_a_protection_asks_the_reason_tells_nothing_of_whose(
    browser: Client, couple: Couple
) -> None:
    make.protect(couple.owen.parent, "denied", make.make_user("Uncle"))

    send_together(browser, couple, because="Both asked for it")

    assert {one.parent: one.together_because for one in contacts()} == {
        couple.mira.parent: "Both asked for it",
        couple.owen.parent: "",
    }


# --- Apart ----------------------------------------------------------------------------------


def test_apart_takes_everything_along_and_nothing_to_the_other(
    browser: Client, couple: Couple
) -> None:
    make.make_safe_contact(couple.owen.parent, known_risk="Afraid")
    add_need(couple.owen.parent)
    goal = add_goal(couple.owen, "Work")
    day = couple.owen.episode.opened_on
    typed = {
        own("needs_met", couple.owen): "no",
        own("served", couple.owen): [f"goal-{goal.pk}"],
        own("next_step", couple.owen): "See housing",
        **boxes(own("next_step_due_on", couple.owen), day),
    }

    response = send_together(browser, couple, apart="yes", **typed)
    drafts = {one.parent_id: one for one in rows(Draft)}
    hers, his = (drafts[side.parent.pk].typed for side in (couple.mira, couple.owen))

    assert contacts() == []
    assert hers["note"] == f"{SHARED}\n\n{HERS}"
    assert his["note"] == f"{SHARED}\n\n{HIS}"
    assert (HIS in hers.urlencode(), HERS in his.urlencode()) == (False, False)
    assert ("housing" in hers.urlencode(), "housing" in his.urlencode()) == (False, True)
    page = reverse("contacts:log_contact", args=[couple.mira.parent.pk])
    assert response.headers["Location"] == f"{page}?draft={drafts[couple.mira.parent.pk].pk}"
    save_draft(browser, couple.owen.parent, drafts[couple.owen.parent.pk])
    (contact,) = contacts()
    assert (contact.parent, contact.note, contact.mode, contact.needs_met) == (
        couple.owen.parent,
        f"{SHARED}\n\n{HIS}",
        "home_visit",
        False,
    )
    assert [(one.wording, one.due_on) for one in steps()] == [("See housing", day)]
    with make.as_seeder():
        assert [one.goal_id for one in Served.objects.all()] == [goal.pk]


def save_draft(browser: Client, parent: Parent, draft: Draft) -> None:
    """Opens the page of a draft and presses one button: nothing is typed."""
    page = reverse("contacts:log_contact", args=[parent.pk])
    shown = browser.get(page, {"draft": draft.pk}).content.decode()
    browser.post(page, {**as_sent(shown), "outcome": "met"})


def test_apart_keeps_the_moment_that_now_was(
    browser: Client, couple: Couple, time_machine: Any
) -> None:
    make.make_safe_contact(couple.owen.parent, known_risk="Afraid")
    time_machine.move_to("2026-11-23T10:30:00+00:00", tick=False)
    send_together(browser, couple, apart="yes")

    assert [one.typed["happened_at"] for one in rows(Draft)] == ["2026-11-23T10:30"] * 2


def test_apart_sent_twice_is_one_draft_of_each(browser: Client, couple: Couple) -> None:
    make.make_safe_contact(couple.owen.parent, known_risk="Afraid")
    typed = a_visit_to_both(couple, apart="yes")
    for _ in range(2):
        browser.post(url_of("log_together", couple.mira.parent), typed)

    assert len(rows(Draft)) == 2


def test_apart_is_only_where_it_is_needed(browser: Client, couple: Couple) -> None:
    send_together(browser, couple, apart="yes")

    assert (len(contacts()), rows(Draft)) == (2, [])


def test_apart_gives_who_missed_nothing_of_the_shared_words(
    browser: Client, couple: Couple
) -> None:
    make.make_safe_contact(couple.owen.parent, known_risk="Afraid")

    missed = {own("outcome", couple.owen): "missed_by_parent.parent"}
    send_together(browser, couple, apart="yes", **missed)

    notes = {one.parent_id: one.typed["note"] for one in rows(Draft)}
    assert notes[couple.owen.parent.pk] == HIS


def test_the_page_costs_the_same_for_any_number(
    browser: Client, couple: Couple, both: User
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(browser, couple)
        return len([one for one in asked if "set_config" not in one["sql"]])

    make_sibling(couple, both)
    few = [cost(), cost()][-1]
    for _ in range(3):
        make_sibling(couple, both)
        add_goal(couple.owen, "Work")

    assert (cost(), len(offered(browser, couple))) == (few, 5)
