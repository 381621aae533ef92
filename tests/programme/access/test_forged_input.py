"""Forms sent by somebody who changed them: ids of other records, and fields nobody asked for (S5).

Whatever is sent, nothing that was stored before is gone or changed, and nothing new names a row
of a record that is not hers.
"""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

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
from tests.files import Upload, a_pdf
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
_DAY_BEFORE = today() - timedelta(days=1)
HAPPENED = {
    "happened_on_day": str(_DAY_BEFORE.day),
    "happened_on_month": str(_DAY_BEFORE.month),
    "happened_on_year": str(_DAY_BEFORE.year),
}
HELD = {"held_on_day": "1", "held_on_month": "2", "held_on_year": "2026"}
LATER = {name.replace("estimated_due_date", "day"): value for name, value in DAY.items()}
# What a practitioner types on each page beside what the page offers: enough to be stored.
TYPED: dict[str, dict[str, Any]] = {
    "contacts:log_contact": {"outcome": "met", "note": "We talked."},
    "contacts:log_no_answer": {"mode": "phone"},
    "contacts:correct_contact": {"note": "We talked.", "reason": "It was missing."},
    "contacts:plan_contact": {"mode": "office", "at": "14:30", **LATER},
    "contacts:settle_planned_contact": {"outcome": "missed_by_parent.service"},
    "contacts:add_next_step": {"wording": "Ring the centre"},
    "contacts:finish_next_step": {},
    "supervision:answer_return": {"comment": "I put it right."},
    "episodes:change_stage": {"stage": "decision"},
    "episodes:begin_pause": {"reason": "In hospital"},
    "episodes:review_pause": {"answer": "end"},
    "ending:end_episode": {"reason": "completed"},
    "people:add_rule": {"number": "07700 900456"},
    "people:change_rule": {"number": "07700 900789"},
    "people:end_rule": {"because": "A new number"},
    "desk:change_safe_address": {"line_1": "1 New Street", "why": "A move"},
    "proceedings:add_set": {"kind": "letter", **HAPPENED},
    "proceedings:add_date": {"kind": "letter", **HAPPENED},
    "proceedings:add_hearing": {"kind": "final", **HELD},
    "proceedings:change_hearing": {"outcome": "moved", **HELD},
    "proceedings:ask_company": {"is_wanted": "yes", "who": "A friend"},
    "consents:record_decision": {
        "purpose": "take_part",
        "decision": "given",
        "given_how": "spoken",
        "explained_by": "A worker",
    },
    "documents:add_document": {"file": Upload(a_pdf()), "title": "A letter", "kind": "letter"},
    "documents:correct_document": {"title": "Another letter", "reason": "It was wrong"},
    "documents:remove_document": {"why": "Somebody else's"},
    "pregnancies:record_pregnancy": {"father": "not_named", "father_not_named_reason": "not_known"},
    "pregnancies:add_due_date": {**DAY, "basis": "later_scan"},
    "pregnancies:record_ending": {"outcome": "miscarriage"},
    "pregnancies:decide_telling": {"may_be_told": "no", "words": "Not yet", "words_of": "parent"},
    "families:add_child": {"given_names": "Kit", "relation": "birth"},
    "families:correct_child": {"given_names": "Kit", "reason": "Told us"},
    "families:correct_relation": {"relation": "step", "reason": "Told us"},
    "families:take_off_child": {"reason": "Another child"},
    "families:take_off_same_person": {"reason": "Two people"},
    "families:link_child": {"relation": "birth"},
    "families:record_circumstance": {"living_with": "foster_care"},
    "families:agree_family_time": {"kind": "direct", "how_often": "Every month"},
    "families:change_family_time": {"how_often": "Every week", "reason": "Told us"},
    "families:record_partnership": {"who": "new", "new_name": "Lou", "new_role": "other"},
    "families:correct_partnership": {"reason": "Told us"},
    "families:add_important_date": {"wording": "A walk", **LATER},
    "families:remove_important_date": {},
    "families:switch_prompts": {"are_on": "no"},
    "families:find_same_person": {},
    "families:add_strength_or_worry": {
        "kind": "strength",
        "wording": "Keeps going",
        "words_of": "parent",
    },
    "families:end_strength_or_worry": {},
    "chronology:mark_significant": {},
    "chronology:show_significant": {"why": "It began here."},
    "chronology:add_entry": {"what": "Moved", "source": "A letter"},
    "chronology:correct_entry": {"what": "Moved again", "reason": "A slip"},
    "papers:begin_chronology": {"for_whom": "court", "recipient": "Family Court"},
    "papers:begin_letter": {"recipient": "the parent"},
    "papers:write_letter": {"words": "We will meet on Thursday."},
    "papers:address_letter": {"with_address": "on"},
    "papers:end_letter": {"version": "1"},
    "papers:write_again": {"key": str(uuid4())},
    "returning:re_refer": {"pregnancy": "no", "source": "self"},
    "returning:ask_for_record": {"why": "She is pregnant."},
    "intake:decide_referral": {
        "decision": "not_accepted",
        "not_accepted_reason": "no_capacity",
    },
    "joining:look_for_same": {"ask_keepers": "on"},
    "assessments:start_assessment": {"kind": "parenting"},
    "assessments:change_assessment": {"stands": "called_off", "cancelled_reason": "She moved"},
    "assessments:record_meeting": {"kind": "formulation", "stands": "held", **HELD},
    "assessments:change_meeting": {"stands": "called_off"},
    "support:agree_goal": {"wording": "See my girl each week", "set_by": "parent"},
    "support:change_goal": {"stands": "let_go"},
    "support:offer_help": {"category": "practical", "kind": "A housing form"},
    "support:change_help": {"response": "declined"},
    "measures:record_measure": {"total": "17", "said_risk": "no"},
    "measures:correct_measure": {"total": "16", "reason": "Added up anew"},
    "measures:take_off_measure": {"reason": "Of another person"},
    "contraception:record_information": {"explained_by_role": "gp"},
    "contraception:record_conversation": {
        "event": "conversation",
        "answer": "no_decision",
        "explained_by_role": "gp",
    },
}
IDS = {
    "people:change_rule": "rule_id",
    "people:end_rule": "rule_id",
    "proceedings:add_date": "set_id",
    "proceedings:add_hearing": "set_id",
    "proceedings:change_hearing": "hearing_id",
    "proceedings:ask_company": "hearing_id",
    "contacts:correct_contact": "contact_id",
    "contacts:settle_planned_contact": "plan_id",
    "contacts:finish_next_step": "step_id",
    "supervision:answer_return": "contact_id",
    "episodes:begin_pause": "episode_id",
    "episodes:review_pause": "pause_id",
    "ending:end_episode": "episode_id",
    "documents:correct_document": "document_id",
    "documents:remove_document": "document_id",
    "pregnancies:add_due_date": "pregnancy_id",
    "pregnancies:decide_telling": "pregnancy_id",
    "pregnancies:record_ending": "pregnancy_id",
    "families:correct_child": "child_id",
    "families:correct_relation": "link_id",
    "families:take_off_child": "link_id",
    "families:take_off_same_person": "same_id",
    "families:agree_family_time": "child_id",
    "families:record_circumstance": "child_id",
    "families:change_family_time": "time_id",
    "families:correct_partnership": "spell_id",
    "families:remove_important_date": "date_id",
    "families:end_strength_or_worry": "noticed_id",
    "chronology:show_significant": "mark_id",
    "chronology:correct_entry": "entry_id",
    "assessments:change_assessment": "assessment_id",
    "assessments:change_meeting": "meeting_id",
    "support:change_goal": "goal_id",
    "support:change_help": "help_id",
    "measures:correct_measure": "measure_id",
    "measures:take_off_measure": "measure_id",
    "papers:write_letter": "letter_id",
    "papers:address_letter": "letter_id",
    "papers:end_letter": "letter_id",
    "papers:write_again": "letter_id",
    "intake:decide_referral": "referral_id",
}
# What an address names that is no row of a record.
NO_ROW = {"measures:record_measure": {"instrument": "core10"}}
# What is chosen from what the page offers.
FIRST_OFFERED = {
    "pregnancies:decide_telling": ("other_parent",),
    "families:link_child": ("child",),
    "families:find_same_person": ("child",),
}
ONLY_SENT = (
    "contacts:finish_next_step",
    "chronology:mark_significant",
    "papers:end_letter",
    "papers:write_again",
    "families:remove_important_date",
    "families:end_strength_or_worry",
)
# A field whose value is the id of a row, or that is known to name one.
NAMES_A_ROW = re.compile(r"^(worker|programme|father)=|=(contact )?[0-9a-f-]{36}$|^seen_|^line_")
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
    keys: dict[str, Any] = {"parent_id": record.parent.pk, **NO_ROW.get(page, {})}
    if page in IDS:
        keys[IDS[page]] = (other or record).ids[IDS[page]]
    return reverse(page, kwargs=keys)


