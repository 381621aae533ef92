"""The log is chained: nothing in it can be altered, added or taken away unseen (D1)."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from programme.access.chain import HEAD, LINKS, reading_the_log
from programme.audit.chain import FIRST_SEAL, FORMS, LOGS, Mark, verify
from programme.audit.models import ChainHead, ChainLink, Event, Sight
from tests import builders as make
from tests.pristine import as_owner
from tests.programme.audit.log import event, sight, tampering, verdict

pytestmark = pytest.mark.django_db

TABLES = {"sight": "programme_sight", "event": "programme_event"}
TIMES = {"sight": "seen_at", "event": "happened_at"}


def some_lines(number: int) -> None:
    for _ in range(number):
        sight(listed=" ".join(uuid4().hex for _ in range(2)))
        event(parent_id=uuid4())


# --- What is sealed -------------------------------------------------------------------------


def test_a_line_is_sealed_as_the_decision_says_worked_out_by_hand(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 3, 4, 9, 30, 0, 120, tzinfo=UTC), tick=False)
    one = "1" * 32
    sight(id=UUID(one), user_id=None, parent_id=UUID("2" * 32), page="a:é", listed="x y")
    verdict()
    with reading_the_log():
        head = ChainHead.objects.get()
        before = ChainLink.objects.filter(number__lt=head.number).last()
    parts = [before.seal if before else FIRST_SEAL, str(head.number), "sight", one]
    parts += ["2026-03-04T09:30:00.000120Z", None, "2" * 32, "a:é", "GET", "opened", "x y"]

    told = "".join("-" if part is None else f"{len(part.encode())}:{part}" for part in parts)

    assert head.seal == hashlib.sha256(told.encode()).hexdigest()


def test_a_whole_second_is_sealed_like_any_other_time(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 7, 1, 12, 0, 0, tzinfo=UTC), tick=False)

    some_lines(2)

    assert verdict().problems == ()


def test_every_column_of_a_line_is_under_its_seal() -> None:
    columns = {form: [field.attname for field in LOGS[form]._meta.fields] for form in LOGS}

    assert {form: sorted(names) for form, names in FORMS.items()} == {
        form: sorted(names) for form, names in columns.items()
    }


@pytest.mark.parametrize("number", [0, 1, 7])
def test_an_untouched_log_is_never_accused(number: int) -> None:
    before = verdict().lines

    some_lines(number)
    Sight.objects.bulk_create(
        [Sight(page="export_caseload", outcome="taken_out") for _ in range(number)], batch_size=3
    )

    now = verdict()
    assert (now.problems, now.lines) == ((), before + 3 * number)


def test_lines_of_a_transaction_that_failed_leave_no_gap() -> None:
    some_lines(1)
    with transaction.atomic():
        some_lines(2)
        verdict()
        transaction.set_rollback(True)
    some_lines(1)

    assert verdict().problems == ()


# --- Tampering ------------------------------------------------------------------------------

Hand = Callable[[Any, Random], None]


def pick(cursor: Any, dice: Random, table: str, column: str = "id") -> Any:
    cursor.execute(f"SELECT {column} FROM {table} ORDER BY {column}")
    return dice.choice(cursor.fetchall())[0]


def anything(dice: Random, table: str, column: str) -> Any:
    """Another value for a column, one that stands in no row."""
    if column in ("seen_at", "happened_at"):
        # Of any size, down to a millionth of a second.
        return datetime(2020, 1, 1) + timedelta(microseconds=dice.randrange(10**15))
    if column.endswith("_id") or column == "id":
        key = UUID(int=dice.getrandbits(128))
        return key.hex if connection.vendor == "sqlite" else key
    longest = {"method": 7, "outcome": 12}.get(column, 32)
    return "".join(dice.choice("abcé:1 2-") for _ in range(dice.randrange(1, longest)))


def change(cursor: Any, dice: Random) -> None:
    """Any column of any line."""
    form = dice.choice(list(TABLES))
    table, column = TABLES[form], dice.choice(FORMS[form])
    key = pick(cursor, dice, table)
    value = anything(dice, table, column)
    cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])


def empty(cursor: Any, dice: Random) -> None:
    """Somebody's name taken out."""
    column = dice.choice(["user_id", "parent_id"])
    key = pick(cursor, dice, "programme_sight")
    cursor.execute(f"UPDATE programme_sight SET {column} = NULL WHERE id = %s", [key])


def delete(cursor: Any, dice: Random) -> None:
    table = dice.choice(list(TABLES.values()))
    cursor.execute(f"DELETE FROM {table} WHERE id = %s", [pick(cursor, dice, table)])


def delete_with_link(cursor: Any, dice: Random) -> None:
    """A line and its seal, the last line too."""
    number = pick(cursor, dice, LINKS, "number")
    cut(cursor, "=", number)


def cut_off(cursor: Any, dice: Random) -> None:
    """Everything from some line to the end."""
    cut(cursor, ">=", pick(cursor, dice, LINKS, "number"))


def cut(cursor: Any, which: str, number: int) -> None:
    linked = f"SELECT line_id FROM {LINKS} WHERE number {which} {int(number)}"
    for table in TABLES.values():
        cursor.execute(f"DELETE FROM {table} WHERE id IN ({linked})")
    cursor.execute(f"DELETE FROM {LINKS} WHERE number {which} {int(number)}")


def insert(cursor: Any, dice: Random) -> None:
    """A line that looks like another."""
    form = dice.choice(list(TABLES))
    key = pick(cursor, dice, TABLES[form])
    others = ", ".join(FORMS[form][1:])
    cursor.execute(
        f"INSERT INTO {TABLES[form]} (id, {others})"
        f" SELECT %s, {others} FROM {TABLES[form]} WHERE id = %s",
        [anything(dice, TABLES[form], "id"), key],
    )


