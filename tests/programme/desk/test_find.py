"""Finding a parent: by what is remembered, only whom one may know of, and without a trace."""

from datetime import timedelta
from importlib import import_module
from itertools import product
from random import Random
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programme.access import likely
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.audit.models import Sight
from programme.desk.reads.search import keys_asked, search
from programme.people.models import Child, Identity, Parent, ParentChild
from programme.people.names import keys_of, words_of
from programme.referrals.models import Referral
from tests import builders
from tests.pristine import as_owner
from tests.programme.desk import misspelt
from tests.programme.desk.scene import browser_of

FIND = "/find/"
EXPECTED_QUERIES = {"sqlite": 17, "postgresql": 24}


def find(browser, words):
    return browser.post(FIND, {"words": words}, follow=True)


def found(browser, words):
    return [one.name for one in find(browser, words).context["found"]]


def make_known(programme, **identity):
    parent = builders.make_parent(**identity)
    builders.make_referral(parent, programme, decision="pending")
    return parent


@pytest.fixture
def sian(programme):
    """Someone who can be remembered in many ways."""
    parent = make_known(
        programme,
        given_names="Siân Mair",
        family_name="O’Brien-Rees",
        known_as="Shani",
        other_names="Hughes",
        local_reference="LCS-12/7",
    )
    builders.make_safe_contact(parent, number="07700 900 456")
    child = builders.stored(Child, given_names="Tirion", family_name="Vaughan")
    builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    return parent


@pytest.mark.parametrize(
    "words",
    [
        "Sian",
        "siân mair",
        "rees sian",
        "OBrien",
        "Shani",
        "Hughes",
        "Shan Reece",
        "sia",
        "Tirion",
        "Vaughan tirion",
        "sian tirion",
        "900456",
        "07700 900456",
        "lcs-12/7",
    ],
)
def test_she_is_found_by_whatever_is_remembered(hers, programme, sian, words):
    make_known(programme, given_names="Alice", family_name="Brown")

    assert found(hers, words)[0] == "Shani O’Brien-Rees"


def test_she_is_found_by_her_reference_and_it_says_what_she_was_found_by(hers, sian):
    by_reference = find(hers, f" {sian.reference.lower()} ").context["found"]
    by_child = find(hers, "tirion").context["found"]

    assert [(one.parent_id, one.because) for one in by_reference] == [(sian.pk, "")]
    assert [(one.parent_id, one.because) for one in by_child] == [
        (sian.pk, "a child, Tirion Vaughan")
    ]


def test_what_only_a_machine_would_call_alike_finds_nobody(hers, programme):
    make_known(programme, given_names="Cai", family_name="Dee")

    assert (found(hers, "qqq"), found(hers, "Kay Dee")) == ([], ["Cai Dee"])


def test_nobody_is_found_by_three_digits_or_by_nothing(hers, sian):
    assert found(hers, "900") == []
    assert found(hers, "?!") == []
    assert find(hers, "").context["form"].errors == {"words": ["Enter what you know"]}


# --- Misspelt ---------------------------------------------------------------------------------


def make_many(programme, dice):
    """600 people with different names, as many rows at once as the database takes."""
    names = dice.sample(list(product(misspelt.GIVEN, misspelt.FAMILY)), 600)
    with acting_as(builders.actors.SEEDER):
        parents = Parent.objects.bulk_create([Parent(parent_role="mother") for _ in names])
        pairs = list(zip(parents, names, strict=True))
        Identity.objects.bulk_create(
            [Identity(parent=one, given_names=a, family_name=b) for one, (a, b) in pairs]
        )
        Referral.objects.bulk_create(
            [
                Referral(parent=one, programme=programme, received_on=timezone.localdate())
                for one in parents
            ]
        )
    return pairs


@pytest.mark.postgres
def test_of_500_misspelt_names_19_in_20_are_among_the_first_three(programme):
    dice = Random(20)
    pairs, hits = make_many(programme, dice), 0

    with acting_as(builders.make_practitioner(programme)):
        for parent, names in dice.sample(pairs, 500):
            asked = [misspelt.misspelt(dice, name) for name in names]
            dice.shuffle(asked)
            first = [one.parent_id for one in search(" ".join(asked))[:3]]
            hits += parent.pk in first

    assert hits >= 475


