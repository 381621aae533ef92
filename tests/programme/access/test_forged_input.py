"""Forms sent by somebody who changed them: ids of other records, and fields nobody asked for (S5).

Whatever is sent, nothing that was stored before is gone or changed, and nothing new names a row
of a record that is not hers.
"""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.core.dates import today
from programme.episodes.models import Episode
from programme.pathways.models import Worker
from tests import builders as make
from tests.forms import as_sent
from tests.programme.access.standings import Record, Standing, make_standing
from tests.programme.pages import everything_stored, rows

pytestmark = [pytest.mark.django_db, pytest.mark.matrix, pytest.mark.slow]

_due = today() + timedelta(days=140)
DAY = {
    "estimated_due_date_day": str(_due.day),
    "estimated_due_date_month": str(_due.month),
    "estimated_due_date_year": str(_due.year),
}
# What a practitioner types on each page beside what the page offers: enough to be stored.
TYPED: dict[str, dict[str, str]] = {
    "contacts:log_contact": {"outcome": "met", "note": "We talked."},
    "contacts:log_no_answer": {"mode": "phone"},
    "contacts:correct_contact": {"note": "We talked.", "why": "It was missing."},
    "contacts:add_next_step": {"wording": "Ring the centre"},
    "contacts:finish_next_step": {},
    "episodes:change_stage": {"stage": "decision"},
    "consents:record_decision": {
        "purpose": "take_part",
        "decision": "given",
        "given_how": "spoken",
        "explained_by": "A worker",
    },
    "pregnancies:record_pregnancy": {"father": "not_named", "father_not_named_reason": "not_known"},
    "pregnancies:add_due_date": {**DAY, "basis": "later_scan"},
    "returning:re_refer": {"pregnancy": "no", "source": "self"},
    "returning:ask_for_record": {"why": "She is pregnant."},
    "contraception:record_information": {"explained_by_role": "gp"},
    "contraception:record_conversation": {
        "event": "conversation",
        "answer": "no_decision",
        "explained_by_role": "gp",
    },
}
IDS = {
    "contacts:correct_contact": "contact_id",
    "contacts:finish_next_step": "step_id",
    "pregnancies:add_due_date": "pregnancy_id",
}
# A field whose value is the id of a row, or that is known to name one.
NAMES_A_ROW = re.compile(r"^(worker|programme|father)=|=[0-9a-f-]{36}$|^seen_|^line_")
# Whatever a row can hold, sent though the page does not ask for it.
EVERY_COLUMN = sorted(
    {
        name
        for model in apps.get_app_config("programme").get_models()
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
        if field.is_relation or field.primary_key
    }
)


@pytest.fixture
def standing() -> Standing:
    return make_standing(Role.PRACTITIONER)


@pytest.fixture
def somebody() -> UUID:
    """Another person's account."""
    return make.make_user().pk


@pytest.fixture
def hers(client: Client, standing: Standing) -> Client:
    client.force_login(standing.user, backend=make.DEMO_BACKEND)
    return client


def address_of(page: str, record: Record, other: Record | None = None) -> str:
    """A page of a record; with ``other``, the row it names is that record's."""
    keys: dict[str, UUID] = {"parent_id": record.parent.pk}
    if page in IDS:
        keys[IDS[page]] = (other or record).ids[IDS[page]]
    return reverse(page, kwargs=keys)


def honest(client: Client, page: str, address: str) -> dict[str, str]:
    """What a browser would send of this page, filled in."""
    body = dict(TYPED[page])
    shown = client.get(address)
    if shown.status_code == 200:
        body = as_sent(shown.content.decode()) | body
    if page == "returning:re_refer":
        (body["programme"],) = (key for key, _ in shown.context["form"]["programme"].field.choices)
    return body


def rows_stored() -> set[str]:
    return {
        f"{table} {row!r}"
        for table, found in everything_stored().items()
        for row in found
        if table != "programme_sight"
    }


def forged(standing: Standing, relation: str, somebody: UUID) -> dict[str, UUID]:
    """Each kind of row of a record that is not hers to change, by the name a field would have."""
    record = standing.records[relation]
    (episode,) = rows(Episode, parent=record.parent)
    parent = record.parent.pk
    return {
        **{name.removesuffix("_id"): key for name, key in record.ids.items()},
        **dict.fromkeys(("parent", "mother", "father", "other_parent", "subject"), parent),
        **dict.fromkeys(("user", "written_by", "asked_by", "decided_by", "history_user"), somebody),
        "episode": episode.pk,
        "referral": episode.referral_id,
        "worker": rows(Worker, allocations__episode=episode)[0].pk,
        "id": record.ids["contact_id"],
    }


def is_named(key: UUID, rows: str) -> bool:
    """Whether a key stands in rows, as PostgreSQL or as SQLite keeps it."""
    return str(key) in rows or key.hex in rows


class Sent:
    """One page of her own parent's record, and what comes of sending its form."""

    def __init__(self, client: Client, page: str, standing: Standing) -> None:
        self.client = client
        self.address = address_of(page, standing.records["own"])
        self.body = honest(client, page, self.address)
        self.before = rows_stored()

    def new_rows(self, **changed: str) -> str:
        """What would be stored: all of it is undone, so that each try begins alike."""
        with transaction.atomic():
            self.client.post(self.address, {**self.body, **changed})
            after = rows_stored()
            transaction.set_rollback(True)
        return "\n".join(sorted(after - self.before))


@pytest.fixture
def sent(page: str, hers: Client, standing: Standing, somebody: UUID) -> Sent:
    return Sent(hers, page, standing)


@pytest.mark.parametrize("page", TYPED)
def test_sent_honestly_it_is_stored(sent: Sent) -> None:
    assert sent.new_rows() != ""


@pytest.mark.parametrize("relation", ["other", "team"])
@pytest.mark.parametrize("page", TYPED)
def test_fields_nobody_asked_for_are_not_read(
    sent: Sent, standing: Standing, somebody: UUID, relation: str
) -> None:
    ids = forged(standing, relation, somebody)
    columns = [name for name in EVERY_COLUMN if name not in sent.body]
    more = {name: str(ids.get(name.removesuffix("_id"), ids["parent"])) for name in columns}

    new = sent.new_rows(**more)

    assert [name for name, key in ids.items() if is_named(key, new)] == []


@pytest.mark.parametrize("page", TYPED)
def test_rows_of_other_records_cannot_be_chosen(
    sent: Sent, standing: Standing, somebody: UUID
) -> None:
    chosen = [name for name, value in sent.body.items() if NAMES_A_ROW.search(f"{name}={value}")]

    for key in set(forged(standing, "other", somebody).values()):
        for field in chosen:
            new = sent.new_rows(**{field: str(key)})
            assert (field, is_named(key, new)) == (field, False)


@pytest.mark.parametrize("page", IDS)
def test_a_row_of_another_record_is_not_found_under_hers(
    page: str, hers: Client, standing: Standing
) -> None:
    before = rows_stored()
    for relation in ("other", "team", "restricted", "denied"):
        address = address_of(page, standing.records["own"], standing.records[relation])

        answers = [hers.post(address, TYPED[page]).status_code]
        if page != "contacts:finish_next_step":
            answers.append(hers.get(address).status_code)

        assert (relation, set(answers)) == (relation, {404})
    assert rows_stored() == before
