"""Who is in a family, as one parent's record may show it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programme.access.holdings import parts_of
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.families.models import OtherParentOfChild
from programme.families.reads.circle import Circle, circle_of
from programme.families.reads.people import age_in_words
from programme.people.models import FamilyMember, Parent, Partnership, SamePerson
from programme.proceedings.models import (
    ChildCircumstance,
    Proceedings,
    ProceedingsChild,
    Separation,
)
from programme.support.models import Goal
from tests import builders as make
from tests.programme.families.rows import (
    Couple,
    Side,
    link,
    make_child,
    make_couple,
    make_side,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mira() -> Side:
    return make_side("mother", given_names="Mira", family_name="Vale")


@pytest.fixture
def couple() -> Couple:
    return make_couple()


def circle(side: Side, parent: Parent | None = None) -> Circle:
    who = parent or side.parent
    with acting_as(side.user):
        return circle_of(who, parts_of(who.pk))


def member(side: Side, name: str, role: str = "father") -> FamilyMember:
    return make.stored(FamilyMember, parent=side.parent, name=name, parent_role=role)


def both_seen_by(side: Side, other: Side) -> None:
    """The worker of one side now works with the other parent too."""
    make.grant_role(side.user, Role.PRACTITIONER, other.programme)
    make.make_worker(other.programme, side.user)


@pytest.mark.parametrize(
    ("born", "on", "words"),
    [
        (date(2020, 5, 6), date(2020, 5, 6), "0 months old"),
        (date(2020, 5, 6), date(2020, 6, 6), "1 month old"),
        (date(2020, 5, 6), date(2022, 5, 5), "23 months old"),
        (date(2020, 5, 6), date(2022, 5, 6), "aged 2"),
        (date(2020, 2, 29), date(2025, 2, 28), "aged 4"),
        (date(2020, 5, 6), date(2020, 5, 5), "not born yet"),
    ],
)
def test_age_in_words(born, on, words):
    assert age_in_words(born, on) == words


def test_one_child_stands_on_both_records_and_neither_names_the_other(couple):
    for side in (couple.mira, couple.owen):
        found = circle(side)
        assert [one.name for one in found.children] == ["Robin"]
        assert [branch.other for branch in found.branches] == [None]


def test_who_works_with_both_sees_both_as_parents(couple):
    both_seen_by(couple.mira, couple.owen)

    [branch] = circle(couple.mira).branches

    assert (branch.other.name, branch.other.mark) == ("Owen Marsh", "man")


def test_a_couple_is_told_by_the_own_record_only(couple):
    both_seen_by(couple.mira, couple.owen)
    mira, owen = couple.mira.parent, couple.owen.parent
    make.stored(Partnership, parent=owen, other_parent=mira, started_on=date(2014, 5, 1))

    [branch] = circle(couple.mira).branches
    [his] = circle(couple.mira, owen).branches

    assert (branch.spells, [one.in_years for one in his.spells]) == ([], ["from 2014"])


def test_spells_of_one_couple_stand_in_order(mira):
    other = member(mira, "Dan")
    for start, end in ((2018, None), (2014, 2016)):
        ended = date(end, 6, 1) if end else None
        make.stored(
            Partnership,
            parent=mira.parent,
            other_member=other,
            started_on=date(start, 5, 1),
            ended_on=ended,
        )

    [branch] = circle(mira).branches

    assert [one.in_words for one in branch.spells] == [
        "together from May 2014 to June 2016",
        "together from May 2018",
    ]
    assert branch.is_over is False


def test_children_stand_with_their_other_parent_the_eldest_first(mira):
    dan, eli = member(mira, "Dan"), member(mira, "Eli")
    for name, year, other in (("Cy", 2018, eli), ("Ada", 2012, dan), ("Bea", 2014, dan)):
        child = make_child(mira.parent, name, date(year, 1, 1))
        make.stored(OtherParentOfChild, parent=mira.parent, child=child, member=other)
    make_child(mira.parent, "Dot", date(2010, 1, 1))

    found = circle(mira)

    assert [
        (branch.other and branch.other.name, [one.name for one in branch.children])
        for branch in found.branches
    ] == [("Dan", ["Ada", "Bea"]), ("Eli", ["Cy"]), (None, ["Dot"])]
    assert [one.name for one in found.children] == ["Dot", "Ada", "Bea", "Cy"]


def test_twins_are_children_of_one_pregnancy_even_over_midnight(mira):
    pregnancy = make.make_pregnancy(mira.parent, outcome="live_birth")
    for name, day in (("Ada", 1), ("Bea", 2)):
        make_child(mira.parent, name, date(2020, 1, day), pregnancy=pregnancy)
    make_child(mira.parent, "Cy", date(2022, 1, 1))

    assert [(one.name, one.is_twin) for one in circle(mira).children] == [
        ("Ada", True),
        ("Bea", True),
        ("Cy", False),
    ]


def test_a_twin_born_still_is_hidden_from_a_father_who_is_not_told(couple):
    pregnancy = make.make_pregnancy(couple.mira.parent, outcome="mixed", father=couple.owen.parent)
    for name, born in (("Ada", "live"), ("Bea", "stillborn")):
        day = date(2020, 1, 1)
        child = make_child(couple.mira.parent, name, day, pregnancy=pregnancy, born=born)
        link(couple.owen.parent, child)

    his = [(one.name, one.is_twin) for one in circle(couple.owen).children]
    hers = [(one.name, one.is_twin) for one in circle(couple.mira).children]

    assert his == [("Robin", False), ("Ada", False)]
    assert hers == [("Robin", False), ("Ada", True), ("Bea", True)]


def test_stillbirth_and_death_are_said_plainly(mira):
    make_child(mira.parent, "Ash", date(2018, 11, 30), born="stillborn")
    make_child(mira.parent, "Bo", date(2015, 5, 1), died_on=date(2019, 12, 1))

    assert [(one.name, one.in_years, one.is_lost) for one in circle(mira).children] == [
        ("Bo", "2015 to 2019", True),
        ("Ash", "born still 2018", True),
    ]


def test_a_miscarriage_is_a_loss_without_a_child_and_a_termination_is_nothing(mira):
    make.make_consent(mira.parent, "record_contraception", covers_own_worker=True)
    for outcome in ("miscarriage", "termination", ""):
        ended_on = date(2024, 5, 6) if outcome else None
        make.make_pregnancy(mira.parent, outcome=outcome, ended_on=ended_on)

    assert [(one.words, one.in_years) for one in circle(mira).waiting] == [
        ("A miscarriage", "2024"),
        ("A baby is expected", ""),
    ]


def test_nobody_is_expected_for_ever(mira, client):
    for days in (310, 311):
        make.make_pregnancy(mira.parent, known_on=today() - timedelta(days=days))
    client.force_login(mira.user, backend=make.DEMO_BACKEND)
    addresses = (url_of("show_family", mira.parent), f"/parents/{mira.parent.pk}/")

    pages = [client.get(one).content.decode() for one in addresses]

    assert [one.words for one in circle(mira).waiting] == [
        "How it ended is not recorded",
        "A baby is expected",
    ]
    assert [page.count("Record how it ended") for page in pages] == [1, 1]
    assert pages[1].count("Pregnant</h3>") == 1


# --- Where children live, and court -------------------------------------------------------------


def test_the_newest_place_counts_and_one_that_ended_is_not_known(mira):
    ivy = make_child(mira.parent, "Ivy", date(2019, 1, 1))
    for day, where in ((date(2019, 1, 1), "mother"), (date(2020, 1, 1), "foster_care")):
        make.stored(ChildCircumstance, child=ivy, from_date=day, living_with=where)
    make.stored(
        ChildCircumstance, child=ivy, from_date=today() + timedelta(days=9), living_with="father"
    )
    bo = make_child(mira.parent, "Bo", date(2020, 1, 1))
    ended = {"from_date": date(2020, 1, 1), "to_date": date(2021, 1, 1)}
    make.stored(ChildCircumstance, child=bo, living_with="hospital", **ended)

    assert [one.lives for one in circle(mira).children] == [
        "With foster carers since 1 January 2020",
        "Not known since 1 January 2021",
    ]


def test_a_parent_and_baby_home_is_named_on_that_parents_record_only(couple):
    make.stored(
        ChildCircumstance,
        child=couple.robin,
        from_date=date(2020, 1, 1),
        living_with="parent_and_baby_placement",
        written_for=couple.mira.parent,
    )

    hers, his = (circle(side).children[0].lives for side in (couple.mira, couple.owen))

    assert hers == "With a parent in a parent-and-baby home since 1 January 2020"
    assert his == "With a parent since 1 January 2020"


def test_court_is_said_to_who_reads_it(mira):
    ivy = make_child(mira.parent, "Ivy", date(2019, 1, 1))
    court = make.stored(Proceedings, issued_on=date(2020, 2, 1), concluded_on=date(2020, 9, 1))
    make.stored(ProceedingsChild, proceedings=court, child=ivy, final_order="adoption")
    make.stored(Separation, child=ivy, separated_on=date(2020, 2, 1))
    coordinator = make.make_practitioner(mira.programme, role=Role.COORDINATOR)

    [seen] = circle(mira).children
    with acting_as(coordinator):
        [not_seen] = circle_of(mira.parent, parts_of(mira.parent.pk)).children

    assert seen.court == ("Separated on 1 February 2020", "Adoption order, 1 September 2020")
    assert not_seen.court == ()


# --- One child, two families ----------------------------------------------------------------------


def test_an_adopted_child_of_another_record_is_kept_apart(couple):
    """The adopter's worker does not learn the name by birth, nor the other worker who adopted."""
    adopter = make_side("other", given_names="Ada", family_name="New")
    link(adopter.parent, couple.robin, "adoptive")

    theirs, hers = circle(adopter), circle(couple.mira)

    assert (theirs.children, len(theirs.kept_apart)) == ([], 1)
    assert [(one.name, one.others) for one in hers.children] == [("Robin", [])]
    browser = Client()
    browser.force_login(adopter.user, backend=make.DEMO_BACKEND)
    for address in (url_of("show_family", adopter.parent), f"/parents/{adopter.parent.pk}/"):
        assert "Robin" not in browser.get(address).content.decode()
    assert browser.get(url_of("correct_child", adopter.parent, couple.robin.pk)).status_code == 404


