"""A record with a row of every kind, and what a browser sends from each page that changes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.models import User
from programme.access.parts import Part, Role
from programme.access.policy import POLICY
from programme.chronology.reads import Mark
from programme.contacts.models import NextStep
from programme.core.dates import today
from programme.episodes.models import Allocation, Episode
from programme.families.models import FamilyTime, ImportantDate, Noticed
from programme.joining.models import Merge, PossibleMatch
from programme.papers.actions import answer_lines, begin_chronology
from programme.papers.models import Chronology
from programme.papers.reads.chronology import whole
from programme.pathways.models import Programme, Worker
from programme.people.models import (
    Child,
    FamilyMember,
    Identity,
    Parent,
    ParentChild,
    Partnership,
    SamePerson,
)
from programme.proceedings.models import ProceedingsChild, Separation, named_key
from programme.returning.models import RecordRequest
from programme.supervision.models import SignOff
from programme.support.models import Goal
from tests import builders
from tests.files import Upload, a_pdf, an_email
from tests.forms import as_sent
from tests.programme.pages import rows
from tests.programme.returning.again import line_of, make_last_time

CANARY_POSTCODE = "ZZ99 9ZZ"
# Which row each page names beside the parent: the name in its address, and that of the row here.
IDS = {
    "contacts:correct_contact": {"contact_id": "contact_id"},
    "contacts:settle_planned_contact": {"plan_id": "plan_id"},
    "episodes:begin_pause": {"episode_id": "episode_id"},
    "episodes:review_pause": {"pause_id": "pause_id"},
    "ending:end_episode": {"episode_id": "episode_id"},
    "contacts:finish_next_step": {"step_id": "step_id"},
    "supervision:record_supervision": {"episode_id": "episode_id"},
    "supervision:correct_supervision": {"supervision_id": "supervision_id"},
    "supervision:hand_over": {"episode_id": "episode_id"},
    "supervision:sign_off": {"contact_id": "unsigned_id"},
    "supervision:answer_return": {"contact_id": "returned_id"},
    "documents:show_document": {"document_id": "document_id"},
    "documents:download_document": {"document_id": "document_id"},
    "documents:correct_document": {"document_id": "document_id"},
    "documents:remove_document": {"document_id": "document_id"},
    "documents:put_back_document": {"document_id": "removed_id"},
    "people:change_rule": {"rule_id": "rule_id"},
    "people:end_rule": {"rule_id": "rule_id"},
    "proceedings:add_date": {"set_id": "set_id"},
    "proceedings:add_hearing": {"set_id": "set_id"},
    "proceedings:change_hearing": {"hearing_id": "hearing_id"},
    "proceedings:ask_company": {"hearing_id": "hearing_id"},
    "proceedings:record_representation": {"set_id": "set_id"},
    "proceedings:name_people": {"set_id": "set_id"},
    "proceedings:take_off_people": {"set_id": "set_id"},
    "pregnancies:add_due_date": {"pregnancy_id": "pregnancy_id"},
    "returning:answer_request": {"request_id": "request_id"},
    "protection:review_opening": {"opening_id": "opening_id"},
    "protection:lift_protection": {"protection_id": "protection_id"},
    "history:show_row": {"code": "code", "row_id": "contact_id"},
    "pregnancies:decide_telling": {"pregnancy_id": "pregnancy_id"},
    "pregnancies:record_ending": {"pregnancy_id": "pregnancy_id"},
    "families:correct_child": {"child_id": "child_id"},
    "families:correct_relation": {"link_id": "link_id"},
    "families:take_off_child": {"link_id": "link_id"},
    "families:take_off_same_person": {"same_id": "same_id"},
    "families:agree_family_time": {"child_id": "child_id"},
    "families:record_circumstance": {"child_id": "child_id"},
    "families:change_family_time": {"time_id": "time_id"},
    "families:correct_partnership": {"spell_id": "spell_id"},
    "families:remove_important_date": {"date_id": "date_id"},
    "families:end_strength_or_worry": {"noticed_id": "noticed_id"},
    "chronology:show_significant": {"mark_id": "mark_id"},
    "chronology:correct_entry": {"entry_id": "entry_id"},
    "assessments:change_assessment": {"assessment_id": "assessment_id"},
    "assessments:change_meeting": {"meeting_id": "meeting_id"},
    "support:change_goal": {"goal_id": "goal_id"},
    "support:change_help": {"help_id": "help_id"},
    "measures:record_measure": {"instrument": "instrument"},
    "measures:correct_measure": {"measure_id": "measure_id"},
    "measures:take_off_measure": {"measure_id": "measure_id"},
    "papers:check_chronology": {"chronology_id": "chronology_id"},
    "papers:show_chronology": {"chronology_id": "chronology_id"},
    "papers:download_chronology_pdf": {"chronology_id": "checked_id"},
    "papers:download_chronology_docx": {"chronology_id": "checked_id"},
    "papers:write_letter": {"letter_id": "letter_id"},
    "papers:address_letter": {"letter_id": "letter_id"},
    "papers:end_letter": {"letter_id": "letter_id"},
    "papers:write_again": {"letter_id": "letter_id"},
    "papers:print_letter": {"letter_id": "letter_id"},
    "papers:download_letter": {"letter_id": "letter_id"},
    "intake:decide_referral": {"referral_id": "referral_id"},
    "joining:join_records": {"other_id": "other_id"},
    "joining:undo_join": {"merge_id": "merge_id"},
    "joining:answer_possible_match": {"match_id": "match_id"},
}
# Sent by a button of another page.
ONLY_SENT = {
    "contacts:finish_next_step",
    "chronology:mark_significant",
    "documents:put_back_document",
    "families:end_strength_or_worry",
    "families:remove_important_date",
    "families:switch_prompts",
    "papers:end_letter",
    "papers:write_again",
    "protection:keep_protection",
}
JOINING = ("look_for_same", "join_records", "undo_join", "answer_possible_match")
# The open record cannot be referred again: these pages are tried on one that has ended.
OF_THE_FORMER = ("returning:re_refer", "returning:ask_for_record")
# Somebody newly referred, who may be the same person as another.
OF_THE_NEWCOMER = ("intake:decide_referral", *(f"joining:{name}" for name in JOINING))


@dataclass(frozen=True)
class Scene:
    """A practitioner, the record in use, a former one of the same team, and the rows of both."""

    user: User
    programme: Programme
    worker: Worker
    parent: Parent
    episode: Episode
    former: Parent
    newcomer: Parent
    last_time: dict[str, Any]
    ids: dict[str, Any]

    def parent_of(self, page: str) -> Parent:
        if page in OF_THE_NEWCOMER:
            return self.newcomer
        return self.former if page in OF_THE_FORMER else self.parent

    def address(self, page: str) -> str:
        keys: dict[str, Any] = {"parent_id": self.parent_of(page).pk}
        keys |= {name: self.ids[row] for name, row in IDS.get(page, {}).items()}
        return reverse(page, kwargs=keys)


def make_scene(role: str = "mother") -> Scene:
    """Everything a record can hold, its wording free of "she" and "her"."""
    with builders.as_seeder():
        return _scene(role)


def _scene(role: str) -> Scene:
    programme = builders.make_programme("Northtown", signs_off_since=today())
    user = builders.make_practitioner(programme, "Grace Example")
    builders.grant_role(user, Role.SENIOR, programme)
    builders.grant_role(user, Role.PROTECTION_OFFICER, None)
    worker = user.workers.get()
    parent = builders.make_parent(
        role,
        given_names="Alex",
        family_name="Roy",
        postcode=CANARY_POSTCODE,
        date_of_birth=date(1995, 6, 7),
    )
    former = builders.make_parent(role, given_names="Robin", family_name="Day")
    episode = builders.make_episode(parent, programme, worker)
    builders.enter_stage(episode, "engagement", episode.opened_on)
    ids = _rows(user, worker, parent, episode)
    ids |= _read_over(user, programme, parent, episode)
    ids |= _around(parent, episode) | _beside(programme, worker, parent)
    last_time = make_last_time(former, programme, worker)
    newcomer = _newcomer(role, programme)
    ids |= _told_of_newcomer(newcomer, programme, user)
    return Scene(user, programme, worker, parent, episode, former, newcomer, last_time, ids)


def _newcomer(role: str, programme: Programme) -> Parent:
    return builders.make_parent(role, given_names="Sam", family_name="Fox")


def _told_of_newcomer(newcomer: Parent, programme: Programme, user: User) -> dict[str, UUID]:
    """A referral to decide, somebody of the same name, one who was joined, a possible match."""
    double = _newcomer(newcomer.parent_role, programme)
    referrals = [
        builders.make_referral(one, programme, decision="pending") for one in (newcomer, double)
    ]
    absorbed = builders.make_parent(newcomer.parent_role)
    merge = builders.stored(
        Merge,
        kept=newcomer,
        absorbed=absorbed,
        absorbed_reference=absorbed.reference,
        why="The GP said so",
        joined_by=user,
    )
    match = builders.stored(
        PossibleMatch,
        parent=newcomer,
        found_for=absorbed,
        programme=programme,
        asked_by=user,
        words="Same date of birth",
    )
    return {
        "referral_id": referrals[0].pk,
        "other_id": double.pk,
        "merge_id": merge.pk,
        "match_id": match.pk,
    }


def _rows(user: User, worker: Worker, parent: Parent, episode: Episode) -> dict[str, Any]:
    elsewhere = builders.make_programme("Southside")
    logged_at = timezone.now() - timedelta(minutes=5)
    contact = builders.make_contact(
        parent,
        episode,
        worker=worker,
        written_by=user,
        recorded_at=logged_at,
        happened_at=logged_at,
        note="Talked about housing",
    )
    step = builders.stored(NextStep, episode=episode, wording="Ring housing", due_on=today())
    plan = builders.make_plan(episode, worker=worker, with_whom="The midwife", written_by=user)
    asked_by = builders.make_practitioner(elsewhere)
    request = builders.stored(
        RecordRequest, parent=parent, programme=elsewhere, asked_by=asked_by, why="New baby"
    )
    ids = {"contact_id": contact.pk, "step_id": step.pk, "request_id": request.pk}
    ids["plan_id"] = plan.pk
    ids["protection_id"] = builders.protect(parent, "denied", asked_by).pk
    ids["asked_protection_id"] = builders.ask_for_protection(parent, user).pk
    ids["opening_id"] = builders.make_opening(parent).pk
    document = builders.make_document(parent, episode.programme, episode=episode)
    taken_out = {"removed_at": logged_at, "removed_by": user, "removed_why": "Of another person"}
    removed = builders.make_document(parent, episode.programme, **taken_out)
    ids |= {"document_id": document.pk, "removed_id": removed.pk}
    ids["code"] = "contact"
    ids["assessment_id"] = builders.make_assessment(episode).pk
    ids["meeting_id"] = builders.make_meeting(episode).pk
    ids["supervision_id"] = builders.make_supervision(episode).pk
    ids["goal_id"] = builders.make_goal(episode, wording="A flat").pk
    ids["help_id"] = builders.make_help(episode).pk
    ids |= {"measure_id": builders.make_measure(episode).pk, "instrument": "core10"}
    ids |= _papers(user, parent, episode)
    if parent.parent_role == "mother":
        pregnancy = builders.make_pregnancy(parent, today() + timedelta(days=150))
        return {**ids, "pregnancy_id": pregnancy.pk}
    return ids


def _read_over(
    user: User, programme: Programme, parent: Parent, episode: Episode
) -> dict[str, UUID]:
    """A contact to sign off, one that another senior returned, and somebody to hand over to."""
    other = builders.make_practitioner(programme, "Sena Example", role=Role.SENIOR)
    unsigned = builders.make_contact(
        parent, episode, written_by=other, note="A visit", recorded_at=timezone.now()
    )
    returned = builders.make_contact(parent, episode, written_by=user, note="Another visit")
    builders.stored(
        SignOff, contact=returned, step="returned", comment="When?", contact_version=1, by=other
    )
    return {
        "episode_id": episode.pk,
        "unsigned_id": unsigned.pk,
        "returned_id": returned.pk,
        "next_worker_id": other.workers.get().pk,
    }


def _beside(programme: Programme, worker: Worker, parent: Parent) -> dict[str, UUID]:
    """A partner with a record, whose child may be linked, and a child of the parent's own day."""
    partner = builders.make_parent("other", given_names="Sam", family_name="Oak")
    builders.make_episode(partner, programme, worker)
    builders.stored(Partnership, parent=parent, other_parent=partner)
    own_day = Identity.objects.get(parent=parent).date_of_birth
    beside = builders.stored(Child, given_names="Bo", date_of_birth=date(2019, 1, 2))
    same_day = builders.stored(Child, given_names="Alex", date_of_birth=own_day)
    once = builders.stored(Child, given_names="Ali", date_of_birth=date(2001, 7, 8))
    for child in (beside, same_day, once):
        builders.stored(ParentChild, parent=partner, child=child, relation="birth")
    return {
        "partner_id": partner.pk,
        "beside_id": beside.pk,
        "same_day_id": same_day.pk,
        "same_id": builders.stored(SamePerson, child=once, parent=parent).pk,
    }


