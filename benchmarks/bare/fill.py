"""Fills the bare tables as ``fill.py`` fills those of the service. Prints who may ask what.

python -m benchmarks.bare.fill PEOPLE CONTACTS
"""

import json
import sys

import django

django.setup()

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from benchmarks import invented
from benchmarks.bare.models import Contact, Person

CONTACTS = """
    INSERT INTO bare_contact (person_id, written_by_id, happened_at, mode, outcome, minutes, note)
    SELECT p.id, p.worker_id, {happened_at}, {mode}, {outcome}, 40, {note}
    FROM generate_series(%(first)s::int, %(last)s::int - 1) g
    JOIN (SELECT p.*, row_number() OVER (ORDER BY id) - 1 AS place FROM bare_person p) p
      ON p.place = g %% %(people)s
"""
MANY = """
    INSERT INTO bare_contact (person_id, written_by_id, happened_at, mode, outcome, minutes, note)
    SELECT p.id, p.worker_id, {long_ago}, {mode}, {outcome}, 40, {note}
    FROM bare_person p CROSS JOIN generate_series(1, %(many)s) g WHERE p.id = ANY (%(keys)s)
"""
HISTORY = """
    INSERT INTO bare_historicalcontact
        (id, person_id, written_by_id, happened_at, mode, outcome, minutes, note,
         history_date, history_type, history_user_id)
    SELECT id, person_id, written_by_id, happened_at, mode, outcome, minutes, note,
           happened_at, '+', written_by_id
    FROM bare_contact c
    WHERE c.id > coalesce((SELECT max(h.id) FROM bare_historicalcontact h), 0)
"""


def fill(people: int, contacts: int) -> None:
    """Makes the people once, and contacts up to the number asked."""
    is_new = not Person.objects.exists()
    if is_new:
        workers = User.objects.bulk_create(
            [User(username=f"worker{number}") for number in range(invented.workers_of(people))]
        )
        Person.objects.bulk_create(
            [
                Person(worker=workers[invented.worker_of(at)], given_names=given, family_name=last)
                for at, (given, last) in enumerate(invented.names(people))
            ]
        )
    with connection.cursor() as cursor:
        first = 0 if is_new else Contact.objects.count() - many() * invented.MANY
        cursor.execute(
            invented.said(CONTACTS), {"people": people, "first": first, "last": contacts}
        )
        if is_new:
            keys = [one["people"][0] for one in askers()]
            cursor.execute(invented.said(MANY), {"many": invented.MANY, "keys": keys})
        cursor.execute(HISTORY)
        cursor.execute("ANALYZE")


def many() -> int:
    """How many people have many contacts."""
    return min(invented.ASKERS, User.objects.count())


def askers() -> list[dict]:
    """Some workers, each with her people, one who has many contacts first."""
    users = User.objects.order_by("pk")[: invented.ASKERS]
    rows = [(user, list(user.people.order_by("pk"))) for user in users]
    return [
        {
            "user": user.pk,
            "people": [one.pk for one in people],
            "words": [f"{one.given_names} {one.family_name}" for one in people],
        }
        for user, people in rows
    ]


def signed_in(asker: dict) -> dict:
    """The same with the cookies of a session."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(pk=asker["user"]))
    return {**asker, "cookies": {name: one.value for name, one in client.cookies.items()}}


if __name__ == "__main__":
    fill(*map(int, sys.argv[1:]))
    print(json.dumps([signed_in(one) for one in askers()]))