def honest(client: Client, page: str, address: str) -> dict[str, str]:
    """What a browser would send of this page, filled in."""
    body = dict(TYPED[page])
    shown = client.get(address)
    if shown.status_code == 200:
        body = as_sent(shown.content.decode()) | body
    if page == "chronology:add_entry":
        body |= HAPPENED
    if page == "ending:end_episode":
        form = shown.context["form"]
        body |= {name: form[name].field.choices[0][0] for name in form.open.values()}
        body |= {f"{name}_why": "Not wanted any more" for name in form.open.values()}
    if page == "papers:begin_letter":
        body["template"] = shown.context["form"]["template"].field.choices[0][0]
    for name in FIRST_OFFERED.get(page, ()):
        body[name] = str(shown.context["form"][name].field.choices[0][0])
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
    (episode,) = rows(Episode, parent=record.parent, closed_on=None)
    parent = record.parent.pk
    return {
        "proceedings": record.ids["set_id"],
        **dict.fromkeys(("replaces", "follows"), record.ids["rule_id"]),
        **{
            name.removesuffix("_id"): key
            for name, key in record.ids.items()
            if isinstance(key, UUID)
        },
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
        if page == "chronology:mark_significant":
            self.body["event"] = f"contact {standing.records['own'].ids['contact_id']}"
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
            # Where the kind stands before the key, it stays.
            new = sent.new_rows(**{field: f"{sent.body[field][:-36]}{key}"})
            assert (field, is_named(key, new)) == (field, False)


@pytest.mark.parametrize("page", IDS)
def test_a_row_of_another_record_is_not_found_under_hers(
    page: str, hers: Client, standing: Standing
) -> None:
    before = rows_stored()
    for relation in ("other", "team", "restricted", "denied"):
        address = address_of(page, standing.records["own"], standing.records[relation])

        answers = [hers.post(address, TYPED[page]).status_code]
        if page not in ONLY_SENT:
            answers.append(hers.get(address).status_code)

        assert (relation, set(answers)) == (relation, {404})
    assert rows_stored() == before
