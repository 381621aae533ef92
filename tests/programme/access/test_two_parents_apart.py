"""Two parents of one child in two caseloads: nothing of one changes a byte of the other (S3).

Nobody works with both. Each kind of row that is one parent's own is added, replaced and removed
on one side, and every page of the other side's worker is compared byte for byte.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.contraception.models import ContraceptionChoice
from programme.core.dates import today
from programme.families.models import (
    DatePrompts,
    FamilyTime,
    ImportantDate,
    Noticed,
    OtherParentOfChild,
)
from programme.people.models import Child, FamilyMember, Home, ParentChild, Partnership, SamePerson
from programme.pregnancies.models import DueDate, PregnancyTold
from programme.proceedings.models import CourtDate, Proceedings, ProceedingsChild
from tests import builders as make
from tests.programme.families.rows import (
    Couple,
    Side,
    link,
    make_child,
    make_couple,
    make_expected,
)
from tests.programme.pages import as_seen

pytestmark = pytest.mark.django_db

ABOUT_THE_CHILD = ("families:correct_child", "families:record_circumstance")
# Only take what is sent, or say that somebody looked; papers carry the moment they were made.
NOT_OPENED = {
    "families:switch_prompts",
    "protection:keep_protection",
    "history:show_seen",
    "papers:download_summary",
    "papers:download_own_copy",
}


def names_no_other_row(name: str) -> bool:
    """Whether the address of a page holds the parent alone, or her child."""
    if name in ABOUT_THE_CHILD or name == "families:agree_family_time":
        return True
    try:
        reverse(name, args=[uuid4()])
    except NoReverseMatch:
        return False
    return True


EVERY_PAGE = [
    name
    for name, access in POLICY.items()
    if access.parts and name not in NOT_OPENED and names_no_other_row(name)
]
SHOWN_ON = (
    "desk:show_parent",
    "families:show_family",
    "families:show_strengths",
    "families:link_child",
    "proceedings:show_court",
)
WORD = "canary"
SOON = today() + timedelta(days=3)
ASKED = (f"{WORD} child", "Robin", "07700 900999")


def pages_of(side: Side, couple: Couple, names: Iterable[str]) -> Iterator[str]:
    """Pages about this side's own parent, and the guessed record of the other."""
    yield reverse("desk:home")
    for name in names:
        about_child = name in ABOUT_THE_CHILD or name == "families:agree_family_time"
        keys = [couple.robin.pk] if about_child else []
        yield reverse(name, args=[side.parent.pk, *keys])
    for name in ("desk:show_parent", "families:show_family"):
        yield reverse(name, args=[other_of(side, couple).parent.pk])


def other_of(side: Side, couple: Couple) -> Side:
    return couple.owen if side is couple.mira else couple.mira


def seen(
    browser: Client, side: Side, couple: Couple, names: Iterable[str] = SHOWN_ON
) -> dict[str, tuple[int, bytes]]:
    """Pages, and what is found by the words that hidden rows hold."""
    answers = {one: browser.get(one) for one in pages_of(side, couple, names)}
    for words in ASKED:
        browser.post(reverse("desk:find_parent"), {"words": words})
        number = list(browser.session["searches"])[-1]
        answers[f"find {words}"] = browser.get(reverse("desk:show_found", args=[number]))
    return {one: (answer.status_code, as_seen(answer)) for one, answer in answers.items()}


def changed(before: dict[str, tuple[int, bytes]], after: dict[str, tuple[int, bytes]]) -> list[str]:
    """The pages that are not the same, each with the first line that differs."""
    return [
        f"{page}: {_line(before[page], after[page])}"
        for page in before
        if before[page] != after[page]
    ]


def _line(before: tuple[int, bytes], after: tuple[int, bytes]) -> str:
    lines = zip(before[1].splitlines(), after[1].splitlines(), strict=False)
    return next((f"{now!r}" for was, now in lines if was != now), f"{after[0]}")


# --- What is one parent's own, and which column of it is then replaced ------------------------

Hidden = tuple[list[Any], str, Any]


def address(side: Side, couple: Couple) -> Hidden:
    return [make.stored(Home, parent=side.parent, postcode="ZZ1 1ZZ")], "postcode", "ZZ2 2ZZ"


def stage(side: Side, couple: Couple) -> Hidden:
    return [make.enter_stage(side.episode, "active", today())], "stage", "decision"


def note(side: Side, couple: Couple) -> Hidden:
    return [make.make_contact(side.parent, side.episode, note=WORD)], "note", "other words"


def contraception(side: Side, couple: Couple) -> Hidden:
    values = {"happened_on": today(), "event": "conversation", "answer": "no_decision"}
    make.stored(ContraceptionChoice, parent=side.parent, **values)
    # An event is never changed nor removed.
    return [], "", None


def safe_contact(side: Side, couple: Couple) -> Hidden:
    row = make.make_safe_contact(side.parent, number="07700 900999", agreed_phrase=WORD)
    return [row], "times", WORD


def couple_with_somebody_else(side: Side, couple: Couple) -> Hidden:
    member = make.stored(FamilyMember, parent=side.parent, name=WORD, parent_role="other")
    spell = make.stored(Partnership, parent=side.parent, other_member=member)
    return [member, spell], "ended_on", today()