def swap(cursor: Any, dice: Random) -> None:
    """What two lines say, each now under the other's name."""
    form = dice.choice(list(TABLES))
    column = dice.choice(["user_id", TIMES[form]])
    cursor.execute(f"SELECT id, {column} FROM {TABLES[form]} ORDER BY id")
    one, other = dice.sample(cursor.fetchall(), 2)
    for key, value in ((one[0], other[1]), (other[0], one[1])):
        cursor.execute(f"UPDATE {TABLES[form]} SET {column} = %s WHERE id = %s", [value, key])


def swap_links(cursor: Any, dice: Random) -> None:
    """Two places in the chain."""
    cursor.execute(f"SELECT number FROM {LINKS} ORDER BY number")
    (one,), (other,) = dice.sample(cursor.fetchall(), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        cursor.execute(f"UPDATE {LINKS} SET number = %s WHERE number = %s", [new, old])


def change_link(cursor: Any, dice: Random) -> None:
    number = pick(cursor, dice, LINKS, "number")
    column, value = dice.choice(
        [
            ("seal", f"{dice.getrandbits(256):064x}"),
            ("form", dice.choice(["sigth", "", "events"])),
            ("line_id", anything(dice, LINKS, "line_id")),
            ("number", number + 10**9),
        ]
    )
    cursor.execute(f"UPDATE {LINKS} SET {column} = %s WHERE number = %s", [value, number])


def alter_head(cursor: Any, dice: Random) -> None:
    cursor.execute(
        dice.choice(
            [
                f"DELETE FROM {HEAD}",
                f"UPDATE {HEAD} SET number = number - 1",
                f"UPDATE {HEAD} SET number = number + {dice.randrange(1, 10**6)}",
                f"UPDATE {HEAD} SET seal = '{dice.getrandbits(256):064x}'",
                f"UPDATE {HEAD} SET number = 0, seal = '{FIRST_SEAL}'",
            ]
        )
    )


HANDS: tuple[Hand, ...] = (
    change,
    change,
    change,
    empty,
    delete,
    delete_with_link,
    cut_off,
    insert,
    swap,
    swap_links,
    change_link,
    alter_head,
)


def test_a_thousand_alterations_are_a_thousand_times_found() -> None:
    some_lines(5)
    dice = Random(1)
    unseen = []
    assert verdict().problems == ()

    with tampering() as cursor:
        for turn in range(1000):
            hand = HANDS[turn % len(HANDS)]
            with transaction.atomic():
                hand(cursor, dice)
                if not verify().problems:
                    unseen.append((turn, hand.__name__))
                transaction.set_rollback(True)

    assert unseen == []
    assert verdict().problems == ()


def test_a_log_that_was_begun_anew_is_found_by_a_mark_kept_elsewhere() -> None:
    """Whoever owns every table can chain it all again; not past a mark outside the database."""
    some_lines(2)
    kept = verdict().head
    with tampering() as cursor:
        for table in (*TABLES.values(), LINKS):
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"UPDATE {HEAD} SET number = 0, seal = '{FIRST_SEAL}'")

        assert verify().problems == ()
        assert len(verdict(kept).problems) == 1


def test_a_mark_is_still_on_the_way_when_the_log_has_grown() -> None:
    some_lines(1)
    kept = verdict().head
    some_lines(2)

    assert verdict(kept).problems == ()
    assert verdict(Mark(0, FIRST_SEAL)).problems == ()
    assert len(verdict(Mark(kept.number, "f" * 64)).problems) == 1
    assert len(verdict(Mark(kept.number + 99, kept.seal)).problems) == 1


# --- Who may write --------------------------------------------------------------------------


@pytest.mark.parametrize("table", [*TABLES.values(), LINKS])
@pytest.mark.parametrize("verb", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_a_line(table: str, verb: str) -> None:
    some_lines(1)
    same = "number = number" if table == LINKS else "id = id"

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table, same))


@pytest.mark.postgres
@pytest.mark.parametrize("table", [LINKS, HEAD])
@pytest.mark.parametrize("verb", ["SELECT * FROM {}", "INSERT INTO {} DEFAULT VALUES"])
def test_the_application_cannot_touch_the_chain(table: str, verb: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb.format(table))


def test_a_log_without_its_head_takes_no_line() -> None:
    with transaction.atomic():
        with as_owner() as cursor:
            cursor.execute(f"DELETE FROM {HEAD}")
        with pytest.raises(DatabaseError, match="lost its head"), transaction.atomic():
            some_lines(1)
            verdict()
        transaction.set_rollback(True)


# --- The command ----------------------------------------------------------------------------


def test_verify_audit_says_that_all_is_well_and_what_to_keep(capsys: Any) -> None:
    some_lines(1)
    found = verdict()

    call_command("verify_audit", "--from", str(found.head))

    assert capsys.readouterr().out == (
        f"{found.lines} lines, each as it was written.\n"
        f"Keep this mark outside the database: {found.head}\n"
    )


def test_verify_audit_fails_when_a_line_was_altered() -> None:
    some_lines(1)
    with tampering() as cursor:
        cursor.execute("DELETE FROM programme_event")
        with pytest.raises(CommandError, match="is not in the log any more"):
            call_command("verify_audit")


@pytest.mark.parametrize("typed", ["", "5", "5:abc", "x:" + "0" * 64])
def test_verify_audit_refuses_a_mark_that_is_none(typed: str) -> None:
    with pytest.raises(CommandError, match="is not a mark"):
        call_command("verify_audit", f"--from={typed}")


@pytest.mark.postgres
def test_verify_audit_acts_for_the_application_again_afterwards() -> None:
    make.make_user()
    call_command("verify_audit")

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "recurrent_app"
    assert Event.objects.count() == 0
