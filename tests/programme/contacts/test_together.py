"""One visit with several people, typed once: a row each, and nothing of one on the other's."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.models import User
from programme.access.scope import acting_as
from programme.contacts.actions import Present, record_together
from programme.contacts.models import Contact
from programme.contacts.reads import Place
from programme.drafts.models import Draft
from programme.people.models import Parent, ParentChild, Partnership
from tests import builders as make
from tests.programme.access.test_two_parents_apart import EVERY_PAGE, changed, pages_of, seen
from tests.programme.contacts.rows import (
    HERS,
    HIS,
    SHARED,
    a_visit_to_both,
    contacts,
    send_together,
    url_of,
)
from tests.programme.families.rows import Couple
from tests.programme.pages import everything_stored, rows, text_of

pytestmark = pytest.mark.django_db


def said() -> dict[Parent, str]:
    return {one.parent: one.note for one in contacts()}


def test_each_has_a_contact_of_their_own(browser: Client, couple: Couple, both: User) -> None:
    response = send_together(browser, couple)

    mira, owen = couple.mira, couple.owen
    assert response.headers["Location"] == reverse("desk:show_parent", args=[mira.parent.pk])
    assert said() == {
        mira.parent: f"{SHARED}\n\n{HERS}",
        owen.parent: f"{SHARED}\n\n{HIS}",
    }
    found = {one.parent: one for one in contacts()}
    for side in (mira, owen):
        own = found[side.parent]
        assert (own.episode, own.programme) == (side.episode, side.programme)
        assert (own.outcome, own.mode, own.written_by) == ("met", "home_visit", both)
        assert own.worker.programme == side.programme


def test_sent_twice_it_is_one_contact_of_each(browser: Client, couple: Couple) -> None:
    typed = a_visit_to_both(couple)
    for _ in range(2):
        browser.post(url_of("log_together", couple.mira.parent), typed)

    assert len(contacts()) == 2


def test_sent_again_in_other_words_nothing_is_overwritten_nor_lost(
    browser: Client, couple: Couple
) -> None:
    typed = a_visit_to_both(couple)
    browser.post(url_of("log_together", couple.mira.parent), typed)

    again = browser.post(
        url_of("log_together", couple.mira.parent), {**typed, "shared": "Better words"}
    )

    assert again.context["form"]["shared"].value() == "Better words"
    assert "You saved this already" in text_of(again)
    assert said()[couple.mira.parent] == f"{SHARED}\n\n{HERS}"


def test_a_draft_shows_nothing_of_somebody_whose_record_has_closed(
    browser: Client, couple: Couple, both: User
) -> None:
    page = url_of("log_together", couple.mira.parent)
    kept = browser.post(page, a_visit_to_both(couple, keep_draft="yes"), follow=True)
    assert {SHARED, HERS, HIS} <= set(words_in(kept))

    make.protect(couple.owen.parent, "denied", both)
    again = browser.get(kept.request["PATH_INFO"], {"draft": rows(Draft)[0].pk})

    assert HIS not in text_of(again)


def words_in(page: Any) -> list[str]:
    """What stands in the boxes of the page's form."""
    return [str(bound.value()) for bound in page.context["form"]]


def test_what_is_only_hers_stands_on_no_page_of_his_and_the_other_way(
    browser: Client, couple: Couple, client: Client
) -> None:
    """His worker reads every page of his: timeline, history, papers, and what search finds."""
    send_together(browser, couple)
    for own, other, words, own_words in (
        (couple.owen, couple.mira, HERS, HIS),
        (couple.mira, couple.owen, HIS, HERS),
    ):
        client.force_login(own.user, backend=make.DEMO_BACKEND)
        pages = {one: text_of(client.get(one)) for one in pages_of(own, couple, EVERY_PAGE)}
        name = {couple.mira: "Mira", couple.owen: "Owen"}[other]

        assert [page for page, text in pages.items() if words in text] == []
        assert own_words in pages[reverse("desk:show_parent", args=[own.parent.pk])]
        line = pages[reverse("history:show_changes", args=[own.parent.pk])]
        assert (own_words in line, name in line) == (True, False)


def test_her_row_changes_no_byte_of_his(browser: Client, couple: Couple, client: Client) -> None:
    """What he is told of the visit is his own row and nothing else."""
    send_together(browser, couple)
    client.force_login(couple.owen.user, backend=make.DEMO_BACKEND)
    before = seen(client, couple.owen, couple, EVERY_PAGE)
    with make.as_seeder():
        row = Contact.objects.get(parent=couple.mira.parent)
        row.note, row.together_because = "other words", "because"
        row.save()
        row.delete()

    assert changed(before, seen(client, couple.owen, couple, EVERY_PAGE)) == []


