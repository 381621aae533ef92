"""Role x relation x page x method against tables written by hand (S2).

``ok`` is any answer of the page itself; refusals are exact. A page that answers "not found"
for want of a row would fail its ``ok``, so every allowed cell is a positive control.
"""

import csv
from collections.abc import Sequence
from itertools import combinations, product
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.access.scope import acting_as
from programme.core.dates import today
from programme.pathways.models import Programme
from programme.reporting.models import Release
from tests import builders as make
from tests.programme.access.standings import Record, Standing, make_standing

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

HERE = Path(__file__).parent
# Which pages of one parent each line of matrix.csv speaks of, with the ids they need.
PAGES = {
    "record": {
        "desk:show_parent": (),
        "history:show_changes": (),
        "history:show_row": ("code", "row_id"),
        "history:show_day": (),
    },
    "seen": {"history:show_seen": ()},
    "address": {"desk:show_safe_address": ()},
    "contacts": {
        "contacts:log_contact": (),
        "contacts:log_no_answer": (),
        "contacts:correct_contact": ("contact_id",),
        "contacts:plan_contact": (),
        "contacts:settle_planned_contact": ("plan_id",),
        "supervision:answer_return": ("contact_id",),
    },
    "supervision": {
        "supervision:record_supervision": ("episode_id",),
        "supervision:correct_supervision": ("supervision_id",),
        "supervision:hand_over": ("episode_id",),
        "supervision:sign_off": ("contact_id",),
    },
    "core": {
        "contacts:add_next_step": (),
        "contacts:finish_next_step": ("step_id",),
        "episodes:change_stage": (),
        "episodes:begin_pause": ("episode_id",),
        "episodes:review_pause": ("pause_id",),
        "ending:end_episode": ("episode_id",),
        "consents:record_decision": (),
        "people:add_rule": (),
        "people:change_rule": ("rule_id",),
        "people:end_rule": ("rule_id",),
        "pregnancies:decide_telling": ("pregnancy_id",),
        "pregnancies:record_ending": ("pregnancy_id",),
        "families:add_child": (),
        "families:correct_child": ("child_id",),
        "families:link_child": (),
        "families:correct_relation": ("link_id",),
        "families:take_off_child": ("link_id",),
        "families:take_off_same_person": ("same_id",),
        "families:agree_family_time": ("child_id",),
        "families:change_family_time": ("time_id",),
        "families:record_partnership": (),
        "families:correct_partnership": ("spell_id",),
        "families:add_important_date": (),
        "families:remove_important_date": ("date_id",),
        "families:switch_prompts": (),
        "families:find_same_person": (),
        "chronology:mark_significant": (),
        "chronology:show_significant": ("mark_id",),
        "chronology:add_entry": (),
        "chronology:correct_entry": ("entry_id",),
        "papers:begin_chronology": (),
        "papers:check_chronology": ("chronology_id",),
        "papers:show_chronology": ("chronology_id",),
        "papers:begin_letter": (),
        "papers:write_letter": ("letter_id",),
        "papers:address_letter": ("letter_id",),
        "papers:end_letter": ("letter_id",),
        "papers:write_again": ("letter_id",),
        "joining:look_for_same": (),
    },
    "papers": {
        "papers:choose_paper": (),
        "papers:show_summary": (),
        "papers:download_summary": (),
        "papers:show_own_copy": (),
        "papers:download_own_copy": (),
        "papers:download_chronology_pdf": ("chronology_id",),
        "papers:download_chronology_docx": ("chronology_id",),
        "papers:print_letter": ("letter_id",),
        "papers:download_letter": ("letter_id",),
    },
    "family": {"families:show_family": ()},
    "lives": {"families:record_circumstance": ("child_id",)},
    "strengths": {
        "families:show_strengths": (),
        "assessments:show_meetings": (),
        "support:show_plan": (),
    },
    "outcomes": {"measures:show_measures": ()},
    "recording outcomes": {"measures:record_measure": ("instrument",)},
    "correcting outcomes": {
        "measures:correct_measure": ("measure_id",),
        "measures:take_off_measure": ("measure_id",),
    },
    "notes": {
        "assessments:start_assessment": (),
        "assessments:change_assessment": ("assessment_id",),
        "assessments:record_meeting": (),
        "assessments:change_meeting": ("meeting_id",),
        "support:agree_goal": (),
        "support:change_goal": ("goal_id",),
        "support:offer_help": (),
        "support:change_help": ("help_id",),
        "contacts:log_together": (),
        "families:add_strength_or_worry": (),
        "families:end_strength_or_worry": ("noticed_id",),
    },
    "reach": {
        "people:show_safe_contact": (),
        "contacts:ring_parent": (),
        "contacts:text_parent": (),
        "contacts:visit_parent": (),
    },
    "address_change": {"desk:change_safe_address": ()},
    "court": {"proceedings:show_court": ()},
    "court_told": {
        "proceedings:add_set": (),
        "proceedings:add_date": ("set_id",),
        "proceedings:add_hearing": ("set_id",),
        "proceedings:change_hearing": ("hearing_id",),
        "proceedings:ask_company": ("hearing_id",),
    },
    "court_papers": {
        "proceedings:record_representation": ("set_id",),
        "proceedings:name_people": ("set_id",),
        "proceedings:take_off_people": ("set_id",),
    },
    "documents": {
        "documents:list_documents": (),
        "documents:show_document": ("document_id",),
        "documents:download_document": ("document_id",),
    },
    "adding documents": {
        "documents:add_document": (),
        "documents:correct_document": ("document_id",),
        "documents:remove_document": ("document_id",),
    },
    "putting back": {"documents:put_back_document": ("document_id",)},
    "joining": {
        "joining:join_records": ("other_id",),
        "joining:undo_join": ("merge_id",),
    },
    "matches": {"joining:answer_possible_match": ("match_id",)},
    "intake": {
        "pregnancies:record_pregnancy": (),
        "pregnancies:add_due_date": ("pregnancy_id",),
        "returning:re_refer": (),
        "returning:ask_for_record": (),
        "intake:decide_referral": ("referral_id",),
    },
    "ledger": {"consents:show_consents": ()},
    "care": {
        "contraception:show_conversations": (),
        "contraception:record_information": (),
        "contraception:record_conversation": (),
    },
    "custody": {"returning:answer_request": ("request_id",)},
    "asked_protection": {"protection:ask_for_protection": ()},
    "reviewed": {"protection:review_opening": ("opening_id",)},
    "protected": {
        "protection:show_protection": (),
        "protection:restrict_record": (),
        "protection:deny_person": (),
        "protection:keep_protection": (),
        "protection:lift_protection": ("protection_id",),
        "protection:answer_requests": (),
    },
}
# Pages that anyone, or any account, may open; they show no person.
FOR_ALL = {name for name, access in POLICY.items() if access.public or access.signed_in}
ANSWERS = (200, 302, 405)


