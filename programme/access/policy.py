"""Who may open which address. Closed by default: an address not listed here opens for nobody.

Addresses that name a parent (``parent_id``) also say which part of her record they need; who has
that part is the rule view's business, not this table's.
"""

from dataclasses import dataclass, field

from programme.access.parts import Part, Role

PRACTITIONERS = frozenset({Role.PRACTITIONER, Role.SENIOR})
CARE_TEAM = PRACTITIONERS | {Role.COORDINATOR, Role.CLINICIAN, Role.THERAPIST}
READS_PEOPLE = CARE_TEAM | {Role.MANAGER, Role.DATA_OFFICER}
REPORTERS = frozenset({Role.MANAGER, Role.DATA_OFFICER})
STAFF = frozenset(Role) - {Role.COMMISSIONER}


@dataclass(frozen=True)
class Access:
    """What one address asks of whoever opens it."""

    roles: frozenset[Role] = frozenset()
    # Any one of these parts of the parent; with ``writes``, to change it.
    parts: tuple[Part, ...] = ()
    writes: bool = False
    # Shows people without naming one: one line in the log of sights.
    lists_people: bool = False
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
    "desk:find_parent": page(READS_PEOPLE),
    "desk:show_found": page(READS_PEOPLE, lists_people=True),
    # A parent's record.
    "desk:show_parent": person(Part.REFERENCE),
    "desk:show_safe_address": person(Part.SAFE_ADDRESS, roles=CARE_TEAM),
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
    "contacts:add_next_step": change(Part.CORE),
    "contacts:finish_next_step": change(Part.CORE),
    # Pregnancy, stage, permission.
    "pregnancies:record_pregnancy": change(Part.INTAKE),
    "pregnancies:add_due_date": change(Part.INTAKE),
    "episodes:change_stage": change(Part.CORE),
    "consents:show_consents": person(Part.CORE),
    "consents:record_decision": change(Part.CORE),
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
