"""The pages about a family: what they store, refuse, keep and show."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme.access.parts import Role
from programme.core.dates import today
from programme.families.models import (
    FamilyTime,
    ImportantDate,
    Noticed,
    OtherParentOfChild,
)
from programme.people.models import Child, FamilyMember, ParentChild, Partnership, SamePerson
from programme.pregnancies.models import PregnancyTold
from programme.proceedings.models import ChildCircumstance
from tests import builders as make
from tests.forms import as_sent
from tests.programme.families.rows import (
    Side,
    boxes,
    link,
    make_child,
    make_side,
    url_of,
)
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira() -> Side:
    return make_side(
        "mother", given_names="Mira", family_name="Vale", date_of_birth=date(1996, 2, 3)
    )


@pytest.fixture
def hers(client: Client, mira: Side) -> Client:
    client.force_login(mira.user, backend=make.DEMO_BACKEND)
    return client


def send(browser: Client, address: str, **typed: object):
    """What a browser would send of the page, filled in."""
    shown = as_sent(browser.get(address).content.decode())
    return browser.post(address, {**shown, "reason": "They told us", **typed})


def text(answer) -> str:
    return answer.content.decode()


# --- Children ---------------------------------------------------------------------------------


def test_twins_of_one_pregnancy_are_added_with_their_other_parent(hers, mira):
    pregnancy = make.make_pregnancy(mira.parent, outcome="live_birth")
    dan = make.stored(FamilyMember, parent=mira.parent, name="Dan", parent_role="father")
    for name in ("Ada", "Bea"):
        answer = send(
            hers,
            url_of("add_child", mira.parent),
            given_names=name,
            sex="female",
            relation="birth",
            pregnancy=str(pregnancy.pk),
            other_member=str(dan.pk),
            **boxes("date_of_birth", date(2020, 1, 1)),
        )
        assert answer.headers["Location"] == url_of("show_family", mira.parent)

    assert [(one.given_names, one.pregnancy_id) for one in rows(Child)] == [
        ("Ada", pregnancy.pk),
        ("Bea", pregnancy.pk),
    ]
    assert [one.member_id for one in rows(OtherParentOfChild)] == [dan.pk] * 2
    assert text(hers.get(url_of("show_family", mira.parent))).count("born together") == 2


def test_a_child_born_tomorrow_is_sent_back_with_every_character(hers, mira):
    tomorrow = boxes("date_of_birth", today() + timedelta(days=1))
    page = send(hers, url_of("add_child", mira.parent), given_names="Zoë", **tomorrow)

    assert "Zoë" in text(page)
    assert "The date of birth must be today or in the past" in text(page)
    assert "Choose what this parent is to the child" in text(page)
    assert rows(Child) == []


def test_who_died_before_being_born_is_sent_back(hers, mira):
    page = send(
        hers,
        url_of("add_child", mira.parent),
        relation="birth",
        **boxes("date_of_birth", date(2020, 1, 2)),
        **boxes("died_on", date(2020, 1, 1)),
    )

    assert "The date of death is before the date of birth." in text(page)


def test_a_correction_keeps_what_it_said_before(hers, mira):
    child = make_child(mira.parent, "Rob", date(2020, 1, 1))

    send(hers, url_of("correct_child", mira.parent, child.pk), given_names="Robin")

    assert [one.given_names for one in rows(Child)] == ["Robin"]
    with make.as_seeder():
        assert [line.given_names for line in child.history.all()] == ["Robin", "Rob"]


def test_two_who_correct_at_once_lose_nothing(hers, mira):
    child = make_child(mira.parent, "Rob", date(2020, 1, 1))
    address = url_of("correct_child", mira.parent, child.pk)
    shown = as_sent(text(hers.get(address)))
    send(hers, address, given_names="Robin")

    typed = {"given_names": "Bobby", "reason": "The certificate"}
    second = hers.post(address, {**shown, **typed})
    again = hers.post(address, {**as_sent(text(second)), **typed})

    assert ("Somebody else changed this" in text(second), "Bobby" in text(second)) == (True, True)
    assert (again.status_code, rows(Child)[0].given_names) == (302, "Bobby")


@pytest.fixture
def owen(mira) -> Side:
    """A partner of Mira's on the same worker's caseload."""
    owen = make_side("father", given_names="Owen", family_name="Marsh")
    make.grant_role(mira.user, Role.PRACTITIONER, owen.programme)
    make.make_episode(owen.parent, owen.programme, make.make_worker(owen.programme, mira.user))
    make.stored(Partnership, parent=mira.parent, other_parent=owen.parent)
    return owen


def test_a_child_of_a_partner_is_linked_once(hers, mira, owen):
    child = make_child(owen.parent, "Bo", date(2020, 1, 1))

    answer = send(hers, url_of("link_child", mira.parent), child=str(child.pk), relation="step")

    assert answer.status_code == 302
    assert [(one.parent_id, one.relation) for one in rows(ParentChild, child=child)] == [
        (owen.parent.pk, "birth"),
        (mira.parent.pk, "step"),
    ]
    assert "Nobody to choose" in text(hers.get(url_of("link_child", mira.parent)))


def test_a_child_of_a_record_one_may_not_open_is_not_offered(hers, mira):
    stranger = make_side("father")
    make.stored(Partnership, parent=mira.parent, other_parent=stranger.parent)
    make_child(stranger.parent, "Bo", date(2020, 1, 1))

    assert "Nobody to choose" in text(hers.get(url_of("link_child", mira.parent)))


def test_a_baby_comes_on_the_fathers_record_when_he_may_be_told(hers, mira, owen):
    pregnancy = make.make_pregnancy(mira.parent, outcome="live_birth", father=owen.parent)
    baby = make_child(mira.parent, "Ada", date(2026, 1, 1), pregnancy=pregnancy)
    make.stored(Partnership, parent=owen.parent, other_parent=mira.parent)
    address, typed = url_of("link_child", owen.parent), {"child": str(baby.pk), "relation": "birth"}

    refused = send(hers, address, **typed)
    make.stored(
        PregnancyTold,
        pregnancy=pregnancy,
        other_parent=owen.parent,
        may_be_told=True,
        decided_on=today(),
        words="Yes",
        words_of="parent",
        asked_by=mira.user,
    )

    assert "Nobody has said yet that this parent may be told" in text(refused)
    assert send(hers, address, **typed).status_code == 302


def test_where_a_child_lives_is_added_and_nothing_is_overwritten(hers, mira):
    child = make_child(mira.parent, "Bo", date(2020, 1, 1))
    for where in ("mother", "foster_care"):
        send(hers, url_of("record_circumstance", mira.parent, child.pk), living_with=where)

    found = rows(ChildCircumstance)
    assert [(one.living_with, one.written_for_id) for one in found] == [
        ("mother", mira.parent.pk),
        ("foster_care", mira.parent.pk),
    ]
    assert "Lives: With foster carers" in text(hers.get(url_of("show_family", mira.parent)))


# --- Family time, days, couples -----------------------------------------------------------------


def test_letterbox_with_its_months_then_ended(hers, mira):
    child = make_child(mira.parent, "Bo", date(2020, 1, 1))
    send(
        hers,
        url_of("agree_family_time", mira.parent, child.pk),
        kind="letterbox",
        months=["12", "6"],
        how_often="Twice a year",
        with_whom="the letterbox office",
    )
    [stored] = rows(FamilyTime)
    page = text(hers.get(url_of("show_family", mira.parent)))
    send(
        hers,
        url_of("change_family_time", mira.parent, stored.pk),
        months=["6"],
        **boxes("ended_on", today()),
    )

    assert (stored.months, stored.month_names) == ("6,12", "June and December")
    assert "Twice a year, in June and December. With the letterbox office" in page
    assert [(one.months, one.ended_on) for one in rows(FamilyTime)] == [("6", today())]


def test_months_are_kept_of_a_letterbox_only(hers, mira):
    child = make_child(mira.parent, "Bo", date(2020, 1, 1))
    send(hers, url_of("agree_family_time", mira.parent, child.pk), kind="direct", months=["6"])

    assert [one.months for one in rows(FamilyTime)] == [""]


def test_a_partner_by_name_and_one_by_reference(hers, mira, owen):
    address = url_of("record_partnership", mira.parent)
    send(
        hers,
        address,
        who="new",
        new_name="Lou",
        new_role="other",
        **boxes("started_on", date(2015, 1, 1)),
    )
    send(hers, address, who="reference", reference=f" {owen.parent.reference.lower()} ")

    assert [one.name for one in rows(FamilyMember)] == ["Lou"]
    assert [(one.other_parent_id, one.other_member_id) for one in rows(Partnership)][1:] == [
        (None, rows(FamilyMember)[0].pk),
        (owen.parent.pk, None),
    ]


def test_a_reference_one_may_not_open_answers_as_one_that_never_was(hers, mira):
    stranger = make_side("father").parent
    address = url_of("record_partnership", mira.parent)
    answers = [
        text(send(hers, address, who="reference", reference=typed))
        for typed in (stranger.reference, "ZZZZZZ")
    ]

    assert ["There is no record with this reference" in one for one in answers] == [True, True]
    assert rows(Partnership) == []


def test_a_spell_is_ended_and_not_before_it_began(hers, mira):
    lou = make.stored(FamilyMember, parent=mira.parent, name="Lou", parent_role="other")
    spell = make.stored(
        Partnership, parent=mira.parent, other_member=lou, started_on=date(2015, 1, 1)
    )
    address = url_of("correct_partnership", mira.parent, spell.pk)

    wrong = send(hers, address, **boxes("ended_on", date(2014, 1, 1)))
    send(hers, address, **boxes("ended_on", date(2016, 1, 1)))

    assert wrong.status_code == 200
    assert [one.ended_on for one in rows(Partnership)] == [date(2016, 1, 1)]


def test_a_day_to_mind_is_added_and_taken_off(hers, mira):
    send(
        hers,
        url_of("add_important_date", mira.parent),
        wording="The goodbye",
        **boxes("day", date(2020, 5, 6)),
    )
    [stored] = rows(ImportantDate)
    assert (stored.wording, stored.every_year) == ("The goodbye", True)

    hers.post(url_of("remove_important_date", mira.parent, stored.pk))
    assert rows(ImportantDate) == []
    with make.as_seeder():
        assert ImportantDate.history.filter(id=stored.pk).count() == 2


def test_once_a_child_of_another_record(hers, mira, owen):
    child = make_child(owen.parent, "Mira", date(1996, 2, 3))

    send(hers, url_of("find_same_person", mira.parent), child=str(child.pk))

    assert [(one.child_id, one.parent_id) for one in rows(SamePerson)] == [
        (child.pk, mira.parent.pk)
    ]
    assert "is a child on the record of" in text(hers.get(url_of("show_family", mira.parent)))


# --- Strengths and worries ------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["mother", "father"])
def test_strengths_and_worries_are_two_lists_for_everybody(role, client):
    side = make_side(role)
    client.force_login(side.user, backend=make.DEMO_BACKEND)
    for kind, words in (("strength", "Cooks well"), ("worry", "Sleeps badly")):
        send(
            client,
            url_of("add_strength_or_worry", side.parent),
            kind=kind,
            wording=words,
            words_of="parent",
        )
    strength, worry = rows(Noticed)
    client.post(url_of("end_strength_or_worry", side.parent, worry.pk))
    page = client.get(url_of("show_strengths", side.parent))

    assert (strength.episode_id, strength.kind, worry.kind) == (
        side.episode.pk,
        "strength",
        "worry",
    )
    assert [one.wording for one in page.context["strengths"]] == ["Cooks well"]
    assert [(one.wording, one.ended_on) for one in page.context["worries"]] == [
        ("Sleeps badly", today())
    ]


def test_a_colleague_reads_them_and_does_not_write(mira, client):
    row = make.stored(
        Noticed,
        episode=mira.episode,
        kind="worry",
        wording="Alone",
        words_of="parent",
        noted_on=today(),
    )
    client.force_login(make.make_practitioner(mira.programme), backend=make.DEMO_BACKEND)

    assert "Alone" in text(client.get(url_of("show_strengths", mira.parent)))
    over = client.post(url_of("end_strength_or_worry", mira.parent, row.pk))
    assert (over.status_code, rows(Noticed)[0].ended_on) == (403, None)


# --- The family page ------------------------------------------------------------------------------


def test_the_page_has_no_name_in_its_title_and_says_the_drawing_in_words(hers, mira):
    make_child(mira.parent, "Robin", date(2020, 1, 1))

    page = text(hers.get(url_of("show_family", mira.parent)))

    title = page.split("<title>")[1].split("</title>")[0]
    assert ("Mira" in title, "Robin" in title, mira.parent.reference in title) == (
        False,
        False,
        True,
    )
    assert page.count('role="img"') == 2
    assert page.count("<title id=") == page.count("<desc id=") == 2
    assert 'id="family-list"' in page


def test_a_coordinator_reads_the_family_and_changes_nothing(mira, client):
    child = make_child(mira.parent, "Robin", date(2020, 1, 1))
    make.stored(ChildCircumstance, child=child, from_date=date(2020, 1, 1), living_with="father")
    user = make.make_practitioner(mira.programme, role=Role.COORDINATOR)
    client.force_login(user, backend=make.DEMO_BACKEND)

    page = text(client.get(url_of("show_family", mira.parent)))

    assert ("Robin" in page, "Lives:" in page, "Add to the family" in page) == (True, False, False)


def test_a_fixed_number_of_queries(hers, mira):
    held, asked = 0, []
    for number in (1, 3, 30):
        for each in range(number - held):
            child = make_child(mira.parent, f"Child {each}", date(2010, 1, 1))
            values = {"kind": "direct", "agreed_on": today()}
            make.stored(FamilyTime, parent=mira.parent, child=child, **values)
            make.stored(ImportantDate, parent=mira.parent, day=today(), wording="A day")
            far = make.make_parent("father")
            make.make_episode(far, mira.programme)
            link(far, child)
        held = number
        with CaptureQueriesContext(connection) as queries:
            hers.get(url_of("show_family", mira.parent))
        asked.append(len(queries))

    assert asked == [asked[0]] * 3