def test_the_two_families_stay_apart_for_who_works_with_both(couple):
    adopter = make_side("other", given_names="Ada", family_name="New")
    link(adopter.parent, couple.robin, "adoptive")
    both_seen_by(couple.mira, adopter)

    assert circle(couple.mira, adopter.parent).children == []
    assert [one.others for one in circle(couple.mira).children] == [[]]


def test_two_who_adopted_together_see_each_other_beside_a_child_of_their_own_row(mira):
    other = make.make_parent("other", given_names="Ada", family_name="New")
    make.make_episode(other, mira.programme)
    child = make_child(mira.parent, "Kit", date(2020, 1, 1), "adoptive")
    link(other, child, "adoptive")

    [found] = circle(mira).children

    assert ([one.name for one in found.others], found.by_adoption) == (["Ada New"], True)


def test_a_parent_who_is_a_child_of_another_record_for_who_sees_both(mira):
    gran = make_side("mother", given_names="Gwen", family_name="Vale")
    child = make_child(gran.parent, "Mira", date(1998, 1, 1))
    make.stored(SamePerson, child=child, parent=mira.parent)

    apart = circle(mira), circle(gran)
    both_seen_by(mira, gran)
    hers, grans = circle(mira), circle(mira, gran.parent)

    assert [one.own_parents for one in apart] == [(), ()]
    assert [one.became for one in apart[1].children] == [None]
    assert [one.name for one in hers.own_parents] == ["Gwen Vale"]
    assert [one.became.name for one in grans.children] == ["Mira Vale"]


