"""Who may open which address. Closed by default: an address not listed here opens for nobody.

Addresses that name a parent (``parent_id``) also say which part of her record they need; who has
that part is the rule view's business, not this table's.
"""

from dataclasses import dataclass, field

from programme.access.parts import Part, Role

PRACTITIONERS = frozenset({Role.PRACTITIONER, Role.SENIOR})
CARE_TEAM = PRACTITIONERS | {Role.COORDINATOR, Role.CLINICIAN, Role.THERAPIST}
WRITES_CONTACTS = PRACTITIONERS | {Role.COORDINATOR}
READS_PEOPLE = CARE_TEAM | {Role.MANAGER, Role.DATA_OFFICER}
REPORTERS = frozenset({Role.MANAGER, Role.DATA_OFFICER})
EMERGENCY_OPENERS = PRACTITIONERS | {Role.COORDINATOR}
PROTECTORS = frozenset({Role.PROTECTION_OFFICER})
REVIEWERS = PROTECTORS | {Role.SENIOR}
# Who writes court dates from papers; a practitioner adds what the parent told her.
COURT_WRITERS = frozenset({Role.SENIOR})
# Whoever is told when another team may have met somebody whose record they keep.
KEEPERS = frozenset({Role.SENIOR, Role.PROTECTION_OFFICER})
# Who runs groups and marks a register; whom, is the rule view's business.
GROUP_WORKERS = PRACTITIONERS | {Role.COORDINATOR}
STAFF = frozenset(Role) - {Role.COMMISSIONER}
WRITES_TEMPLATES = frozenset({Role.SENIOR})
SUPERVISORS = frozenset({Role.SENIOR})


@dataclass(frozen=True)
class Access:
    """What one address asks of whoever opens it."""

    roles: frozenset[Role] = frozenset()
    # Any one of these parts of the parent; with ``writes``, to change it.
    parts: tuple[Part, ...] = ()
    writes: bool = False
    # Shows people without naming one: one line in the log of sights. Its view says whom
    # (``request.listed``).
    lists_people: bool = False
    # Opens one record for an hour; the view says whose, in ``request.parent_id``.
    breaks_glass: bool = False
    # Takes a copy out (print, PDF, export).
    takes_out: bool = False
    public: bool = False
    signed_in: bool = False
    # Opens for nobody, on purpose.
    closed: bool = False
    # Read through the database role that sees release tables and nothing else.
    releases_only: bool = False


def public() -> Access:
    """Open to anyone, signed in or not; shows no person."""
    return Access(public=True)


def signed_in() -> Access:
    """Open to every account; shows no person but the reader herself."""
    return Access(signed_in=True)


def by_secret() -> Access:
    """Open to whoever has the secret in its address; its view says whose it is
    (``request.reader``), and shows only what the wall lets that person see.
    """
    return Access(public=True, lists_people=True)


def closed() -> Access:
    """Opens for nobody: a way of another package that we do not offer."""
    return Access(closed=True)


def page(
    roles: frozenset[Role], *, lists_people: bool = False, releases_only: bool = False
) -> Access:
    """A page for these roles that names no parent."""
    return Access(roles=roles, lists_people=lists_people, releases_only=releases_only)


def person(*parts: Part, roles: frozenset[Role] = READS_PEOPLE, takes_out: bool = False) -> Access:
    """A page about one parent, to read."""
    return Access(roles=roles, parts=parts, takes_out=takes_out)


def change(*parts: Part, roles: frozenset[Role] = PRACTITIONERS) -> Access:
    """A page about one parent that changes her record."""
    return Access(roles=roles, parts=parts, writes=True)


def takes_out(*parts: Part, roles: frozenset[Role] = PRACTITIONERS) -> Access:
    """A page about one parent that is made to be printed or taken away."""
    return person(*parts, roles=roles, takes_out=True)


@dataclass(frozen=True)
class Included:
    """Addresses of another package, known by how their path begins."""

    prefix: str
    access: Access
    why: str = field(default="")