def lines(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATRIX = {(line["pages"], line["identity"]): line for line in lines("matrix.csv")}
PLAIN = {line["page"]: line for line in lines("plain_pages.csv")}


def asked(status: int) -> str:
    return "ok" if status in ANSWERS else str(status)


GROUP_OF = {page: group for group, pages in PAGES.items() for page in pages}
PAIRS = list(combinations(Role, 2))
METHODS = ("get", "post")


def address(page: str, record: Record) -> str:
    keys = {name: record.ids[name] for name in PAGES[GROUP_OF[page]][page]}
    return reverse(page, kwargs={"parent_id": record.parent.pk, **keys})


def answers(
    client: Client, standing: Standing, visits: Sequence[tuple[str, str]]
) -> dict[tuple[str, str, str], str]:
    """What each page answers to a method, for each relation."""
    return {
        (page, relation, method): asked(getattr(client, method)(address(page, record)).status_code)
        for relation, record in standing.records.items()
        for page, method in visits
    }


def test_every_page_about_a_parent_is_in_the_matrix() -> None:
    listed = {page for pages in PAGES.values() for page in pages}

    assert listed == {name for name, access in POLICY.items() if access.parts}


def test_every_other_page_is_in_the_plain_table() -> None:
    closed = {name for name, access in POLICY.items() if access.closed}
    with_files = {"exchange:show_load", "exchange:approve_load"}
    plain = {name for name, access in POLICY.items() if access.roles and not access.parts}

    assert set(PLAIN) - FOR_ALL == plain - closed - with_files


@pytest.mark.parametrize("identity", list(dict.fromkeys(identity for _, identity in MATRIX)))
def test_pages_about_a_parent(identity: str, client: Client) -> None:
    standing = make_standing(Role(identity))
    client.force_login(standing.user, backend=make.DEMO_BACKEND)

    found = answers(client, standing, list(product(GROUP_OF, METHODS)))

    assert found == {
        (page, relation, method): MATRIX[GROUP_OF[page], identity][relation]
        for page, relation, method in found
    }


@pytest.mark.parametrize("page", GROUP_OF)
def test_a_stranger_is_asked_to_sign_in(page: str, client: Client) -> None:
    standing = make_standing(Role.PRACTITIONER)

    for record in standing.records.values():
        assert client.get(address(page, record)).status_code == 302
        assert client.post(address(page, record), {"note": "kept"}).status_code == 403


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=["+".join(pair) for pair in PAIRS])
def test_two_roles_of_one_person_add_up(number: int, client: Client) -> None:
    """Together they open what either opens, and refuse as the more knowing of the two.

    Each pair meets every line of the table; the pages of a line and the methods take turns.
    """
    pair = PAIRS[number]
    # Another programme's record and a denied one are refused to each role by itself.
    standing = make_standing(*pair, relations=("own", "team", "restricted"))
    client.force_login(standing.user, backend=make.DEMO_BACKEND)

    found = answers(client, standing, in_turn(number))

    assert found == {
        (page, relation, method): together(GROUP_OF[page], relation, pair)
        for page, relation, method in found
    }


