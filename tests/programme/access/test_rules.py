"""Who sees which part of whom: a table written by hand, beside the rule view's own answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from programme.access.models import User, Visible
from programme.access.parts import Role
from programme.access.wall import TODAY
from programme.core.dates import today
from programme.people.models import Parent, Protection
from tests import builders as make

pytestmark = pytest.mark.django_db

TEAM = {"reference", "intake", "core", "notes", "arrangements", "court"}
OWN = TEAM | {"outcomes", "safe_address", "care"}
SENIOR = {
    *("reference", "intake", "custody", "core", "notes", "arrangements"),
    *("outcomes", "safe_address", "court"),
}
# Role, how the parent stands to the user -> the parts she sees. From quality.md C3, by hand.
EXPECTED = {
    (Role.PRACTITIONER, "caseload"): OWN,
    (Role.PRACTITIONER, "team"): TEAM,
    (Role.PRACTITIONER, "closed long ago"): {"reference", "intake"},
    (Role.PRACTITIONER, "other area"): set(),
    (Role.PRACTITIONER, "restricted"): set(),
    (Role.PRACTITIONER, "denied"): set(),
    (Role.SENIOR, "team"): SENIOR,
    (Role.SENIOR, "closed long ago"): {"reference", "intake", "custody"},
    (Role.SENIOR, "other area"): set(),
    (Role.SENIOR, "restricted"): set(),
    (Role.SENIOR, "denied"): set(),
    (Role.COORDINATOR, "team"): {"reference", "core", "arrangements", "contact_log"},
    (Role.COORDINATOR, "closed long ago"): {"reference"},
    (Role.COORDINATOR, "other area"): set(),
    (Role.MANAGER, "team"): {"reference", "outcomes", "figures"},
    (Role.MANAGER, "other area"): set(),
    (Role.MANAGER, "restricted"): {"figures"},
    (Role.MANAGER, "denied"): {"figures"},
    (Role.DATA_OFFICER, "team"): {"reference", "outcomes", "figures"},
    (Role.DATA_OFFICER, "other area"): set(),
    (Role.CLINICIAN, "team"): set(),
    (Role.THERAPIST, "team"): set(),
    (Role.COMMISSIONER, "team"): set(),
    (Role.EDITOR, "team"): set(),
    (Role.ADMINISTRATOR, "team"): set(),
    (Role.PROTECTION_OFFICER, "team"): {"oversight", "protection"},
    (Role.PROTECTION_OFFICER, "restricted"): {"protection"},
}


def parts(user: User, parent: Parent) -> set[str]:
    rows = Visible.objects.filter(user_id=user.pk, parent_id=parent.pk)
    return set(rows.values_list("part", flat=True))


def writable(user: User, parent: Parent) -> set[str]:
    rows = Visible.objects.filter(user_id=user.pk, parent_id=parent.pk, can_write=1)
    return set(rows.values_list("part", flat=True))


def person_standing(relation: str, role: Role) -> tuple[User, Parent]:
    programme, elsewhere = make.make_programme(), make.make_programme()
    user = make.make_practitioner(programme, role=role)
    worker = user.workers.get() if relation == "caseload" else make.make_worker(programme)
    parent = make.make_parent()
    where = elsewhere if relation == "other area" else programme
    closed_on = today() - timedelta(days=400) if relation == "closed long ago" else None
    referral = make.make_referral(parent, where, received_on=today() - timedelta(days=500))
    worker = worker if where == programme else make.make_worker(elsewhere)
    make.make_episode(parent, where, worker, referral=referral, closed_on=closed_on)
    if relation == "restricted":
        make.protect(parent, "restricted", make.make_user())
    if relation == "denied":
        make.protect(parent, "denied", user)
    return user, parent


@pytest.mark.parametrize(("role", "relation"), EXPECTED)
def test_parts_seen(role: Role, relation: str) -> None:
    user, parent = person_standing(relation, role)

    assert parts(user, parent) == EXPECTED[role, relation]


def test_team_reads_but_only_the_own_worker_writes() -> None:
    own, hers = person_standing("caseload", Role.PRACTITIONER)
    colleague, theirs = person_standing("team", Role.PRACTITIONER)

    assert writable(own, hers) == OWN - {"reference"}
    assert writable(colleague, theirs) == {"intake"}


def test_one_left_over_by_everybody_is_the_team_s() -> None:
    programme = make.make_programme()
    user = make.make_practitioner(programme)
    parent = make.make_parent()
    make.make_referral(parent, programme, decision="pending")

    assert writable(user, parent) == {"intake", "core", "notes", "arrangements"}


def test_a_team_reads_for_twelve_months_after_closing() -> None:
    programme = make.make_programme()
    user = make.make_practitioner(programme)
    early, late = make.make_parent(), make.make_parent()
    for parent, days in ((early, 364), (late, 367)):
        closed_on = today() - timedelta(days=days)
        referral = make.make_referral(parent, programme, received_on=today() - timedelta(days=500))
        make.make_episode(parent, programme, referral=referral, closed_on=closed_on)

    assert "notes" in parts(user, early)
    assert parts(user, late) == {"reference", "intake"}


@pytest.mark.parametrize(
    "values",
    [
        {"approved_by_id": None},
        {"starts_on": today() + timedelta(days=1)},
        {"ends_on": today() - timedelta(days=1)},
    ],
)
def test_a_role_not_in_force_shows_nothing(values: dict[str, object]) -> None:
    programme = make.make_programme()
    user = make.make_user()
    make.grant_role(user, Role.SENIOR, programme, **values)
    parent = make.make_parent()
    make.make_episode(parent, programme)

    assert parts(user, parent) == set()


def test_a_closed_account_sees_nothing() -> None:
    user, parent = person_standing("caseload", Role.PRACTITIONER)

    user.is_active = False
    user.save()

    assert parts(user, parent) == set()


def test_the_named_see_a_restricted_record_and_nothing_more_than_their_role() -> None:
    user, parent = person_standing("caseload", Role.PRACTITIONER)

    make.protect(parent, "restricted", user)

    assert parts(user, parent) == OWN


def test_denied_beats_named() -> None:
    user, parent = person_standing("caseload", Role.PRACTITIONER)

    make.protect(parent, "restricted", user)
    make.protect(parent, "denied", user)

    assert parts(user, parent) == set()


def test_a_loaded_denial_holds_once_its_worker_has_an_account() -> None:
    user, parent = person_standing("caseload", Role.PRACTITIONER)

    make.stored(
        Protection,
        parent=parent,
        kind="denied",
        worker=user.workers.get(),
        from_date=today() - timedelta(days=1),
    )

    assert parts(user, parent) == set()


def test_several_roles_add_up_in_one_programme_only() -> None:
    user, parent = person_standing("team", Role.PRACTITIONER)
    elsewhere = make.make_programme()
    make.grant_role(user, Role.SENIOR, elsewhere)

    assert parts(user, parent) == TEAM


# --- Contraception: the care pair, within what the consent says --------------------------------

COVERS = {
    "own worker": "covers_own_worker",
    "stand-in": "covers_stand_in",
    "clinician": "covers_clinician",
}


def care_pair() -> tuple[dict[str, User], Parent]:
    programme = make.make_programme()
    own = make.make_practitioner(programme)
    stand_in = make.make_practitioner(programme)
    clinician = make.make_practitioner(programme, role=Role.CLINICIAN)
    senior = make.make_practitioner(programme, role=Role.SENIOR)
    parent = make.make_parent()
    make.make_episode(parent, programme, own.workers.get())
    make.make_stand_in(stand_in, own.workers.get(), parent)
    make.grant_for_a_time(clinician, parent, programme, "clinician")
    people = {"own worker": own, "stand-in": stand_in, "clinician": clinician, "senior": senior}
    return people, parent


@pytest.mark.parametrize("named", COVERS)
def test_only_whom_the_consent_names_sees_contraception(named: str) -> None:
    people, parent = care_pair()

    make.make_consent(parent, "record_contraception", **{COVERS[named]: True})

    assert {who for who, user in people.items() if "health" in parts(user, parent)} == {named}


@pytest.mark.parametrize("decision", ["refused", "withdrawn"])
def test_a_later_no_hides_contraception_at_once(decision: str) -> None:
    people, parent = care_pair()
    make.make_consent(parent, "record_contraception", covers_own_worker=True)

    make.make_consent(parent, "record_contraception", decision, timezone.now())

    assert "health" not in parts(people["own worker"], parent)


def test_on_the_same_minute_the_later_row_holds() -> None:
    people, parent = care_pair()
    at = timezone.now()

    make.make_consent(parent, "record_contraception", "withdrawn", at)
    make.make_consent(parent, "record_contraception", "given", at, covers_own_worker=True)

    assert "health" in parts(people["own worker"], parent)


def test_a_consent_that_ran_out_shows_nothing() -> None:
    people, parent = care_pair()

    make.make_consent(
        parent,
        "record_contraception",
        covers_own_worker=True,
        expires_on=today() - timedelta(days=1),
    )

    assert "health" not in parts(people["own worker"], parent)


def test_a_consent_that_names_nobody_shows_nobody() -> None:
    people, parent = care_pair()

    make.make_consent(parent, "record_contraception")

    assert not [who for who, user in people.items() if "health" in parts(user, parent)]


def test_consent_for_another_purpose_shows_no_contraception() -> None:
    people, parent = care_pair()

    make.make_consent(parent, "take_part", covers_own_worker=True)

    assert "health" not in parts(people["own worker"], parent)


def test_a_grant_that_ended_shows_nothing() -> None:
    programme = make.make_programme()
    clinician = make.make_practitioner(programme, role=Role.CLINICIAN)
    parent = make.make_parent()
    make.make_episode(parent, programme)
    make.stored(
        type(make.grant_for_a_time(clinician, parent, programme, "therapist")),
        user=clinician,
        parent=parent,
        programme=programme,
        kind="clinician",
        starts_at=timezone.now() - timedelta(days=2),
        ends_at=timezone.now() - timedelta(days=1),
        given_by_id=make.actors.SEEDER,
    )

    assert parts(clinician, parent) == set()


def test_what_an_earlier_team_released_is_read_and_not_changed() -> None:
    earlier, now = make.make_programme(), make.make_programme()
    user = make.make_practitioner(now)
    parent = make.make_parent()
    make.make_episode(parent, earlier)

    make.grant_for_a_time(user, parent, earlier, "released")

    assert parts(user, parent) == TEAM - {"intake"}
    assert writable(user, parent) == set()


MOMENT = {
    "postgresql": ("now()", "timestamptz '{} UTC'"),
    "sqlite": ("'now'", "'{}'"),
}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-04 22:59:59", "2026-07-04"),
        ("2026-07-04 23:00:00", "2026-07-05"),
        ("2026-12-04 23:59:59", "2026-12-04"),
        ("2026-12-05 00:00:00", "2026-12-05"),
    ],
)
def test_a_rule_s_day_begins_at_midnight_in_london(moment: str, day: str) -> None:
    now, then = MOMENT[connection.vendor]

    with connection.cursor() as cursor:
        cursor.execute("SELECT " + TODAY[connection.vendor].replace(now, then.format(moment)))
        assert str(cursor.fetchone()[0]) == day


def test_no_rule_asks_for_the_server_s_own_day() -> None:
    held = "pg_get_viewdef('access_visible') || pg_get_viewdef('access_holder')"
    if connection.vendor == "sqlite":
        held = "group_concat(sql) FROM sqlite_master WHERE name LIKE 'access_%'"

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {held}")
        rules = str(cursor.fetchone()[0])
    assert "access_holder" in rules
    assert "CURRENT_DATE" not in rules
