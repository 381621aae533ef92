"""What holds on a joined record, and what is each one's own again once they are parted."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from programme.access import actors
from programme.access.holdings import parts_of
from programme.access.models import User
from programme.access.parts import Part, Role
from programme.access.scope import acting_as, reading_figures
from programme.consents.models import Consent
from programme.consents.querysets import in_force
from programme.contacts.models import Contact
from programme.core.dates import today
from programme.core.errors import RuleBroken
from programme.desk.reads.search import search
from programme.episodes.models import Allocation, Episode, Stage
from programme.exchange.sights import reader
from programme.joining import actions
from programme.joining.models import Merge, NotTheSame
from programme.joining.reads.alike import known_of, look_alikes
from programme.pathways.models import Programme
from programme.people.models import Child, Home, Identity, Parent, ParentChild, Partnership
from tests import builders as make
from tests.programme.joining.test_join_and_part import join, part
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior(programme: Programme) -> User:
    return make.make_practitioner(programme, "Sue Day", role=Role.SENIOR)


@pytest.fixture
def kept(programme: Programme) -> Parent:
    parent = make.make_parent(given_names="Ann", family_name="Lee")
    make.make_episode(parent, programme)
    return parent


@pytest.fixture
def absorbed(programme: Programme) -> Parent:
    parent = make.make_parent(given_names="Annie", family_name="Day", area="North")
    make.make_referral(parent, programme, decision="pending")
    return parent


def sees(user: User, parent: Parent) -> set[Part]:
    with acting_as(user):
        return set(parts_of(parent.pk))


def stands(parent: Parent, purpose: str) -> Consent | None:
    """The decision in force, as pages and the rule view read it."""
    return in_force(rows(Consent, parent=parent), today()).get(purpose)


# --- Permissions --------------------------------------------------------------------------------


def given(parent: Parent, days_ago: int, decision: str = "given", **more: Any) -> Consent:
    more.setdefault("purpose", "share_with_gp")
    at = make.days_ago(days_ago)
    return make.make_consent(parent, decision=decision, decided_at=at, **more)


@pytest.mark.parametrize("no", ["refused", "withdrawn"])
@pytest.mark.parametrize("side", [0, 1])
def test_a_refusal_on_either_side_holds_however_old(
    kept: Parent, absorbed: Parent, senior: User, no: str, side: int
) -> None:
    pair = [kept, absorbed]
    given(pair[side], days_ago=400, decision=no)
    given(pair[1 - side], days_ago=1)

    merge = join(kept, absorbed, senior)
    joined = stands(kept, "share_with_gp")
    part(merge, senior)

    assert joined is not None
    assert joined.decision == no
    decisions = [stands(one, "share_with_gp") for one in pair]
    assert [one.decision for one in decisions if one] == [no, "given"][:: 1 - 2 * side]


def test_of_two_that_gave_only_what_both_gave_holds(
    kept: Parent, absorbed: Parent, senior: User
) -> None:
    soon, later = today() + timedelta(days=10), today() + timedelta(days=90)
    own = {"purpose": "record_contraception", "covers_own_worker": True}
    given(kept, days_ago=9, covers_stand_in=True, expires_on=soon, **own)
    given(absorbed, days_ago=2, covers_clinician=True, expires_on=later, **own)

    join(kept, absorbed, senior)

    joined = stands(kept, "record_contraception")
    assert joined is not None
    assert (joined.covers_own_worker, joined.covers_stand_in) == (True, False)
    assert (joined.covers_clinician, joined.expires_on) == (False, soon)


@pytest.mark.parametrize(("holds_work", "still_named"), [(False, True), (True, False)])
def test_a_permission_one_side_was_asked_for_names_no_worker_of_the_other(
    programme: Programme, senior: User, holds_work: bool, still_named: bool
) -> None:
    asked, other = make.make_parent(), make.make_parent()
    make.make_episode(asked, programme)
    if holds_work:
        make.make_episode(other, make.make_programme())
    make.make_referral(other, programme, decision="pending")
    given(asked, 5, purpose="record_contraception", covers_own_worker=True)

    join(asked, other, senior)

    joined = stands(asked, "record_contraception")
    assert joined is not None
    assert joined.covers_own_worker is still_named


def test_a_new_decision_of_hers_counts_over_what_was_carried_over(
    kept: Parent, absorbed: Parent, senior: User
) -> None:
    given(absorbed, days_ago=400, decision="refused")
    given(kept, days_ago=1)
    join(kept, absorbed, senior)

    make.make_consent(kept, "share_with_gp", decided_at=timezone.now())

    now = stands(kept, "share_with_gp")
    assert now is not None
    assert now.decision == "given"


# --- Restricted and denied ----------------------------------------------------------------------


@pytest.mark.parametrize("side", ["kept", "absorbed"])
def test_a_restriction_or_denial_of_either_side_holds_at_once(
    kept: Parent, absorbed: Parent, senior: User, programme: Programme, side: str
) -> None:
    colleague, denied = make.make_practitioner(programme), make.make_practitioner(programme)
    closed = kept if side == "kept" else absorbed
    make.protect(closed, "restricted", senior)
    make.protect(closed, "denied", denied)
    other = absorbed if side == "kept" else kept

    merge = join(kept, absorbed, senior)

    assert Part.CORE in sees(senior, kept)
    assert sees(colleague, kept) == sees(denied, kept) == set()
    part(merge, senior)
    assert Part.CORE in sees(colleague, other)
    assert sees(colleague, closed) == sees(denied, closed) == set()


def test_where_both_are_restricted_only_who_is_named_on_both_sees(
    kept: Parent, absorbed: Parent, senior: User, programme: Programme
) -> None:
    of_kept, of_absorbed = make.make_practitioner(programme), make.make_practitioner(programme)
    for parent, user in ((kept, of_kept), (absorbed, of_absorbed)):
        make.protect(parent, "restricted", user)
        make.protect(parent, "restricted", senior)

    merge = join(kept, absorbed, senior)

    assert Part.CORE in sees(senior, kept)
    assert sees(of_kept, kept) == sees(of_absorbed, kept) == set()
    assert sees(of_kept, absorbed) == sees(of_absorbed, absorbed) == set()
    part(merge, senior)
    assert Part.CORE in sees(of_kept, kept)
    assert Part.CORE in sees(of_absorbed, absorbed)


# --- Who she is, where she is -------------------------------------------------------------------


def test_both_names_and_both_numbers_find_the_one_record(
    kept: Parent, absorbed: Parent, senior: User
) -> None:
    def found(words: str) -> list[str]:
        with acting_as(senior):
            return [one.reference for one in search(words)]

    merge = join(kept, absorbed, senior)

    assert found("Annie Day") == found("Ann Lee") == [kept.reference]
    assert found(absorbed.reference) == found(kept.reference) == [kept.reference]
    part(merge, senior)
    assert found("Annie Day")[0] == found(absorbed.reference)[0] == absorbed.reference


def test_who_she_is_stays_and_only_blanks_are_filled(
    kept: Parent, absorbed: Parent, senior: User
) -> None:
    join(kept, absorbed, senior)

    (identity,) = rows(Identity, parent=kept)
    assert (identity.given_names, identity.family_name) == ("Ann", "Lee")
    assert (identity.other_names, identity.area) == ("Annie Day", "North")


def test_an_address_that_both_have_stays_and_one_that_is_missing_comes(
    programme: Programme, senior: User
) -> None:
    pair = [make.make_parent(postcode="ZZ1 1ZZ"), make.make_parent(postcode="ZZ2 2ZZ")]
    bare = make.make_parent()
    for parent in (*pair, bare):
        make.make_referral(parent, programme, decision="pending")

    join(pair[0], pair[1], senior)
    join(bare, pair[0], senior)

    assert [one.postcode for one in rows(Home, parent=bare)] == ["ZZ1 1ZZ"]
    assert [one.postcode for one in rows(Home, parent=pair[1])] == ["ZZ2 2ZZ"]


def test_a_child_of_both_is_hers_once(kept: Parent, absorbed: Parent, senior: User) -> None:
    child = make.stored(Child, given_names="Ivy")
    for parent in (kept, absorbed):
        make.stored(ParentChild, parent=parent, child=child, relation="birth")

    merge = join(kept, absorbed, senior)

    assert [row.parent_id for row in rows(ParentChild)] == [kept.pk]
    part(merge, senior)
    assert {row.parent_id for row in rows(ParentChild)} == {kept.pk, absorbed.pk}


# --- Work ---------------------------------------------------------------------------------------


@pytest.fixture
def twice_open(absorbed: Parent, kept: Parent, programme: Programme) -> list[Episode]:
    """Open work with one programme under both records, each with a stage and a worker."""
    made = make.make_episode(absorbed, programme, make.make_worker(programme))
    make.enter_stage(made, "engagement", made.opened_on)
    return [*rows(Episode, parent=kept), made]


def test_two_open_episodes_of_one_programme_are_asked_about(
    twice_open: list[Episode], kept: Parent, absorbed: Parent, senior: User
) -> None:
    with pytest.raises(RuleBroken, match="which work"):
        join(kept, absorbed, senior, goes_on="")

    assert rows(Merge) == []


@pytest.mark.parametrize(
    ("goes_on", "open_ones"), [("kept", [0]), ("absorbed", [1]), ("both", [0, 1])]
)
def test_the_one_that_does_not_go_on_ends_and_comes_back(
    twice_open: list[Episode],
    kept: Parent,
    absorbed: Parent,
    senior: User,
    goes_on: str,
    open_ones: list[int],
) -> None:
    merge = join(kept, absorbed, senior, goes_on=goes_on)

    still = {row.pk for row in rows(Episode, parent=kept, closed_on=None)}
    assert still == {twice_open[number].pk for number in open_ones}
    ended = len(open_ones) == 1 and goes_on == "kept"
    assert [bool(row.left_on) for row in rows(Stage)] == [ended]
    assert [bool(row.to_date) for row in rows(Allocation)] == [ended]
    part(merge, senior)
    assert [row.closed_on for row in rows(Episode)] == [None, None]
    assert [row.left_on for row in rows(Stage)] == [None]


def test_what_was_written_since_stays_unless_it_hangs_on_what_goes_back(
    twice_open: list[Episode], kept: Parent, absorbed: Parent, senior: User
) -> None:
    merge = join(kept, absorbed, senior)
    loose = make.make_contact(kept)
    of_hers = make.make_contact(kept, twice_open[0])
    of_the_other = make.make_contact(kept, twice_open[1])

    part(merge, senior)

    whose = {row.pk: row.parent_id for row in rows(Contact)}
    assert whose == {loose.pk: kept.pk, of_hers.pk: kept.pk, of_the_other.pk: absorbed.pk}


def test_what_was_changed_since_keeps_the_change_and_a_newer_version(
    kept: Parent, absorbed: Parent, senior: User
) -> None:
    contact = make.make_contact(absorbed, note="Tea")
    merge = join(kept, absorbed, senior)
    with acting_as(actors.SEEDER):
        moved = Contact.objects.get(pk=contact.pk)
        moved.note = "Tea and cake"
        moved.save()
    changed = moved.version

    part(merge, senior)

    (row,) = rows(Contact)
    assert (row.parent_id, row.note, row.version) == (absorbed.pk, "Tea and cake", changed + 1)


# --- Who may, and what is never done ------------------------------------------------------------


def test_only_who_may_change_both_joins(kept: Parent, senior: User) -> None:
    stranger = make.make_parent()
    make.make_episode(stranger, make.make_programme())

    with pytest.raises(RuleBroken, match="both change"):
        join(kept, stranger, senior)
    with pytest.raises(RuleBroken, match="both change"):
        join(stranger, kept, senior)


def test_a_mother_and_a_father_or_a_couple_are_two_people(
    kept: Parent, absorbed: Parent, senior: User, programme: Programme
) -> None:
    father = make.make_parent("father")
    make.make_referral(father, programme, decision="pending")
    make.stored(Partnership, parent=kept, other_parent=absorbed)

    for other in (father, absorbed):
        with pytest.raises(RuleBroken):
            join(kept, other, senior)
    with pytest.raises(RuleBroken):
        join(kept, kept, senior)


def test_parted_records_are_never_suggested_again(
    kept: Parent, programme: Programme, senior: User
) -> None:
    again = make.make_parent(given_names="Ann", family_name="Lee")
    make.make_referral(again, programme, decision="pending")

    def suggested(one: Parent) -> list[Any]:
        with acting_as(senior):
            return [
                found.parent_id for found in look_alikes(known_of([one.pk])[one.pk], but=one.pk)
            ]

    assert (suggested(kept), suggested(again)) == ([again.pk], [kept.pk])
    part(join(kept, again, senior), senior)

    assert (suggested(kept), suggested(again)) == ([], [])
    assert len(rows(NotTheSame)) == 1


def test_a_chain_is_undone_from_its_end(
    kept: Parent, absorbed: Parent, programme: Programme, senior: User
) -> None:
    third = make.make_parent()
    make.make_referral(third, programme, decision="pending")
    first, second = join(kept, absorbed, senior), join(kept, third, senior)

    with pytest.raises(RuleBroken, match="Part that one first"):
        part(first, senior)
    part(second, senior)
    part(first, senior)

    assert {row.undone_by_id for row in rows(Merge)} == {senior.pk}


def test_joined_once_however_often_it_is_sent(kept: Parent, absorbed: Parent, senior: User) -> None:
    key = uuid4()
    with acting_as(senior):
        typed = {"key": key, "kept": kept, "absorbed": absorbed, "why": "Her GP", "by": senior}
        first = actions.join_records(**typed)
        second = actions.join_records(**typed)

    assert second == first
    assert len(rows(Merge)) == 1


def test_two_who_join_the_same_records_are_not_both_told_that_it_is_done(
    kept: Parent, absorbed: Parent, senior: User
) -> None:
    join(kept, absorbed, senior)

    with pytest.raises(RuleBroken):
        join(kept, absorbed, senior)

    assert len(rows(Merge)) == 1


# --- Counted and taken out once -----------------------------------------------------------------


def test_one_person_is_counted_once_and_taken_out_once(
    kept: Parent, absorbed: Parent, senior: User, programme: Programme
) -> None:
    manager = make.make_practitioner(programme, role=Role.MANAGER)
    child = make.stored(Child, given_names="Ivy")
    for parent in (kept, absorbed):
        make.stored(ParentChild, parent=parent, child=child, relation="birth")

    def counted() -> set[Any]:
        with acting_as(manager), reading_figures():
            return set(Parent.objects.values_list("pk", flat=True))

    def taken_out() -> set[Any]:
        with acting_as(actors.EXPORTER):
            return {row.pk for row in reader().rows(Parent)}

    both = {kept.pk, absorbed.pk}
    assert (counted(), taken_out()) == (both, both)
    merge = join(kept, absorbed, senior)
    assert (counted(), taken_out()) == ({kept.pk}, {kept.pk})
    part(merge, senior)
    assert (counted(), taken_out()) == (both, both)