def in_turn(number: int) -> list[tuple[str, str]]:
    """One page of each line of the table with one method: another for each number."""
    lines = [list(product(pages, METHODS)) for pages in PAGES.values()]
    return [visits[(number + place) % len(visits)] for place, visits in enumerate(lines)]


def together(group: str, relation: str, pair: tuple[Role, Role]) -> str:
    singly = {MATRIX[group, role][relation] for role in pair}
    return "ok" if "ok" in singly else "403" if "403" in singly else "404"


@pytest.mark.parametrize("identity", [role.value for role in Role])
def test_pages_about_no_parent(identity: str, client: Client) -> None:
    standing = make_standing(Role(identity))
    if standing.user.role_grants.filter(programme=None).exists():
        make.make_worker(standing.programme, make.make_user())
    client.force_login(standing.user, backend=make.DEMO_BACKEND)
    wanted = plain_addresses(standing.programme)

    found = {page: asked(client.get(address).status_code) for page, address in wanted.items()}

    assert found == {page: PLAIN[page][identity] for page in PLAIN}


def plain_addresses(programme: Programme) -> dict[str, str]:
    """The address of every plain page, with a programme or release where it names one."""
    proposed, approved = (make_release(programme, state) for state in ("proposed", "approved"))
    needs = {
        "commissioner:show_release": [approved],
        "reporting:show_release": [proposed],
        "reporting:decide_release": [proposed],
        "reporting:show_members": [programme.pk, "RE-3"],
        "desk:show_found": [uuid4()],
        "drafts:throw_away": [uuid4()],
        "pathways:remove_closed_day": [uuid4()],
        "papers:edit_template": [programme.pk, "ending"],
        "workboard:show_worker": [make.make_worker(programme).pk],
        "cover:arrange_cover": [make.make_worker(programme).pk],
        "cover:end_cover": [make.make_worker(programme).pk, uuid4()],
        "workboard:show_summary": [make.make_worker(programme).pk],
        "supervision:change_settings": [programme.pk],
        **addresses_of_a_group(programme),
    }
    of_programme = {"show_report", "download_report_csv", "download_report_pdf", "propose_release"}
    for page in PLAIN:
        if page.split(":")[1] in of_programme:
            needs[page] = [programme.pk]
    return {page: reverse(page, args=needs.get(page, [])) for page in PLAIN}


def addresses_of_a_group(programme: Programme) -> dict[str, list[UUID]]:
    session = make.make_session(programme)
    of_group = ("show_group", "rename_group", "add_sessions", "choose_people")
    of_date = ("mark_register", "cancel_session")
    return {
        **{f"groups:{name}": [session.group_id] for name in of_group},
        **{f"groups:{name}": [session.pk] for name in of_date},
    }


def make_release(programme: Programme, state: str) -> UUID:
    manager = make.make_practitioner(programme, role=Role.MANAGER)
    with acting_as(manager):
        release = Release.objects.create(
            programme=programme,
            programme_name=programme.name,
            title="Outcomes",
            period_from=today(),
            period_to=today(),
            state=state,
            proposed_by=manager,
        )
    return release.pk
