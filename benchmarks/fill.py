"""Fills the tables of the service for ``bench.py``. Prints who may ask what.

    python -m benchmarks.fill PEOPLE CONTACTS

People are stored by the service's models in the seeder's name; contacts by the database itself, as
fast as it can; then every row gets its line of history. The log of what was done stays empty.
"""

import json
import os
import sys
from datetime import timedelta

import django

django.setup()

import psycopg
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client

from benchmarks import invented
from programme.access import actors
from programme.access.models import RoleGrant, User
from programme.access.parts import Role
from programme.access.scope import acting_as
from programme.access.statistics import count_rows_anew
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode, Stage
from programme.pathways.models import Programme, Worker
from programme.people.models import Identity, Parent, SafeContact
from programme.referrals.models import Referral

AT_ONCE = 2_000
# Every key is taken from the table it points to; asking each again is most of the time it takes.
UNASKED = "SET session_replication_role = replica"
CAME = timedelta(days=800)
SESSION_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COLUMNS = """
    (id, version, stored_at, package_id, parent_id, programme_id, episode_id, worker_id,
     happened_at, recorded_at, mode, purpose, outcome, missed_because, minutes, note,
     together_because, written_by_id)
"""
VALUES = """
    gen_random_uuid(), 1, now(), '', e.parent_id, e.programme_id, e.id, w.id,
    {when}, {when}, {mode}, '', {outcome}, '', 40, {note}, '', w.user_id
"""
OF_EPISODE = """
    (SELECT e.*, row_number() OVER (ORDER BY p.reference) - 1 AS place
     FROM programme_episode e JOIN programme_parent p ON p.id = e.parent_id) e
    JOIN programme_allocation a ON a.episode_id = e.id
    JOIN programme_worker w ON w.id = a.worker_id
"""
CONTACTS = f"""
    INSERT INTO programme_contact {COLUMNS}
    SELECT {VALUES.replace("{when}", "{happened_at}")}
    FROM generate_series(%(first)s::int, %(last)s::int - 1) g
    JOIN ({OF_EPISODE}) ON e.place = g %% %(people)s
"""
MANY = f"""
    INSERT INTO programme_contact {COLUMNS}
    SELECT {VALUES.replace("{when}", "{long_ago}")}
    FROM ({OF_EPISODE}) CROSS JOIN generate_series(1, %(many)s) g WHERE e.parent_id = ANY (%(keys)s)
"""


def fill(people: int, contacts: int) -> None:
    """Makes the people once, and contacts up to the number asked."""
    with acting_as(actors.SEEDER):
        is_new = not Parent.objects.exists()
        if is_new:
            make_people(people)
        keys = [one["people"][0] for one in askers()]
    with psycopg.connect(os.environ["DATABASE_URL"]) as owner:
        owner.execute(UNASKED)
        row = owner.execute("SELECT count(*) FROM programme_contact").fetchone()
        first = 0 if is_new else row[0] - len(keys) * invented.MANY
        known = {"people": people, "first": first, "last": contacts}
        owner.execute(invented.said(CONTACTS), known)
        if is_new:
            owner.execute(invented.said(MANY), {"many": invented.MANY, "keys": keys})
        for model in apps.get_models():
            if hasattr(model, "history") and hasattr(model.history, "model"):
                owner.execute(*history_of(model))
    with acting_as(actors.SEEDER):
        count_rows_anew()


def history_of(model) -> tuple[str, dict]:
    """One line of history for each row that has none."""
    table, history = model._meta.db_table, model.history.model._meta
    own = [field.column for field in history.fields if not field.name.startswith("history_")]
    listed = ", ".join(f'"{name}"' for name in own)
    key = model._meta.pk.column
    statement = (
        f'INSERT INTO "{history.db_table}" ({listed}, history_id, history_date, history_type,'
        f" history_user_id) SELECT {listed}, gen_random_uuid(), now(), '+', %(who)s::uuid"
        f' FROM "{table}" t'
        f' WHERE NOT EXISTS (SELECT 1 FROM "{history.db_table}" h WHERE h."{key}" = t."{key}")'
    )
    return statement, {"who": actors.SEEDER}