def _papers(user: User, parent: Parent, episode: Episode) -> dict[str, Any]:
    """A marked event, one from elsewhere, a chronology to read, one that was checked, a letter."""
    entry = builders.make_entry(parent, episode.programme, written_by=user)
    mark = builders.make_mark(parent, "episode", episode.pk, marked_by=user)
    chronology = make_answered(parent, episode.programme, user, ("entry", str(entry.pk)))
    checked = builders.make_chronology(parent, episode.programme, made_by=user)
    letter = builders.make_letter(parent, episode.programme, written_by=user)
    return {
        "mark_id": mark.pk,
        "entry_id": entry.pk,
        "chronology_id": chronology.pk,
        "line_id": chronology.lines.get().pk,
        "checked_id": checked.pk,
        "letter_id": letter.pk,
    }


def make_answered(parent: Parent, programme: Programme, user: User, *marks: Mark) -> Chronology:
    """A chronology whose lines were all kept; nobody has read the whole yet."""
    made = begin_chronology(
        key=uuid4(),
        parent=parent,
        programme=programme,
        marks=marks,
        first_day=None,
        last_day=today(),
        for_whom="court",
        recipient="Family Court",
        names_workers=True,
        by=user,
    )
    found = whole(made, dict.fromkeys(Part, True))
    answer_lines(found=found, replies={one.row.pk: ("keep", ()) for one in found.lines}, by=user)
    return made


