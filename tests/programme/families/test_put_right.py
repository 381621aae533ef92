"""What came on a record by mistake is put right, or taken off it again."""

from datetime import date

import pytest
from django.test import Client

from programme.families.models import FamilyTime, OtherParentOfChild
from programme.people.models import Child, FamilyMember, ParentChild, Partnership, SamePerson
from tests import builders as make
from tests.forms import as_sent
from tests.programme.desk.scene import boxes
from tests.programme.families.rows import (
    Couple,
    Side,
    link,
    make_child,
    make_couple,
    make_side,
    url_of,
)
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def couple() -> Couple:
    return make_couple()


def browser_of(side: Side) -> Client:
    browser = Client()
    browser.force_login(side.user, backend=make.DEMO_BACKEND)
    return browser


@pytest.fixture
def hers(couple: Couple) -> Client:
    return browser_of(couple.mira)


@pytest.fixture
def his(couple: Couple) -> Client:
    return browser_of(couple.owen)


def send(browser: Client, address: str, **typed: str):
    """What a browser would send of the page, filled in."""
    shown = as_sent(browser.get(address).content.decode())
    return browser.post(address, {**shown, "reason": "They told us", **typed})


def family_of(side: Side) -> str:
    page = browser_of(side).get(url_of("show_family", side.parent))
    assert page.status_code == 200
    return page.content.decode()


def link_of(side: Side, child: Child) -> ParentChild:
    [found] = rows(ParentChild, parent=side.parent, child=child)
    return found


# --- A stillborn child --------------------------------------------------------------------------


def test_a_stillborn_child_is_linked_when_the_pregnancy_is_known_and_may_be_told(couple):
    worker = browser_of(couple.mira)
    make.grant_role(couple.mira.user, "practitioner", couple.owen.programme)
    own_worker = make.make_worker(couple.owen.programme, couple.mira.user)
    make.make_episode(couple.owen.parent, couple.owen.programme, own_worker)
    make.stored(Partnership, parent=couple.owen.parent, other_parent=couple.mira.parent)
    ash = make_child(couple.mira.parent, "Ash", date(2018, 11, 30), born="stillborn")
    pregnancy = make.make_pregnancy(couple.mira.parent, outcome="stillbirth")
    address, typed = url_of("link_child", couple.owen.parent), {"child": str(ash.pk)}

    unknown = send(worker, address, relation="birth", **typed)
    corrected = url_of("correct_child", couple.mira.parent, ash.pk)
    said = send(worker, corrected, pregnancy=str(pregnancy.pk))
    not_asked = send(worker, address, relation="birth", **typed)

    assert "of which pregnancy this child was" in unknown.content.decode()
    assert (said.status_code, rows(Child, pk=ash.pk)[0].pregnancy_id) == (302, pregnancy.pk)
    assert "Nobody has said yet that this parent may be told" in not_asked.content.decode()
    assert [one.parent_id for one in rows(ParentChild, child=ash)] == [couple.mira.parent.pk]


def test_a_stillborn_child_of_no_pregnancy_stands_on_the_mothers_record_only(couple):
    ash = make_child(couple.mira.parent, "Ashley", date(2018, 11, 30), born="stillborn")
    link(couple.owen.parent, ash)

    assert ["Ashley" in family_of(side) for side in (couple.mira, couple.owen)] == [True, False]


def test_what_a_father_alone_told_of_stays_on_his_record(couple):
    make_child(couple.owen.parent, "Ashley", date(2018, 11, 30), born="stillborn")

    assert ["Ashley" in family_of(side) for side in (couple.mira, couple.owen)] == [False, True]


def test_a_child_born_still_is_said_where_it_may_be_told_and_the_words_are_kept(couple, his):
    address = url_of("correct_child", couple.owen.parent, couple.robin.pk)

    refused = send(his, address, born="stillborn", family_name="Marsh-Vale")

    page = refused.content.decode()
    assert (refused.status_code, "Marsh-Vale" in page) == (200, True)
    assert "This can be said only on the record of who gave birth" in page
    assert page.index("Was the child born alive?") < page.rindex("This can be said only")
    assert [one.born for one in rows(Child)] == [couple.robin.born]


# --- A child on the wrong record ----------------------------------------------------------------


def test_a_child_is_taken_off_one_record_with_a_reason(couple, his):
    wrong = link_of(couple.owen, couple.robin)
    address = url_of("take_off_child", couple.owen.parent, wrong.pk)

    asked = send(his, address, reason=" ")
    gone = send(his, address, reason="Another Robin")

    assert "Enter why this is wrong" in asked.content.decode()
    assert gone.headers["Location"] == url_of("show_family", couple.owen.parent)
    assert ["Robin" in family_of(side) for side in (couple.mira, couple.owen)] == [True, False]
    with make.as_seeder():
        history = ParentChild.history.model.objects.filter(id=wrong.pk)
        last = history.order_by("-history_date", "-history_id").first()
    assert (last.history_type, last.history_change_reason) == ("-", "Another Robin")
    assert his.get(address).status_code == 404