def make_people(people: int) -> None:
    """Everybody with a practitioner, in a programme of five hundred."""
    workers = make_workers(people)
    rows = [
        (at, pair, workers[invented.worker_of(at)])
        for at, pair in enumerate(invented.names(people))
    ]
    for first in range(0, people, AT_ONCE):
        make_parents(rows[first : first + AT_ONCE])


def make_workers(people: int) -> list[Worker]:
    """Practitioners with a role, each in one programme."""
    programmes = [
        Programme.objects.create(name=f"Programme {number}", pathway_id="pause")
        for number in range(-(-people // invented.PROGRAMME))
    ]
    number = invented.workers_of(people)
    users = User.objects.bulk_create(
        [User(email=f"worker{at}@example.test", name=f"Worker {at}") for at in range(number)]
    )
    placed = [
        (user, programmes[at * invented.CASELOAD // invented.PROGRAMME])
        for at, user in enumerate(users)
    ]
    role = {"role": Role.PRACTITIONER, "starts_on": today() - CAME, "approved_by_id": actors.SEEDER}
    RoleGrant.objects.bulk_create(
        [RoleGrant(user=user, programme=programme, **role) for user, programme in placed]
    )
    return Worker.objects.bulk_create(
        [
            Worker(user=user, programme=programme, name=user.name, role="practitioner")
            for user, programme in placed
        ]
    )


def make_parents(rows: list[tuple[int, tuple[str, str], Worker]]) -> None:
    """Each with her name, the rule of how to reach her, an open episode, a stage, her worker."""
    day = today() - CAME
    parents = Parent.objects.bulk_create(
        [Parent(parent_role="mother", reference=f"{at:06d}") for at, _, _ in rows]
    )
    taken = [
        (parent, pair, worker) for parent, (_, pair, worker) in zip(parents, rows, strict=True)
    ]
    Identity.objects.bulk_create(
        [
            Identity(parent=parent, given_names=given, family_name=family)
            for parent, (given, family), _ in taken
        ]
    )
    SafeContact.objects.bulk_create(
        [SafeContact(parent=parent, times="after 10 in the morning") for parent in parents]
    )
    known = [{"parent": parent, "programme": worker.programme} for parent, _, worker in taken]
    referrals = Referral.objects.bulk_create(
        [Referral(**one, received_on=day, decision="accepted", decided_on=day) for one in known]
    )
    episodes = Episode.objects.bulk_create(
        [
            Episode(**one, referral=referral, opened_on=day)
            for one, referral in zip(known, referrals, strict=True)
        ]
    )
    Stage.objects.bulk_create(
        [Stage(episode=one, stage="engagement", entered_on=day) for one in episodes]
    )
    Allocation.objects.bulk_create(
        [
            Allocation(episode=one, worker=worker, from_date=day, lead=True)
            for one, (_, _, worker) in zip(episodes, taken, strict=True)
        ]
    )


def askers() -> list[dict]:
    """Some workers, each with her people, one who has many contacts first."""
    workers = Worker.objects.filter(user__isnull=False).order_by("user__email")
    found = []
    for worker in workers[: invented.ASKERS]:
        hers = Identity.objects.filter(parent__episodes__allocations__worker=worker)
        named = list(hers.order_by("parent__reference"))
        found.append(
            {
                "user": str(worker.user_id),
                "people": [str(one.parent_id) for one in named],
                "words": [f"{one.given_names} {one.family_name}" for one in named],
            }
        )
    return found


def signed_in(asker: dict) -> dict:
    """The same with the cookies of a session; her account has a second factor, as it must."""
    user = User.objects.get(pk=asker["user"])
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {}}
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend=SESSION_BACKEND)
    return {**asker, "cookies": {name: one.value for name, one in client.cookies.items()}}


if __name__ == "__main__":
    fill(*map(int, sys.argv[1:]))
    with acting_as(actors.SEEDER):
        print(json.dumps([signed_in(one) for one in askers()]))