# --- What it costs ----------------------------------------------------------------------------


def test_a_fixed_number_of_queries(mira):
    held, asked = 0, []
    for number in (1, 3, 30):
        for each in range(number - held):
            other = member(mira, f"Other {each}")
            child = make_child(mira.parent, f"Child {each}", date(2010, 1, 1))
            make.stored(OtherParentOfChild, parent=mira.parent, child=child, member=other)
            make.stored(Partnership, parent=mira.parent, other_member=other)
            make.stored(Separation, child=child, separated_on=date(2020, 2, 1))
            make.make_pregnancy(mira.parent, outcome="miscarriage")
            far = make.make_parent("father")
            make.make_episode(far, mira.programme)
            link(far, child)
        held = number
        with acting_as(mira.user):
            parts = parts_of(mira.parent.pk)
            with CaptureQueriesContext(connection) as queries:
                found = circle_of(mira.parent, parts)
        asked.append(len(queries))
        assert len(found.children) == number

    assert asked == [asked[0]] * 3


def test_each_of_two_parents_has_a_worker_plan_and_permissions_of_their_own(couple):
    for side, words in ((couple.mira, "A flat for two"), (couple.owen, "A job on the boats")):
        goal = {"wording": words, "set_by": "parent", "agreed_on": today()}
        make.stored(Goal, episode=side.episode, **goal)
        make.make_consent(side.parent, "take_part", shared_with=words)
        browser = Client()
        browser.force_login(side.user, backend=make.DEMO_BACKEND)
        page = browser.get(f"/parents/{side.parent.pk}/")
        assert [one.shared_with for one in page.context["record"].permissions] == [words]
        assert page.context["record"].goals == (words,)
        assert page.context["record"].open[0].workers == (side.user.name,)