def test_a_link_of_another_record_is_not_found_here(couple, his):
    hers = link_of(couple.mira, couple.robin)

    for page in ("take_off_child", "correct_relation"):
        address = url_of(page, couple.owen.parent, hers.pk)
        assert (page, his.get(address).status_code, his.post(address).status_code) == (
            page,
            404,
            404,
        )


def test_an_adopted_child_who_is_kept_apart_can_be_taken_off_but_not_opened(couple):
    adopter = make_side("other", given_names="Ada", family_name="New")
    held = link(adopter.parent, couple.robin, "adoptive")
    browser = browser_of(adopter)
    address = url_of("take_off_child", adopter.parent, held.pk)

    opened = browser.get(url_of("correct_relation", adopter.parent, held.pk))
    page = browser.get(address).content.decode()
    shown = family_of(adopter)
    send(browser, address, reason="Linked by mistake")

    assert (opened.status_code, "Robin" in page, address in shown) == (404, False, True)
    assert [one.parent_id for one in rows(ParentChild, child=couple.robin)] == [
        couple.mira.parent.pk,
        couple.owen.parent.pk,
    ]


def test_what_a_parent_is_to_a_child_and_the_other_parent_are_corrected(couple, hers):
    mother = couple.mira.parent
    dan, eli = (
        make.stored(FamilyMember, parent=mother, name=name, parent_role="father")
        for name in ("Dan", "Eli")
    )
    make.stored(OtherParentOfChild, parent=mother, child=couple.robin, member=dan)
    wrong = link_of(couple.mira, couple.robin)
    address = url_of("correct_relation", mother, wrong.pk)

    shown = as_sent(hers.get(address).content.decode())
    send(hers, address, relation="step", other_member=str(eli.pk))
    named = [one.member_id for one in rows(OtherParentOfChild)]
    send(hers, address, other_member="nobody")

    assert (shown["relation"], shown["other_member"]) == ("birth", str(dan.pk))
    assert (link_of(couple.mira, couple.robin).relation, named) == ("step", [eli.pk])
    assert rows(OtherParentOfChild) == []
    assert link_of(couple.owen, couple.robin).relation == "birth"


def test_one_relation_twice_is_refused_beside_the_field(couple, hers):
    link(couple.mira.parent, couple.robin, "step")
    wrong = rows(ParentChild, parent=couple.mira.parent, relation="birth")[0]

    page = send(hers, url_of("correct_relation", couple.mira.parent, wrong.pk), relation="step")

    assert "This is on the record already." in page.content.decode()


def test_who_are_two_people_after_all_are_parted(couple, hers):
    gran = make.make_parent("mother", given_names="Gwendolen")
    make.make_episode(gran, couple.mira.programme)
    child = make_child(gran, "Mira", date(1998, 1, 1))
    same = make.stored(SamePerson, child=child, parent=couple.mira.parent)
    address = url_of("take_off_same_person", couple.mira.parent, same.pk)

    before = family_of(couple.mira)
    answers = [hers.post(address, {"reason": reason}).status_code for reason in ("", "Two", "Two")]

    assert ("Gwendolen" in before, address in before) == (True, True)
    assert (answers, rows(SamePerson)) == ([200, 302, 302], [])
    assert "Gwendolen" not in family_of(couple.mira)


# --- Why --------------------------------------------------------------------------------------


def _child(couple):
    return couple.robin, "correct_child", {"given_names": "Robyn"}


def _relation(couple):
    return link_of(couple.mira, couple.robin), "correct_relation", {"relation": "step"}


def _time(couple):
    values = {"kind": "direct", "agreed_on": date(2020, 1, 1)}
    row = make.stored(FamilyTime, parent=couple.mira.parent, child=couple.robin, **values)
    return row, "change_family_time", {"how_often": "Every week"}


def _spell(couple):
    lou = make.stored(FamilyMember, parent=couple.mira.parent, name="Lou", parent_role="other")
    spell = make.stored(Partnership, parent=couple.mira.parent, other_member=lou)
    return spell, "correct_partnership", boxes("ended_on", date(2021, 1, 1))


@pytest.mark.parametrize("older", [_child, _relation, _time, _spell])
def test_what_was_written_before_is_changed_with_a_reason(couple, hers, older):
    row, page, typed = older(couple)
    address = url_of(page, couple.mira.parent, row.pk)

    refused = send(hers, address, **typed, reason="")
    stored = send(hers, address, **typed, reason="The certificate")

    assert "Enter why you are changing it" in refused.content.decode()
    assert stored.status_code == 302
    with make.as_seeder():
        assert [line.history_change_reason for line in row.history.all()] == [
            "The certificate",
            None,
        ]


def test_one_s_own_words_are_put_right_without_a_reason(couple, hers):
    send(hers, url_of("add_child", couple.mira.parent), given_names="Kit", relation="birth")
    [kit] = rows(Child, given_names="Kit")

    page = hers.get(url_of("correct_child", couple.mira.parent, kit.pk)).content.decode()

    assert "Why are you changing it?" not in page