POLICY: dict[str, Access] = {
    # Signing in (allauth).
    "account_login": public(),
    "account_logout": public(),
    "account_inactive": public(),
    "cms_sign_in": public(),
    "account_reauthenticate": signed_in(),
    "unlock": signed_in(),
    "account_change_password": signed_in(),
    "mfa_authenticate": public(),
    "mfa_reauthenticate": signed_in(),
    "mfa_index": signed_in(),
    "mfa_activate_totp": signed_in(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_view_recovery_codes": signed_in(),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
    "demo:choose_person": public(),
    "demo:sign_in": public(),
    # The design system.
    "design:gallery": page(STAFF),
    # Resources (Wagtail).
    "wagtail_serve": public(),
    "wagtailimages_serve": public(),
    # One way in: Wagtail's own sign-in knows no limits and no second factor.
    "wagtailcore_login": closed(),
    # A password shared by readers of a page is nobody's password.
    "wagtailcore_authenticate_with_password": closed(),
    "wagtaildocs_authenticate_with_password": closed(),
    "cms:resources_for_stage": public(),
    "cms:search": public(),
    # Home.
    "desk:home": signed_in(),
    "desk:list_due": page(CARE_TEAM, lists_people=True),
    "workboard:show_team": page(SUPERVISORS),
    "workboard:show_own_work": page(CARE_TEAM, lists_people=True),
    "workboard:show_worker": page(SUPERVISORS, lists_people=True),
    "workboard:show_summary": Access(roles=SUPERVISORS, lists_people=True, takes_out=True),
    "workboard:show_own_summary": Access(roles=CARE_TEAM, lists_people=True, takes_out=True),
    "workboard:show_counts": page(frozenset({Role.MANAGER})),
    "cover:arrange_cover": page(SUPERVISORS, lists_people=True),
    "cover:end_cover": page(SUPERVISORS),
    # Supervision, handing over, signing off.
    "supervision:record_supervision": change(Part.NOTES, roles=SUPERVISORS),
    "supervision:correct_supervision": change(Part.NOTES, roles=SUPERVISORS),
    "supervision:hand_over": change(Part.NOTES, roles=SUPERVISORS),
    "supervision:list_sign_offs": page(SUPERVISORS, lists_people=True),
    "supervision:sign_off": change(Part.NOTES, roles=SUPERVISORS),
    "supervision:answer_return": change(Part.NOTES, Part.CONTACT_LOG, roles=WRITES_CONTACTS),
    "supervision:change_settings": page(frozenset({Role.MANAGER})),
    # A programme's own days off.
    "pathways:list_closed_days": page(SUPERVISORS),
    "pathways:remove_closed_day": page(SUPERVISORS),
    "desk:show_keys": signed_in(),
    "desk:find_parent": page(READS_PEOPLE),
    "desk:show_found": page(READS_PEOPLE, lists_people=True),
    # A parent's record.
    "desk:show_parent": person(Part.REFERENCE),
    "desk:show_safe_address": person(Part.SAFE_ADDRESS, roles=CARE_TEAM),
    # What the record said and says.
    "history:show_changes": person(Part.REFERENCE),
    "history:show_row": person(Part.REFERENCE),
    "history:show_day": person(Part.REFERENCE),
    "history:show_seen": person(Part.CORE, roles=PRACTITIONERS),
    # Contacts.
    "contacts:log_contact": change(
        Part.NOTES, Part.CONTACT_LOG, roles=PRACTITIONERS | {Role.COORDINATOR}
    ),
    "contacts:log_no_answer": change(
        Part.NOTES, Part.CONTACT_LOG, roles=PRACTITIONERS | {Role.COORDINATOR}
    ),
    "contacts:correct_contact": change(
        Part.NOTES, Part.CONTACT_LOG, roles=PRACTITIONERS | {Role.COORDINATOR}
    ),
    "contacts:log_together": change(Part.NOTES),
    "contacts:plan_contact": change(
        Part.NOTES, Part.CONTACT_LOG, roles=PRACTITIONERS | {Role.COORDINATOR}
    ),
    "contacts:settle_planned_contact": change(
        Part.NOTES, Part.CONTACT_LOG, roles=PRACTITIONERS | {Role.COORDINATOR}
    ),
    "contacts:ring_parent": person(Part.CORE, roles=CARE_TEAM),
    "contacts:text_parent": person(Part.CORE, roles=CARE_TEAM),
    "contacts:visit_parent": person(Part.CORE, roles=CARE_TEAM),
    "contacts:add_next_step": change(Part.CORE),
    "contacts:finish_next_step": change(Part.CORE),
    # Drafts: one's own and nobody else's. Where there is no signal, a blank page that knows nobody.
    "drafts:list_drafts": page(WRITES_CONTACTS, lists_people=True),
    "drafts:throw_away": page(WRITES_CONTACTS),
    "drafts:show_blank_note": public(),
    "drafts:note_worker": public(),
    # Groups and drop-ins: an address names a group or a date, never a parent.
    "groups:list_groups": page(GROUP_WORKERS),
    "groups:add_group": page(GROUP_WORKERS),
    "groups:show_group": page(GROUP_WORKERS),
    "groups:rename_group": page(GROUP_WORKERS),
    "groups:add_sessions": page(GROUP_WORKERS),
    "groups:choose_people": page(GROUP_WORKERS, lists_people=True),
    "groups:mark_register": page(GROUP_WORKERS, lists_people=True),
    "groups:cancel_session": page(GROUP_WORKERS),
    # Documents: court papers are court's part, everything else is notes.
    "documents:list_documents": person(Part.NOTES, Part.COURT, roles=PRACTITIONERS),
    "documents:show_document": person(Part.NOTES, Part.COURT, roles=PRACTITIONERS),
    "documents:download_document": person(
        Part.NOTES, Part.COURT, roles=PRACTITIONERS, takes_out=True
    ),
    "documents:add_document": change(Part.NOTES, Part.COURT),
    "documents:correct_document": change(Part.NOTES, Part.COURT),
    "documents:remove_document": change(Part.NOTES, Part.COURT),
    "documents:put_back_document": change(Part.NOTES, Part.COURT, roles=frozenset({Role.SENIOR})),
    # How to reach a parent safely, and where she lives.
    "people:show_safe_contact": person(Part.CORE, roles=CARE_TEAM),
    "people:add_rule": change(Part.CORE),
    "people:change_rule": change(Part.CORE),
    "people:end_rule": change(Part.CORE),
    "desk:change_safe_address": change(Part.SAFE_ADDRESS),
    # Court.
    "proceedings:show_court": person(Part.COURT, roles=PRACTITIONERS),
    "proceedings:add_set": change(Part.COURT),
    "proceedings:add_date": change(Part.COURT),
    "proceedings:add_hearing": change(Part.COURT),
    "proceedings:change_hearing": change(Part.COURT),
    "proceedings:ask_company": change(Part.COURT),
    "proceedings:record_representation": change(Part.COURT, roles=COURT_WRITERS),
    "proceedings:name_people": change(Part.COURT, roles=COURT_WRITERS),
    "proceedings:take_off_people": change(Part.COURT, roles=COURT_WRITERS),
    # Significant events, and events from elsewhere.
    "chronology:mark_significant": change(Part.CORE),
    "chronology:show_significant": change(Part.CORE),
    "chronology:add_entry": change(Part.NOTES),
    "chronology:correct_entry": change(Part.NOTES),
    # Papers that leave: each print and each download is one line in the log of sights.
    "papers:choose_paper": person(Part.NOTES, roles=PRACTITIONERS),
    "papers:begin_chronology": change(Part.NOTES),
    "papers:check_chronology": change(Part.NOTES),
    "papers:show_chronology": change(Part.NOTES),
    "papers:download_chronology_pdf": takes_out(Part.NOTES),
    "papers:download_chronology_docx": takes_out(Part.NOTES),
    "papers:show_summary": takes_out(Part.NOTES),
    "papers:download_summary": takes_out(Part.NOTES),
    "papers:show_own_copy": takes_out(Part.NOTES),
    "papers:download_own_copy": takes_out(Part.NOTES),
    "papers:begin_letter": change(Part.NOTES),
    "papers:write_letter": change(Part.NOTES),
    "papers:address_letter": change(Part.SAFE_ADDRESS),
    "papers:end_letter": change(Part.NOTES),
    "papers:write_again": change(Part.NOTES),
    "papers:print_letter": takes_out(Part.NOTES),
    "papers:download_letter": takes_out(Part.NOTES),
    "papers:list_templates": page(WRITES_TEMPLATES),
    "papers:edit_template": page(WRITES_TEMPLATES),
    # Pregnancy, stage, permission.
    "pregnancies:record_pregnancy": change(Part.INTAKE),
    "pregnancies:add_due_date": change(Part.INTAKE),
    "pregnancies:record_ending": change(Part.CORE),
    "pregnancies:decide_telling": change(Part.CORE),
    "episodes:change_stage": change(Part.CORE),
    "episodes:begin_pause": change(Part.CORE),
    "episodes:review_pause": change(Part.CORE),
    "ending:end_episode": change(Part.CORE),
    "consents:show_consents": person(Part.CORE),
    "consents:record_decision": change(Part.CORE),
    # The family around a parent.
    "families:show_family": person(Part.CORE, roles=CARE_TEAM),
    "families:add_child": change(Part.CORE),
    "families:correct_child": change(Part.CORE),
    "families:link_child": change(Part.CORE),
    "families:correct_relation": change(Part.CORE),
    "families:take_off_child": change(Part.CORE),
    # Outcomes by the row's own wall; whoever only corrects figures has no notes to change.
    "families:record_circumstance": change(Part.NOTES),
    "families:agree_family_time": change(Part.CORE),
    "families:change_family_time": change(Part.CORE),
    "families:record_partnership": change(Part.CORE),
    "families:correct_partnership": change(Part.CORE),
    "families:add_important_date": change(Part.CORE),
    "families:remove_important_date": change(Part.CORE),
    "families:switch_prompts": change(Part.CORE),
    "families:find_same_person": change(Part.CORE),
    "families:take_off_same_person": change(Part.CORE),
    "families:show_strengths": person(Part.NOTES, roles=PRACTITIONERS),
    "families:add_strength_or_worry": change(Part.NOTES),
    "families:end_strength_or_worry": change(Part.NOTES),
    "assessments:show_meetings": person(Part.NOTES, roles=PRACTITIONERS),
    "assessments:start_assessment": change(Part.NOTES),
    "assessments:change_assessment": change(Part.NOTES),
    "assessments:record_meeting": change(Part.NOTES),
    "assessments:change_meeting": change(Part.NOTES),
    "support:show_plan": person(Part.NOTES, roles=PRACTITIONERS),
    "support:agree_goal": change(Part.NOTES),
    "support:change_goal": change(Part.NOTES),
    "support:offer_help": change(Part.NOTES),
    "support:change_help": change(Part.NOTES),
    # Questionnaires. Whoever only corrects figures records none: a talk may follow the same day,
    # and so a next step.
    "measures:show_measures": person(Part.OUTCOMES, roles=PRACTITIONERS | REPORTERS),
    "measures:record_measure": change(Part.CORE),
    "measures:correct_measure": change(Part.OUTCOMES, roles=PRACTITIONERS | {Role.DATA_OFFICER}),
    "measures:take_off_measure": change(Part.OUTCOMES, roles=PRACTITIONERS | {Role.DATA_OFFICER}),
    # Contraception: the care pair.
    "contraception:show_conversations": person(
        Part.CARE, roles=frozenset({Role.PRACTITIONER, Role.CLINICIAN})
    ),
    "contraception:record_information": change(
        Part.CARE, roles=frozenset({Role.PRACTITIONER, Role.CLINICIAN})
    ),
    "contraception:record_conversation": change(
        Part.HEALTH, roles=frozenset({Role.PRACTITIONER, Role.CLINICIAN})
    ),
    # Returning.
    "returning:re_refer": change(Part.INTAKE),
    "returning:ask_for_record": change(Part.INTAKE),
    "returning:list_requests": page(frozenset({Role.SENIOR}), lists_people=True),
    "returning:answer_request": change(Part.CUSTODY, roles=frozenset({Role.SENIOR})),
    # Restricted, denied, opened in an emergency.
    "protection:open_in_emergency": Access(roles=EMERGENCY_OPENERS, breaks_glass=True),
    "protection:list_openings": page(REVIEWERS, lists_people=True),
    "protection:review_opening": change(Part.CUSTODY, Part.PROTECTION, roles=REVIEWERS),
    "protection:ask_for_protection": change(Part.INTAKE),
    "protection:list_protected": page(PROTECTORS, lists_people=True),
    "protection:show_protection": person(Part.PROTECTION, roles=PROTECTORS),
    "protection:restrict_record": change(Part.PROTECTION, roles=PROTECTORS),
    "protection:deny_person": change(Part.PROTECTION, roles=PROTECTORS),
    "protection:keep_protection": change(Part.PROTECTION, roles=PROTECTORS),
    "protection:lift_protection": change(Part.PROTECTION, roles=PROTECTORS),
    "protection:answer_requests": change(Part.PROTECTION, roles=PROTECTORS),
    # Referrals taken in and decided.
    "intake:receive_referral": page(PRACTITIONERS, lists_people=True),
    "intake:decide_referral": change(Part.INTAKE),
    # The same person.
    "joining:look_for_same": change(Part.CORE),
    "joining:join_records": change(Part.CORE, roles=frozenset({Role.SENIOR})),
    "joining:undo_join": change(Part.CORE, roles=frozenset({Role.SENIOR})),
    "joining:list_possible_matches": page(KEEPERS, lists_people=True),
    "joining:answer_possible_match": change(Part.CUSTODY, Part.PROTECTION, roles=KEEPERS),
    # Figures.
    "reporting:choose_report": page(REPORTERS),
    "reporting:show_report": page(REPORTERS),
    "reporting:download_report_pdf": page(REPORTERS),
    "reporting:download_report_csv": page(REPORTERS),
    "reporting:show_members": page(REPORTERS, lists_people=True),
    "reporting:propose_release": page(frozenset({Role.MANAGER})),
    "reporting:list_releases": page(REPORTERS),
    "reporting:show_release": page(REPORTERS),
    "reporting:decide_release": page(frozenset({Role.DATA_OFFICER})),
    "commissioner:list_releases": page(frozenset({Role.COMMISSIONER}), releases_only=True),
    "commissioner:show_release": page(frozenset({Role.COMMISSIONER}), releases_only=True),
    # What one is told outside the service, and the work behind it.
    "reminders:show_reminders": page(CARE_TEAM),
    "reminders:make_calendar": page(CARE_TEAM),
    "reminders:end_calendar": page(CARE_TEAM),
    "reminders:show_calendar": by_secret(),
    "jobs:list_jobs": page(frozenset({Role.ADMINISTRATOR})),
    # Caseload packages.
    "exchange:list_loads": page(REPORTERS),
    "exchange:upload_caseload": page(frozenset({Role.DATA_OFFICER})),
    "exchange:show_load": page(REPORTERS),
    "exchange:approve_load": page(REPORTERS),
}

INCLUDED: tuple[Included, ...] = (
    Included("/cms/", Access(roles=frozenset({Role.EDITOR})), "Wagtail's editor: resources only"),
    Included("/documents/", public(), "Wagtail's documents, each behind its collection's privacy"),
)


def access_for(view_name: str, path: str) -> Access | None:
    """The policy of an address, or None: then it opens for nobody."""
    if view_name in POLICY:
        return POLICY[view_name]
    return next((entry.access for entry in INCLUDED if path.startswith(entry.prefix)), None)
