"""A draft: kept for its writer alone, offered again, ended with its page and after 30 days."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.parts import Role
from programme.access.policy import POLICY
from programme.drafts.models import Draft
from tests import builders
from tests.forms import as_sent
from tests.pristine import as_owner
from tests.programme.contacts.rows import a_visit, contacts, url_of
from tests.programme.desk.scene import ONLY_SENT, browser_of, make_scene
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db
NOTE = "  She said:\r\n\r\n“Nid yw hi’n hawdd” &amp; <b>ŵ 😀</b>  "
JSON = {"Accept": "application/json"}
# Each page that keeps drafts, and the long text on it.
KEEPING = {
    "contacts:log_contact": "note",
    "contacts:log_together": "shared",
    "contacts:correct_contact": "note",
    "papers:write_letter": "words",
    "chronology:add_entry": "what",
    "chronology:correct_entry": "what",
    "supervision:hand_over": "note",
    "supervision:sign_off": "comment",
    "supervision:answer_return": "comment",
    "contacts:add_next_step": "wording",
    "families:add_strength_or_worry": "wording",
    "episodes:begin_pause": "reason",
    "episodes:review_pause": "reason",
    "ending:end_episode": "note",
    "assessments:change_assessment": "conclusion",
    "support:agree_goal": "wording",
    "support:change_goal": "wording",
}
# Who may write here need not write notes, and a draft is of notes: the wall would refuse it.
NOT_OF_NOTES = "whoever may write it may have no notes of this record to write"
# Pages with a long text that keep none, and why.
KEEPING_NONE = {
    "supervision:record_supervision": "may hold words on a worker, never kept with a parent",
    "supervision:correct_supervision": "may hold words on a worker, never kept with a parent",
    "people:add_rule": "a line or two, agreed with the parent and saved there and then",
    "people:change_rule": "a line or two, agreed with the parent and saved there and then",
    "proceedings:add_hearing": "court's own part: no copy of it elsewhere",
    "proceedings:change_hearing": "court's own part: no copy of it elsewhere",
    "chronology:show_significant": "one sentence: why it is significant",
    "papers:check_chronology": "blanks out what is there; each press is kept",
    "pregnancies:decide_telling": "who may know of a pregnancy: no copy of it elsewhere",
    "returning:re_refer": NOT_OF_NOTES,
    "returning:ask_for_record": NOT_OF_NOTES,
    "returning:answer_request": NOT_OF_NOTES,
    "protection:review_opening": NOT_OF_NOTES,
    "protection:ask_for_protection": NOT_OF_NOTES,
    "protection:restrict_record": NOT_OF_NOTES,
    "protection:deny_person": NOT_OF_NOTES,
    "protection:lift_protection": NOT_OF_NOTES,
    "protection:answer_requests": NOT_OF_NOTES,
    "joining:join_records": "one sentence: why they are the same person",
    "joining:undo_join": "one sentence: why they are not the same person",
    "joining:answer_possible_match": NOT_OF_NOTES,
}


def keep(browser: Client, address: str, **typed: str):
    return browser.post(address, {"keep_draft": "yes", **typed}, headers=JSON)


def kept() -> list[str]:
    """The notes of all drafts, in the order in which they were begun."""
    return [one.typed["note"] for one in sorted(rows(Draft), key=lambda one: one.stored_at)]


@pytest.mark.parametrize("page", KEEPING)
def test_what_was_typed_is_on_the_page_again(page):
    scene = make_scene()
    browser = browser_of(scene.user)
    field = KEEPING[page]
    empty = as_sent(browser.get(scene.address(page)).content.decode())

    again = browser.post(
        scene.address(page), {**empty, field: NOTE, "keep_draft": "yes"}, follow=True
    )

    shown = as_sent(again.content.decode())
    assert shown[field] == NOTE
    as_before = empty.keys() - {field, "draft", "csrfmiddlewaretoken"}
    assert {name: shown[name] for name in as_before} == {name: empty[name] for name in as_before}


def test_every_page_with_a_long_text_keeps_drafts_or_says_why_not():
    scene = make_scene()
    browser = browser_of(scene.user)
    writes = [name for name, access in POLICY.items() if access.writes and name not in ONLY_SENT]

    pages = {name: browser.get(scene.address(name)).content.decode() for name in writes}

    long = {name: page for name, page in pages.items() if "<textarea" in page}
    keeping = {name for name, page in long.items() if "data-draft" in page}
    assert keeping == KEEPING.keys()
    assert long.keys() - keeping == KEEPING_NONE.keys()


def test_a_script_is_told_what_is_kept_and_when(hers, parent):
    with time_machine.travel("2026-03-04 14:32:00+00:00", tick=False):
        answer = keep(hers, url_of("log_contact", parent), draft_turn="3", note=NOTE)

    assert answer.json() == {"turn": 3, "at": "14:32"}
    assert kept() == [NOTE]


def test_keeping_a_draft_is_no_sight_of_a_person(hers, parent):
    keep(hers, url_of("log_contact", parent), note=NOTE)

    with as_owner() as cursor:
        cursor.execute("SELECT count(*) FROM programme_sight")
        assert cursor.fetchone() == (0,)


def test_words_that_come_late_replace_nothing(hers, parent):
    key = str(uuid4())
    keep(hers, url_of("log_contact", parent), draft=key, draft_turn="2", note="one two")

    answer = keep(hers, url_of("log_contact", parent), draft=key, draft_turn="1", note="one")

    assert answer.json()["turn"] == 2
    assert kept() == ["one two"]


def test_two_tabs_keep_two_drafts(hers, parent):
    for note in ("in one tab", "in another"):
        page = as_sent(hers.get(url_of("log_contact", parent)).content.decode())
        keep(hers, url_of("log_contact", parent), **{**page, "note": note})

    assert kept() == ["in one tab", "in another"]


def test_going_on_takes_the_place_of_what_it_went_on_from(hers, parent):
    keep(hers, url_of("log_contact", parent), note="begun")
    [draft] = rows(Draft)
    page = hers.get(f"{url_of('log_contact', parent)}?draft={draft.pk}").content.decode()

    keep(hers, url_of("log_contact", parent), **{**as_sent(page), "note": "begun, gone on"})

    assert kept() == ["begun, gone on"]


def test_a_draft_written_on_in_another_tab_is_not_replaced(hers, parent):
    key = str(uuid4())
    keep(hers, url_of("log_contact", parent), draft=key, note="begun")
    [draft] = rows(Draft)
    page = hers.get(f"{url_of('log_contact', parent)}?draft={draft.pk}").content.decode()
    keep(hers, url_of("log_contact", parent), draft=key, draft_turn="1", note="in the first tab")

    keep(hers, url_of("log_contact", parent), **{**as_sent(page), "note": "in the second"})

    assert kept() == ["in the first tab", "in the second"]


@pytest.mark.parametrize("turn", ["0", "4"])
def test_a_saved_page_ends_its_draft(hers, parent, turn):
    keep(hers, url_of("log_contact", parent), **a_visit(note=NOTE))
    [draft] = rows(Draft)
    page = hers.get(f"{url_of('log_contact', parent)}?draft={draft.pk}").content.decode()
    typed = {**as_sent(page), "outcome": "met", "draft_turn": turn}
    if turn != "0":
        keep(hers, url_of("log_contact", parent), **typed)

    answer = hers.post(url_of("log_contact", parent), typed)

    assert answer.status_code == 302
    assert [contact.note for contact in contacts()] == [NOTE.strip()]
    assert rows(Draft) == []


@pytest.mark.parametrize("turn", ["1", "2"])
def test_what_comes_after_its_page_was_saved_begins_no_draft(hers, parent, turn):
    address, page = url_of("log_contact", parent), {"draft": str(uuid4()), **a_visit(note=NOTE)}
    keep(hers, address, **page, draft_turn="2")
    hers.post(address, {**page, "draft_turn": "2"})

    late = keep(hers, address, **page, draft_turn=turn)
    without_script = hers.post(address, {**page, "draft_turn": turn, "keep_draft": "yes"})

    assert (late.json(), without_script.headers["Location"]) == ({"ended": True}, address)
    assert rows(Draft) == []
    # Gone back to with the browser's own button, and written on.
    keep(hers, address, **page, draft_turn="3")
    assert kept() == [NOTE]


def test_a_page_that_could_not_be_saved_keeps_its_draft(hers, parent):
    key = str(uuid4())
    keep(hers, url_of("log_contact", parent), draft=key, draft_turn="1", note=NOTE)

    hers.post(url_of("log_contact", parent), {"draft": key, "draft_turn": "1", "note": NOTE})

    assert kept() == [NOTE]


# --- Whose it is ----------------------------------------------------------------------------


@pytest.fixture
def colleague(programme, episode):
    """A senior of the same team, who may write on the same page."""
    return builders.make_practitioner(programme, role=Role.SENIOR)


def test_nobody_else_is_offered_it_or_may_throw_it_away(hers, parent, colleague):
    keep(hers, url_of("log_contact", parent), note="half a thought")
    [draft] = rows(Draft)
    other = browser_of(colleague)

    page = other.get(f"{url_of('log_contact', parent)}?draft={draft.pk}").content.decode()
    listed = other.get(reverse("drafts:list_drafts")).content.decode()
    thrown = other.post(reverse("drafts:throw_away", args=[draft.pk]))

    assert "half a thought" not in page
    assert "You began this" not in page
    assert "No draft waits" in listed
    assert thrown.status_code == 404
    assert kept() == ["half a thought"]


def test_no_form_names_the_draft_of_another(hers, parent, colleague):
    key = str(uuid4())
    keep(hers, url_of("log_contact", parent), draft=key, note="mine")
    [draft] = rows(Draft)

    for name in (key, str(draft.pk)):
        keep(browser_of(colleague), url_of("log_contact", parent), draft=name, note="not mine")

    assert kept() == ["mine", "not mine", "not mine"]


def test_who_may_no_longer_write_about_a_parent_reads_no_draft_either(hers, parent, practitioner):
    keep(hers, url_of("log_contact", parent), note="mine")

    builders.protect(parent, "denied", practitioner)

    assert "No draft waits" in hers.get(reverse("drafts:list_drafts")).content.decode()


def test_a_page_that_may_not_be_saved_keeps_no_draft(sign_in, parent, episode):
    stranger = builders.make_practitioner(builders.make_programme())

    assert keep(sign_in(stranger), url_of("log_contact", parent), note="x").status_code == 404
    assert rows(Draft) == []


def test_the_words_stand_scrambled_in_the_row_and_not_at_all_in_its_history(hers, parent):
    key = str(uuid4())
    for turn in ("1", "2"):
        keep(hers, url_of("log_contact", parent), draft=key, draft_turn=turn, note="canary")
    [draft] = rows(Draft)
    hers.post(reverse("drafts:throw_away", args=[draft.pk]))

    with as_owner() as cursor:
        cursor.execute(
            "SELECT history_type, words FROM programme_historicaldraft ORDER BY history_date"
        )
        assert list(cursor.fetchall()) == [("+", ""), ("-", "")]


def test_a_password_is_in_no_draft(hers, parent):
    keep(hers, url_of("log_contact", parent), note="x", password="open sesame")

    assert "sesame" not in rows(Draft)[0].words


# --- Waiting --------------------------------------------------------------------------------


def test_drafts_wait_on_their_page_in_a_list_and_at_home(hers, parent):
    keep(hers, url_of("log_contact", parent), note="half a thought")
    [draft] = rows(Draft)
    address = f"{url_of('log_contact', parent)}?draft={draft.pk}"

    opened = hers.get(url_of("log_contact", parent)).content.decode()
    listed = hers.get(reverse("drafts:list_drafts")).content.decode()
    home = hers.get(reverse("desk:home")).content.decode()

    assert "You began this" in opened
    assert [address in page for page in (opened, listed)] == [True, True]
    assert "Log a contact, Ann Lee" in listed
    assert "1 draft not finished" in home
    assert "half a thought" not in opened + listed + home


@pytest.mark.parametrize("days, is_there", [(29, True), (30, False)])
def test_a_draft_is_kept_for_30_days(hers, parent, days, is_there):
    with time_machine.travel(timezone.now() - timedelta(days=days, minutes=1)):
        keep(hers, url_of("log_contact", parent), note="old")

    call_command("sweep_drafts")
    assert (len(rows(Draft)) == 1) is is_there


def test_an_old_draft_is_not_shown_before_it_is_swept(hers, parent):
    with time_machine.travel(timezone.now() - timedelta(days=31)):
        keep(hers, url_of("log_contact", parent), note="old")

    assert "You began this" not in hers.get(url_of("log_contact", parent)).content.decode()


@pytest.mark.parametrize("draft", ["", "x", "\x00", "7f3e1c1a-53ae-4d7f-9d20-0d3b2f1f5a11"])
def test_an_address_that_names_no_draft_opens_the_page(hers, parent, draft):
    answer = hers.get(url_of("log_contact", parent), {"draft": draft})

    assert answer.status_code == 200


@pytest.mark.parametrize("spoiled", ["", "-1", "1e9", "٣", "9" * 300])
def test_spoiled_values_of_the_page_cost_no_word(hers, parent, spoiled):
    names = ("draft", "draft_turn", "draft_earlier", "draft_version")

    answer = keep(hers, url_of("log_contact", parent), note=NOTE, **dict.fromkeys(names, spoiled))

    assert answer.status_code == 200
    assert kept() == [NOTE]


def test_the_blank_note_knows_nobody(hers, client):
    hers.get(reverse("desk:home"))

    pages = [one.get(reverse("drafts:show_blank_note")) for one in (hers, Client())]

    nonces = [one.content.decode().split('nonce="')[1].split('"')[0] for one in pages]
    said = [
        one.content.decode().replace(nonce, "") for one, nonce in zip(pages, nonces, strict=True)
    ]
    assert said[0] == said[1]
    assert [len(one.cookies) for one in pages] == [0, 0]