def _around(parent: Parent, episode: Episode) -> dict[str, UUID]:
    """Goal, permissions, rule, child, proceedings, an earlier episode."""
    builders.stored(
        Goal, episode=episode, wording="A flat", set_by="parent", agreed_on=episode.opened_on
    )
    builders.make_consent(parent, "record_contraception", covers_own_worker=True)
    builders.make_consent(parent, "take_part")
    rule = builders.make_safe_contact(parent, number="07700 900123", may_text=True)
    child = builders.stored(Child, given_names="Ivy", date_of_birth=date(2020, 3, 4))
    link = builders.stored(ParentChild, parent=parent, child=child, relation="birth")
    builders.stored(Separation, child=child, separated_on=date(2021, 3, 4))
    court = builders.make_proceedings(parent, issued_on=date(2021, 4, 4))
    hearing = builders.make_hearing(court)
    opened_on = today() - timedelta(days=1000)
    closed_on = opened_on + timedelta(days=300)
    earlier = builders.make_episode(
        parent, episode.programme, opened_on=opened_on, closed_on=closed_on
    )
    member = builders.stored(FamilyMember, parent=parent, name="Jo", parent_role="other")
    spell = builders.stored(Partnership, parent=parent, other_member=member)
    time = {"parent": parent, "child": child, "kind": "direct", "agreed_on": date(2021, 5, 4)}
    worry = {"kind": "worry", "wording": "Alone", "words_of": "parent", "noted_on": today()}
    return {
        "rule_id": rule.pk,
        "episode_id": episode.pk,
        "pause_id": builders.make_pause(earlier, from_date=opened_on).pk,
        "set_id": court.pk,
        "hearing_id": hearing.pk,
        "child_id": child.pk,
        "link_id": link.pk,
        "spell_id": spell.pk,
        "time_id": builders.stored(FamilyTime, **time).pk,
        "date_id": builders.stored(ImportantDate, parent=parent, day=today(), wording="Our day").pk,
        "noticed_id": builders.stored(Noticed, episode=episode, **worry).pk,
    }