def couple_as_told_by_one(side: Side, couple: Couple) -> Hidden:
    other = other_of(side, couple).parent
    spell = make.stored(Partnership, parent=side.parent, other_parent=other)
    return [spell], "ended_on", today()


def another_child(side: Side, couple: Couple) -> Hidden:
    child = make_child(side.parent, f"{WORD} child", SOON.replace(year=2015))
    return [child, *_links(child)], "relation", "step"


def other_parent_of_robin(side: Side, couple: Couple) -> Hidden:
    member = make.stored(FamilyMember, parent=side.parent, name=WORD, parent_role="other")
    keys = {"parent": side.parent, "child": couple.robin, "member": member}
    return [member, make.stored(OtherParentOfChild, **keys)], "name", "Other"


def adopted_robin(side: Side, couple: Couple) -> Hidden:
    adopter = make.make_parent("other", given_names=WORD)
    make.make_episode(adopter, side.programme)
    keys = {"parent": adopter, "child": couple.robin, "relation": "adoptive"}
    return [make.stored(ParentChild, **keys)], "relation", "step"


def time_with_robin(side: Side, couple: Couple) -> Hidden:
    values = {"kind": "direct", "with_whom": WORD, "agreed_on": today()}
    row = make.stored(FamilyTime, parent=side.parent, child=couple.robin, **values)
    return [row], "how_often", WORD


def day_to_mind(side: Side, couple: Couple) -> Hidden:
    return [make.stored(ImportantDate, parent=side.parent, day=SOON, wording=WORD)], "wording", "x"


def reminders_off(side: Side, couple: Couple) -> Hidden:
    return [make.stored(DatePrompts, parent=side.parent, are_on=False)], "are_on", True


def worry(side: Side, couple: Couple) -> Hidden:
    values = {"wording": WORD, "words_of": "parent", "noted_on": today()}
    row = make.stored(Noticed, episode=side.episode, kind="worry", **values)
    return [row], "kind", "strength"


def robin_grown_up(side: Side, couple: Couple) -> Hidden:
    born = make.stored(Child, date_of_birth=couple.robin.date_of_birth)
    grown = make.make_parent("other", given_names=WORD)
    make.make_episode(grown, side.programme)
    row = make.stored(SamePerson, child=couple.robin, parent=grown)
    return [born, row], "given_names", WORD


def order_about_another_child(side: Side, couple: Couple) -> Hidden:
    """In the set to which both are party."""
    (half, *links), _, _ = another_child(side, couple)
    with make.as_seeder():
        court = Proceedings.objects.get()
    named = make.stored(ProceedingsChild, proceedings=court, child=half, final_order="care_order")
    said = {"source": "court_document", "happened_on": today(), "order": "care_order"}
    order = make.stored(CourtDate, proceedings=court, kind="order", child=half, **said)
    return [half, *links, named, order], "final_order", "placement_order"


EVERYBODYS: tuple[Callable[[Side, Couple], Hidden], ...] = (
    address,
    stage,
    note,
    contraception,
    safe_contact,
    couple_with_somebody_else,
    couple_as_told_by_one,
    another_child,
    other_parent_of_robin,
    adopted_robin,
    time_with_robin,
    day_to_mind,
    reminders_off,
    worry,
    robin_grown_up,
    order_about_another_child,
)


# Not on these pages of her own: opened on purpose, behind a permission, or somebody else's.
NOT_THERE = (address, contraception, adopted_robin, couple_as_told_by_one)


def pregnancy(side: Side, couple: Couple) -> Hidden:
    row = make_expected(couple, known_on=today())
    return [row, *_estimates(row)], "estimated_due_date", SOON


def named_pregnancy_ended(outcome: str) -> Callable[[Side, Couple], Hidden]:
    def ended(side: Side, couple: Couple) -> Hidden:
        row = make_expected(couple, outcome=outcome, ended_on=today())
        return [row, *_estimates(row)], "estimated_due_date", SOON

    ended.__name__ = outcome
    return ended


def baby_on_the_way(side: Side, couple: Couple) -> Hidden:
    """As a package may bring it: the unborn child is linked to both parents."""
    return _baby(couple, "expected", {}, {})


def stillborn_twins(side: Side, couple: Couple) -> Hidden:
    born = {"born": "stillborn", "born_on": today() - timedelta(days=360)}
    return _baby(couple, "birth", born, {"outcome": "stillbirth", "ended_on": today()})


def stillborn_of_no_pregnancy(side: Side, couple: Couple) -> Hidden:
    """Nobody said which pregnancy it was, so nobody could be asked."""
    baby = make_child(couple.mira.parent, f"{WORD} child", born="stillborn")
    link(couple.owen.parent, baby)
    return [baby, *_links(baby)], "relation", "other"