def test_only_linked_people_whose_notes_she_writes_are_offered(
    browser: Client, couple: Couple, both: User
) -> None:
    partner = make.make_parent(given_names="Pat", family_name="Ash")
    programme = couple.mira.programme
    make.make_episode(partner, programme, both.workers.get(programme=programme))
    of_a_colleague = make.make_parent(given_names="Cole", family_name="Ash")
    make.make_episode(of_a_colleague, programme, make.make_worker(programme))
    for other in (partner, of_a_colleague):
        make.stored(Partnership, parent=couple.mira.parent, other_parent=other)
    stranger = make.make_parent(given_names="Stan", family_name="Ash")
    make.make_episode(stranger, programme, both.workers.get(programme=programme))
    # Told on the other's record only.
    make.stored(Partnership, parent=stranger, other_parent=couple.mira.parent)

    form = browser.get(url_of("log_together", couple.mira.parent)).context["form"]

    assert [name for _, name in form.fields["others"].choices] == ["Owen Marsh", "Pat Ash"]


def test_nobody_else_can_be_named_by_hand(browser: Client, couple: Couple) -> None:
    stranger = make.make_parent()
    make.make_episode(stranger, couple.mira.programme)
    before = everything_stored()["programme_contact"]

    response = send_together(browser, couple, others=[str(stranger.pk)])

    assert list(response.context["form"].errors) == ["others"]
    assert everything_stored()["programme_contact"] == before


def test_an_adopter_is_not_offered_beside_who_gave_birth(
    browser: Client, couple: Couple, both: User
) -> None:
    (link,) = rows(ParentChild, parent=couple.owen.parent)
    with make.as_seeder():
        link.relation = "adoptive"
        link.save()

    page = browser.get(url_of("log_together", couple.mira.parent))

    assert page.context["form"] is None
    assert "Owen" not in text_of(page)


def test_where_a_risk_is_known_they_are_logged_apart_unless_she_says_why(
    browser: Client, couple: Couple
) -> None:
    make.make_safe_contact(couple.mira.parent, known_risk="Afraid of him")
    page = browser.get(url_of("log_together", couple.mira.parent))

    refused = send_together(browser, couple)
    kept = contacts()
    send_together(browser, couple, because="She asked for it")

    assert url_of("log_contact", couple.owen.parent) in text_of(page)
    assert refused.context["form"].errors == {
        "because": ["Say why it is one entry, or log each of them apart"]
    }
    assert refused.context["form"]["shared"].value() == SHARED
    assert kept == []
    # The reason speaks of her risk, so it stands on her record and not on his.
    assert {one.parent: one.together_because for one in contacts()} == {
        couple.mira.parent: "She asked for it",
        couple.owen.parent: "",
    }


def test_a_risk_on_his_record_asks_too_and_one_of_somebody_absent_does_not(
    browser: Client, couple: Couple, both: User
) -> None:
    partner = make.make_parent(given_names="Pat", family_name="Ash")
    programme = couple.mira.programme
    make.make_episode(partner, programme, both.workers.get(programme=programme))
    make.stored(Partnership, parent=couple.mira.parent, other_parent=partner)
    make.make_safe_contact(couple.owen.parent, known_risk="A dog")

    with_owen = send_together(browser, couple)
    with_pat = send_together(
        browser, couple, others=[str(partner.pk)], **{f"only_{couple.owen.parent.pk}": ""}
    )

    assert list(with_owen.context["form"].errors) == ["because"]
    assert with_pat.status_code == 302


def test_words_about_somebody_who_was_not_there_are_sent_back(
    browser: Client, couple: Couple
) -> None:
    response = send_together(browser, couple, others=[])

    assert response.context["form"].errors["others"] == [
        "Choose who else was there, or should have been",
        "Choose Owen Marsh, or take out what you wrote",
    ]
    assert contacts() == []


def test_all_or_none(couple: Couple) -> None:
    """The other's row is refused, so hers is not kept either."""
    people = [
        Present(side.parent, Place(side.programme, episode=side.episode), None, "Words")
        for side in (couple.mira, couple.owen)
    ]
    with acting_as(couple.mira.user), pytest.raises(PermissionDenied):
        record_together(
            key=uuid4(),
            people=people,
            happened_at=timezone.now(),
            mode="phone",
            by=couple.mira.user,
        )

    assert contacts() == []


def test_correcting_one_leaves_the_other_as_it_was(browser: Client, couple: Couple) -> None:
    send_together(browser, couple)
    hers = next(one for one in contacts() if one.parent == couple.mira.parent)
    url = url_of("correct_contact", couple.mira.parent, hers.pk)
    shown = {"happened_at": "now", "mode": "phone", "outcome": "met", "version": "1"}

    browser.post(url, {**shown, "note": "Corrected"})

    assert said() == {
        couple.mira.parent: "Corrected",
        couple.owen.parent: f"{SHARED}\n\n{HIS}",
    }
