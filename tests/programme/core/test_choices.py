"""The values are the caseload package's, copied here by hand: a changed one breaks every file."""

import inspect
import re

import pytest

from programme.core import choices

VALUES = {
    "AssessmentKind": "pre_birth post_birth parenting initial father_own other",
    "Born": "live stillborn",
    "CareExperienced": "yes no not_known not_asked",
    "CaseloadUnit": "parents children",
    "ChildPlan": (
        "universal early_help child_in_need child_protection looked_after "
        "supervision_order special_guardianship adoption undecided not_known"
    ),
    "ChildSex": "female male not_recorded",
    "ClosureReason": (
        "completed moved_to_next_steps moved_area pregnancy_did_not_progress "
        "transferred chose_not_to_continue lost_touch child_returned "
        "custody_or_hospital staff_safety died service_ended other"
    ),
    "ConsentCovers": "own_worker stand_in clinician",
    "ConsentDecision": "given refused withdrawn",
    "ConsentGivenHow": "spoken written electronic with_interpreter with_advocate",
    "ConsentPurpose": (
        "take_part record_contraception share_with_gp share_with_midwife "
        "share_with_social_care evaluation text_messages photograph tell_story"
    ),
    "ContactKind": "crisis statutory_visit",
    "ContactMode": (
        "home_visit community_visit office phone video text email letter group court "
        "health_appointment other"
    ),
    "ContactOutcome": (
        "met tried_no_answer missed_by_parent cancelled_by_parent cancelled_by_service"
    ),
    "ContactPurpose": "support assessment meeting group_session family_time other",
    "ContraceptionAnswer": (
        "not_discussed no_decision prefer_not_to_say none abstaining "
        "hoping_for_pregnancy not_relevant method"
    ),
    "ContraceptionEvent": (
        "information_offered conversation choice method_started method_ended "
        "change_requested change_done"
    ),
    "CostKind": "running set_up",
    "Decision": "pending accepted not_accepted withdrawn",
    "DocumentKind": "letter court_paper report consent_form photo email other",
    "DueDateBasis": "last_period dating_scan later_scan clinical not_known",
    "ExplainedByRole": "sexual_health_clinician gp midwife other_clinician none",
    "FamilyTimeKind": "letterbox direct calls other none",
    "FatherNotNamedReason": "her_wish safety not_known",
    "FeedbackAbout": (
        "formulation_meeting stage_end birth_plan service contraception_conversation closing"
    ),
    "FeedbackAnswer": (
        "strongly_agree agree neither disagree strongly_disagree yes yes_a_little no"
    ),
    "FeedbackQuestion": "felt_listened_to clear fair helped felt_pressed free_text",
    "CourtDateKind": "letter issued first_hearing order concluded",
    "CourtSource": "court_document local_authority other parent",
    "HearingKind": (
        "first urgent interim directions issues_resolution final problem_solving other"
    ),
    "HearingOutcome": "held moved called_off",
    "FeedbackRespondent": "mother father family professional",
    "FinalOrder": (
        "care_order care_order_at_home placement_order special_guardianship "
        "child_arrangements supervision_order adoption no_order other"
    ),
    "GoalEnd": "reached changed let_go",
    "GoalKind": "practical therapeutic children health court activity peer",
    "GoalSetBy": "parent together worker",
    "Jurisdiction": "england wales england_and_wales",
    "LegalRoute": (
        "section_20 section_76 police_protection emergency_protection_order "
        "interim_care_order care_order placement_order private_arrangement relinquished "
        "other not_recorded"
    ),
    "LivingWith": (
        "unborn parents mother father parent_and_baby_placement family_or_friends "
        "foster_care fostering_to_adopt adoptive_family residential hospital other "
        "not_known"
    ),
    "MeetingKind": (
        "allocation formulation initial_child_protection_conference "
        "review_child_protection_conference looked_after_review family_group_conference "
        "birth_planning professionals other"
    ),
    "MissedBecause": "parent service logistics",
    "Need": (
        "housing money_and_debt domestic_abuse substance_use alcohol_use mental_health "
        "physical_health grief_and_loss relationships_with_children learning_disability "
        "work_and_learning offending isolation other"
    ),
    "NotAcceptedReason": (
        "pregnancy_did_not_progress criteria_not_met out_of_area declined_by_parent "
        "no_capacity duplicate other"
    ),
    "NoticedKind": "strength worry",
    "ParentRole": "mother father other",
    "PathwayCode": "pause reflect baby_and_me pre_birth new_beginnings recurrent_offer other",
    "PopulationFigure": (
        "live_births women_15_44 children_under_18 median_wait_days_other_children "
        "ofsted_grade early_help_spend"
    ),
    "PregnancyOutcome": "ongoing live_birth stillbirth miscarriage termination mixed not_known",
    "ProceedingsEnd": "final_order withdrawn stayed",
    "ProtectionCategory": "staff_or_relative high_risk high_profile adoption",
    "ProtectionKind": "restricted denied",
    "RatedBy": "parent worker together",
    "ReferralSource": (
        "self midwife health_visitor social_worker early_help legal gp probation police "
        "housing voluntary court other not_recorded"
    ),
    "RelationToChild": "birth adoptive step expected other",
    "Sex": "female male other not_recorded",
    "SupportCategory": "practical therapeutic children health court activity peer",
    "SupportResponse": "taken declined waiting not_yet_answered",
    "UrgencyReason": "none immediate_safety emergency_protection_order other not_recorded",
    "WhoseWords": "parent together worker somebody_else",
    "WorkerRole": "practitioner consultant manager coordinator contact_liaison_officer",
    "YesNoNotRecorded": "yes no not_recorded",
}


@pytest.mark.parametrize("name", VALUES)
def test_values_are_those_of_the_package(name):
    assert getattr(choices, name).values == VALUES[name].split()


def test_every_list_is_checked_here():
    lists = {name for name, _ in inspect.getmembers(choices, inspect.isclass)}

    assert lists == VALUES.keys() == set(choices.__all__)


# Words that people in these records should not have to read (the glossary gives better ones).
HARSH = "removal|case|client|cohort|birth mother|non-compliant|failed|refused to"


@pytest.mark.parametrize("name", VALUES)
def test_labels_are_written_for_people(name):
    labels = getattr(choices, name).labels

    assert len(set(labels)) == len(labels)
    for label in labels:
        assert label[0].isupper() and "_" not in label
        assert not re.search(rf"\b({HARSH})\b", label.lower())