def _baby(couple: Couple, relation: str, child: dict[str, Any], ending: dict[str, Any]) -> Hidden:
    row = make_expected(couple, **ending)
    babies = [
        make_child(couple.mira.parent, f"{WORD} child", relation=relation, pregnancy=row, **child)
        for _ in range(2)
    ]
    links = [link(couple.owen.parent, baby, relation) for baby in babies]
    links += [one for baby in babies for one in _links(baby) if one not in links]
    return [row, *_estimates(row), *babies, *links], "relation", relation


HERS = (
    pregnancy,
    *map(named_pregnancy_ended, ("miscarriage", "stillbirth", "live_birth", "termination")),
    baby_on_the_way,
    stillborn_twins,
    stillborn_of_no_pregnancy,
)


def _links(child: Child) -> list[Any]:
    with make.as_seeder():
        return list(ParentChild.objects.filter(child=child))


def _estimates(row: Any) -> list[Any]:
    with make.as_seeder():
        return list(DueDate.objects.filter(pregnancy=row))


def replace(rows: list[Any], column: str, value: Any) -> None:
    with make.as_seeder():
        for row in rows:
            if hasattr(row, column):
                setattr(row, column, value)
                row.save()


def remove(rows: list[Any]) -> None:
    with make.as_seeder():
        for row in reversed(rows):
            row.delete()


@pytest.fixture
def couple() -> Couple:
    both = make_couple()
    make.make_proceedings(both.mira.parent, both.owen.parent, issued_on=today())
    return both


@pytest.mark.parametrize("reader", ["owen", "mira"])
def test_nothing_of_one_parent_changes_a_byte_of_the_other(
    reader: str, couple: Couple, client: Client
) -> None:
    mine = getattr(couple, reader)
    client.force_login(mine.user, backend=make.DEMO_BACKEND)
    before = seen(client, mine, couple, EVERY_PAGE)

    kinds = (*EVERYBODYS, *HERS) if reader == "owen" else EVERYBODYS
    hidden = [kind(other_of(mine, couple), couple) for kind in kinds]
    added = seen(client, mine, couple, EVERY_PAGE)
    for rows, column, value in hidden:
        replace(rows, column, value)
    replaced = seen(client, mine, couple, EVERY_PAGE)
    for rows, _, _ in reversed(hidden):
        remove(rows)
    removed = seen(client, mine, couple, EVERY_PAGE)

    assert [changed(before, after) for after in (added, replaced, removed)] == [[], [], []]


@pytest.mark.parametrize(
    "hidden", [one for one in EVERYBODYS if one not in NOT_THERE] + [pregnancy]
)
def test_the_own_worker_sees_each_of_them(
    hidden: Callable[[Side, Couple], Hidden], couple: Couple, client: Client
) -> None:
    """The control: on the own side each of these rows changes a page."""
    client.force_login(couple.mira.user, backend=make.DEMO_BACKEND)
    addresses = [reverse(name, args=[couple.mira.parent.pk]) for name in SHOWN_ON]
    before = [as_seen(client.get(one)) for one in addresses]

    hidden(couple.mira, couple)

    assert [as_seen(client.get(one)) for one in addresses] != before


@pytest.mark.parametrize("role", [Role.SENIOR, Role.COORDINATOR, Role.MANAGER])
def test_the_others_in_his_team_see_no_byte_of_hers(
    role: Role, couple: Couple, client: Client
) -> None:
    user = make.make_practitioner(couple.owen.programme, role=role)
    client.force_login(user, backend=make.DEMO_BACKEND)
    before = seen(client, couple.owen, couple)

    for hidden in (*EVERYBODYS, *HERS):
        hidden(couple.mira, couple)

    assert changed(before, seen(client, couple.owen, couple)) == []


def test_a_no_changes_no_byte(couple: Couple, client: Client) -> None:
    row = make_expected(couple)
    client.force_login(couple.owen.user, backend=make.DEMO_BACKEND)
    before = seen(client, couple.owen, couple)

    _answer(row, couple, may_be_told=False)

    assert changed(before, seen(client, couple.owen, couple)) == []


def test_a_yes_taken_back_leaves_no_byte(couple: Couple, client: Client) -> None:
    row = make_expected(couple)
    client.force_login(couple.owen.user, backend=make.DEMO_BACKEND)
    before = seen(client, couple.owen, couple)

    _answer(row, couple, may_be_told=True)
    told = seen(client, couple.owen, couple)
    _answer(row, couple, may_be_told=False)

    assert changed(before, told) != []
    assert changed(before, seen(client, couple.owen, couple)) == []


def test_a_termination_is_told_to_nobody_whatever_was_answered(
    couple: Couple, client: Client
) -> None:
    client.force_login(couple.owen.user, backend=make.DEMO_BACKEND)
    before = seen(client, couple.owen, couple)

    row = make_expected(couple, outcome="termination", ended_on=today())
    _answer(row, couple, may_be_told=True)

    assert changed(before, seen(client, couple.owen, couple)) == []


def _answer(row: Any, couple: Couple, *, may_be_told: bool) -> None:
    make.stored(
        PregnancyTold,
        pregnancy=row,
        other_parent=couple.owen.parent,
        may_be_told=may_be_told,
        decided_on=date(2026, 1, 5),
        words=WORD,
        words_of="parent",
        asked_by=couple.mira.user,
    )