@pytest.mark.postgres
def test_the_index_finds_whom_a_look_at_every_row_finds(programme):
    """The managers, which look at every row, are the second implementation."""
    pairs, hidden = make_many(programme, Random(2)), builders.make_programme()
    with acting_as(builders.actors.SEEDER):
        for parent, _ in pairs[::3]:
            (referral,) = Referral.objects.filter(parent=parent)
            referral.programme = hidden
            referral.save()
        for parent, (given, _) in pairs[1::7]:
            child = builders.stored(Child, given_names=given, family_name="Vaughan")
            builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    asked = ["maragret hughs", "Vaughan", "sian", "Ph", "O’Neill-Khan and son", "x"]
    with as_owner() as cursor:
        # Told that the tables are empty, PostgreSQL looks at every row for every row.
        cursor.execute("ANALYZE")

    with acting_as(builders.make_practitioner(programme)):
        for words in asked:
            keys = keys_asked(words_of(words))
            for whose in ("identity", "child"):
                by_index = likely._likely(whose, keys, 5_000)
                assert sorted(by_index) == sorted(likely._likely_by_like(whose, keys, 5_000))
                assert by_index[:20] == likely._likely(whose, keys, 20)


def test_rows_stored_many_at_once_have_their_keys(programme):
    make_many(programme, Random(1))

    with acting_as(builders.actors.SEEDER):
        assert all(
            one.search_keys == keys_of(one.given_names, one.family_name)
            for one in Identity.objects.all()
        )


@pytest.mark.once
def test_rows_of_an_older_database_are_given_their_keys(sian):
    with as_owner() as cursor:
        for table, column in (
            ("identity", "search_keys"),
            ("child", "search_keys"),
            ("safecontact", "digits"),
        ):
            cursor.execute(f"UPDATE programme_{table} SET {column} = ''")
        assert found_by_seeder("Shani") == found_by_seeder("Tirion") == []
        migration = import_module("programme.migrations.0003_found_by_name")
        state = MigrationLoader(connection).project_state(("programme", "0003_found_by_name"))

        migration.fill(state.apps, SimpleNamespace(connection=connection))

    for words in ("Shani", "Tirion", "900456"):
        assert found_by_seeder(words) == [sian.pk]


def found_by_seeder(words):
    with acting_as(builders.actors.SEEDER):
        return [one.parent_id for one in search(words)]


def test_a_very_long_question_is_answered_too(hers, sian):
    assert found(hers, "shani " + "x " * 46) == found(hers, "shani")


# --- Whom one may know of ---------------------------------------------------------------------


def test_who_may_not_be_known_of_is_not_found_and_the_page_does_not_differ(
    hers, practitioner, programme, sian
):
    elsewhere = make_known(
        builders.make_programme(), given_names="Gwenllian", family_name="Sutcliffe"
    )
    before = find(hers, "Gwenllian Sutcliffe").content.decode()
    builders.protect(elsewhere, "restricted", practitioner)
    builders.protect(sian, "denied", practitioner)

    assert [found(hers, words) for words in ("Gwenllian", elsewhere.reference)] == [[], []]
    assert [found(hers, words) for words in ("Shani", "Tirion", "900456")] == [[], [], []]
    assert "ring the duty lead" in before


def test_whoever_knows_references_only_finds_by_reference_only(programme, sian):
    manager = builders.make_user()
    builders.grant_role(manager, Role.MANAGER, programme)
    browser = browser_of(manager)

    assert found(browser, "Shani") == []
    assert found(browser, sian.reference) == [sian.reference]


# --- Without a trace --------------------------------------------------------------------------


def test_a_name_stands_in_no_address_no_title_and_no_session(hers, sian):
    page = find(hers, "Shani")

    (address, status), *_ = page.redirect_chain
    assert (status, "shani" in address.lower()) == (302, False)
    assert "Shani" not in page.content.decode().split("</title>")[0]
    for session in Session.objects.all():
        assert "Shani" not in str(session.get_decoded())


def test_a_search_is_its_own_searcher_s_and_over_after_a_quarter_of_an_hour(hers, sian, programme):
    address = find(hers, "Shani").redirect_chain[0][0]
    colleague = browser_of(builders.make_practitioner(programme))

    assert hers.get(address).context["found"]
    assert colleague.get(address).headers["Location"] == FIND
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1), tick=False):
        assert hers.get(address).headers["Location"] == FIND


def test_each_look_at_what_was_found_is_one_line_of_the_log(hers, sian):
    find(hers, "Shani")

    with as_owner():
        seen = list(Sight.objects.values_list("page", "outcome", "parent_id"))
    assert seen == [("desk:show_found", "listed", None)]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_finding_asks_a_fixed_number_of_queries(hers, programme, number):
    for _ in range(number):
        make_known(programme, given_names="Shani", family_name="Roberts")
    address = find(hers, "Shani Roberts").redirect_chain[0][0]

    with CaptureQueriesContext(connection) as asked:
        page = hers.get(address)

    assert len(page.context["found"]) == min(number, 20)
    assert len(asked) == EXPECTED_QUERIES[connection.vendor]