# --- What a browser sends -------------------------------------------------------------------


def name_by_hand(scene: Scene) -> ProceedingsChild:
    """The parent's child, named in the set as the page for that names one."""
    keys = (scene.ids["set_id"], scene.ids["child_id"])
    row: ProceedingsChild = builders.stored(
        ProceedingsChild, id=named_key(*keys), proceedings_id=keys[0], child_id=keys[1]
    )
    return row


def boxes(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def _a_return(scene: Scene) -> dict[str, Any]:
    last = scene.last_time
    kept = [*last["goals"], last["take_part"], last["notes"], last["rule"]]
    kept += rows(Allocation, episode=last["episode"])
    due_on = today() + timedelta(days=190)
    pregnant = {"pregnancy": "new", "basis": "dating_scan", **boxes("estimated_due_date", due_on)}
    return {
        **{line_of(row): "keep" for row in kept},
        "given_how": "spoken",
        "programme": str(scene.programme.pk),
        "source": "self",
        "reason": "They rang us",
        **pregnant,
    }


# Of what was written long ago, or by somebody else.
WHY = {"reason": "They told us"}
Typed = Callable[[Scene], dict[str, Any]]
TYPED: dict[str, Typed] = {
    "contacts:log_contact": lambda scene: {
        "mode": "home_visit",
        "outcome": "met",
        "note": "Tea",
        "next_step": "Ring the GP",
    },
    "contacts:log_no_answer": lambda scene: {"mode": "phone"},
    "contacts:log_together": lambda scene: {
        "others": [str(scene.ids["partner_id"])],
        "mode": "home_visit",
        "shared": "Tea",
        "because": "They asked to be seen together",
    },
    "contacts:plan_contact": lambda scene: {
        "mode": "office",
        "at": "14:30",
        **boxes("day", today() + timedelta(days=2)),
    },
    "contacts:settle_planned_contact": lambda scene: {"outcome": "missed_by_parent.service"},
    "contacts:correct_contact": lambda scene: {"note": "Better words"},
    "contacts:add_next_step": lambda scene: {"wording": "Ring the midwife"},
    "contacts:finish_next_step": lambda scene: {},
    "supervision:record_supervision": lambda scene: {
        "talked_about": "How the flat is",
        "decision": "Ask housing again",
        "action_1": "Ring housing",
        "worker_1": str(scene.worker.pk),
        **boxes("due_on_1", today() + timedelta(days=7)),
    },
    "supervision:correct_supervision": lambda scene: {"decision": "Ask again", "reason": "A slip"},
    "supervision:hand_over": lambda scene: {
        "worker": str(scene.ids["next_worker_id"]),
        "note": "Likes to be rung in the morning",
    },
    "supervision:sign_off": lambda scene: {"answer": "return", "comment": "Who was there?"},
    "supervision:answer_return": lambda scene: {"comment": "On Monday"},
    "episodes:change_stage": lambda scene: {"stage": "decision"} | boxes("entered_on", today()),
    "episodes:begin_pause": lambda scene: {"reason": "In hospital"},
    "episodes:review_pause": lambda scene: {"answer": "end"},
    "ending:end_episode": lambda scene: {
        "reason": "completed",
        f"step_{scene.ids['step_id']}": "ends",
        f"step_{scene.ids['step_id']}_why": "Not wanted any more",
        f"plan_{scene.ids['plan_id']}": "met",
    },
    "people:add_rule": lambda scene: {"number": "07700 900456", "times": "after 6"},
    "people:change_rule": lambda scene: {"number": "07700 900789"},
    "people:end_rule": lambda scene: {"because": "A new number"},
    "desk:change_safe_address": lambda scene: {
        "line_1": "1 New Street",
        "postcode": "SW1A 1AA",
        "why": "A move",
    },
    "proceedings:add_set": lambda scene: {
        "kind": "letter",
        "source": "local_authority",
        **boxes("happened_on", today()),
    },
    "proceedings:add_date": lambda scene: {
        "kind": "concluded",
        "ended_how": "final_order",
        "source": "court_document",
        **boxes("happened_on", today()),
    },
    "proceedings:add_hearing": lambda scene: {
        "kind": "final",
        "source": "court_document",
        **boxes("held_on", today() + timedelta(days=30)),
    },
    "proceedings:change_hearing": lambda scene: {
        "outcome": "moved",
        "source": "court_document",
        **boxes("held_on", today() + timedelta(days=40)),
    },
    "proceedings:ask_company": lambda scene: {"is_wanted": "yes", "who": "A friend"},
    "proceedings:record_representation": lambda scene: {
        "at_first_hearing": "no",
        "now": "yes",
        "solicitor": "A firm",
        "source": "court_document",
    },
    "proceedings:name_people": lambda scene: {
        "children": str(rows(ParentChild, parent=scene.parent)[0].child_id)
    },
    "proceedings:take_off_people": lambda scene: {
        "people": str(name_by_hand(scene).pk),
        "because": "Of another family",
    },
    "consents:record_decision": lambda scene: {
        "purpose": "evaluation",
        "decision": "given",
        "given_how": "spoken",
    },
    "documents:add_document": lambda scene: {
        "file": Upload(an_email(files={"plan.pdf": a_pdf()}), "plan.eml"),
        "kind": "email",
        "title": "The plan",
    },
    "documents:correct_document": lambda scene: {
        "title": "Letter about the flat",
        "from_whom": "The council",
        "reason": "It named somebody else",
    },
    "documents:remove_document": lambda scene: {"why": "It is about another person"},
    "documents:put_back_document": lambda scene: {},
    "pregnancies:record_pregnancy": lambda scene: {
        "basis": "dating_scan",
        **boxes("estimated_due_date", today() + timedelta(days=190)),
    },
    "pregnancies:add_due_date": lambda scene: {
        "basis": "clinical",
        **boxes("estimated_due_date", today() + timedelta(days=145)),
    },
    "pregnancies:record_ending": lambda scene: {
        "outcome": "miscarriage",
        **boxes("ended_on", today()),
    },
    "pregnancies:decide_telling": lambda scene: {
        "other_parent": str(scene.ids["partner_id"]),
        "may_be_told": "yes",
        "words": "Robin may know",
        "words_of": "parent",
    },
    "families:add_child": lambda scene: {
        "given_names": "Kit",
        "sex": "not_recorded",
        "relation": "birth",
        **boxes("date_of_birth", date(2022, 5, 6)),
    },
    "families:correct_child": lambda scene: {"given_names": "Ivy-Rose", **WHY},
    "families:correct_relation": lambda scene: {"relation": "step", **WHY},
    "families:take_off_child": lambda scene: {"reason": "Another child of this name"},
    "families:take_off_same_person": lambda scene: {"reason": "Two people of one name"},
    "families:link_child": lambda scene: {
        "child": str(scene.ids["beside_id"]),
        "relation": "step",
    },
    "families:record_circumstance": lambda scene: {"living_with": "foster_care"},
    "families:agree_family_time": lambda scene: {
        "kind": "letterbox",
        "months": ["6", "12"],
        "how_often": "Twice a year",
    },
    "families:change_family_time": lambda scene: {"how_often": "Every week", **WHY},
    "families:record_partnership": lambda scene: {
        "who": "new",
        "new_name": "Lou",
        "new_role": "other",
        **boxes("started_on", date(2020, 5, 6)),
    },
    "families:correct_partnership": lambda scene: boxes("ended_on", date(2021, 5, 6)) | WHY,
    "families:add_important_date": lambda scene: {
        "wording": "The goodbye visit",
        **boxes("day", date(2021, 5, 6)),
    },
    "families:remove_important_date": lambda scene: {},
    "families:switch_prompts": lambda scene: {"are_on": "no"},
    "families:find_same_person": lambda scene: {"child": str(scene.ids["same_day_id"])},
    "families:add_strength_or_worry": lambda scene: {
        "kind": "strength",
        "wording": "Keeps going",
        "words_of": "parent",
    },
    "families:end_strength_or_worry": lambda scene: {},
    "chronology:mark_significant": lambda scene: {
        "event": f"contact {scene.ids['contact_id']}",
    },
    "chronology:show_significant": lambda scene: {"why": "It began here"},
    "chronology:add_entry": lambda scene: {
        "what": "A new flat",
        "source": "the housing office",
        **boxes("happened_on", today()),
    },
    "chronology:correct_entry": lambda scene: {"what": "Moved to a flat"},
    "assessments:start_assessment": lambda scene: {"kind": "parenting"},
    "assessments:change_assessment": lambda scene: {
        "stands": "completed",
        **boxes("completed_on", today()),
        "conclusion": "She knows what her baby needs",
    },
    "assessments:record_meeting": lambda scene: {
        "kind": "formulation",
        "stands": "held",
        **boxes("held_on", today()),
    },
    "assessments:change_meeting": lambda scene: {"stands": "called_off"},
    "support:agree_goal": lambda scene: {"wording": "See my girl each week", "set_by": "parent"},
    "support:change_goal": lambda scene: {"stands": "reached", "rating": "10"},
    "support:offer_help": lambda scene: {"category": "practical", "kind": "A housing form"},
    "support:change_help": lambda scene: {
        "response": "taken",
        **boxes("started_on", today()),
        "parent_rating": "7",
    },
    "measures:record_measure": lambda scene: {"total": "17", "said_risk": "no"},
    "measures:correct_measure": lambda scene: {"total": "16", **WHY},
    "measures:take_off_measure": lambda scene: {"reason": "Of another person"},
    "papers:begin_chronology": lambda scene: {"for_whom": "court", "recipient": "Family Court"},
    "papers:check_chronology": lambda scene: {f"answer_{scene.ids['line_id']}": "leave_out"},
    "papers:show_chronology": lambda scene: {"has_read": "on"},
    "papers:begin_letter": lambda scene: {
        "template": f"{scene.programme.pk}.appointment",
        "recipient": "the parent",
    },
    "papers:write_letter": lambda scene: {"words": "We will meet on Thursday."},
    "papers:address_letter": lambda scene: {"with_address": "on"},
    "papers:end_letter": lambda scene: {"version": "1"},
    "papers:write_again": lambda scene: {"key": str(uuid4())},
    "returning:re_refer": _a_return,
    "returning:ask_for_record": lambda scene: {"why": "A new baby is due"},
    "returning:answer_request": lambda scene: {"answer": "released"},
    "protection:ask_for_protection": lambda scene: {"kind": "denied", "why": "Her cousin"},
    "protection:review_opening": lambda scene: {"finding": "right"},
    "protection:restrict_record": lambda scene: {
        "category": "high_risk",
        "people": [str(scene.user.pk)],
        "answers": [str(scene.ids["asked_protection_id"])],
        "why": "A colleague is a relative",
    },
    "protection:deny_person": lambda scene: {
        "user": str(builders.make_practitioner(scene.programme).pk),
        "why": "A cousin",
    },
    "protection:keep_protection": lambda scene: {},
    "protection:lift_protection": lambda scene: {"why": "The cousin has left"},
    "protection:answer_requests": lambda scene: {
        "answers": [str(scene.ids["asked_protection_id"])],
        "why": "Nobody of that name works here",
    },
    "intake:decide_referral": lambda scene: {
        "decision": "accepted",
        "stage": "engagement",
        "worker": str(scene.worker.pk),
    },
    "joining:look_for_same": lambda scene: {"not_same": [str(scene.ids["other_id"])]},
    "joining:join_records": lambda scene: {"why": "Both know the same GP"},
    "joining:undo_join": lambda scene: {"why": "Two people of one name"},
    "joining:answer_possible_match": lambda scene: {"answer": "not_said"},
    "contraception:record_information": lambda scene: {"explained_by_role": "gp"},
    "contraception:record_conversation": lambda scene: {
        "event": "conversation",
        "answer": "no_decision",
        "explained_by_role": "gp",
    },
}


def pages_that_change() -> set[str]:
    """Every page of a record that changes it, as the policy lists them."""
    return {name for name, access in POLICY.items() if access.writes}


def body_of(browser: Client, scene: Scene, page: str) -> dict[str, Any]:
    """The form of the page as it stands, with something typed into it."""
    shown = browser.get(scene.address(page))
    untouched = as_sent(shown.content.decode()) if shown.status_code == 200 else {}
    return untouched | TYPED[page](scene)


def browser_of(user: User) -> Client:
    """A browser of its own, signed in."""
    browser = Client()
    browser.force_login(user, backend=builders.DEMO_BACKEND)
    return browser
