"""The parts of a record, and the roles a person can hold in a programme."""

from django.db import models


class Part(models.TextChoices):
    """What a permission is about. ``rules.sql`` says who sees which part of whom."""

    REFERENCE = "reference", "reference, stages and dates"
    CORE = "core", "who the person is"
    NOTES = "notes", "notes and plan"
    ARRANGEMENTS = "arrangements", "meetings and attendance"
    CONTACT_LOG = "contact_log", "contacts of one's own"
    OUTCOMES = "outcomes", "outcomes"
    SAFE_ADDRESS = "safe_address", "where the person lives"
    COURT = "court", "proceedings and separations"
    CARE = "care", "what the care pair may always see"
    HEALTH = "health", "contraception, within her consent"
    THERAPY = "therapy", "therapy"
    INTAKE = "intake", "referring and opening an episode"
    CUSTODY = "custody", "requests for an earlier team's record"
    PROTECTION = "protection", "restricted and denied"
    # A part of its own: held with another role elsewhere, it must not open that role's pages.
    OVERSIGHT = "oversight", "that a record exists"
    FIGURES = "figures", "counts only"


class Role(models.TextChoices):
    """The roles; several may be held by one person in one programme."""

    PRACTITIONER = "practitioner", "Practitioner"
    SENIOR = "senior", "Senior practitioner"
    COORDINATOR = "coordinator", "Coordinator or liaison officer"
    MANAGER = "manager", "Programme manager"
    DATA_OFFICER = "data_officer", "Data officer"
    CLINICIAN = "clinician", "Contraception-authorised clinician"
    THERAPIST = "therapist", "Therapist"
    COMMISSIONER = "commissioner", "Commissioner"
    EDITOR = "editor", "Content editor"
    ADMINISTRATOR = "administrator", "System administrator"
    PROTECTION_OFFICER = "protection_officer", "Data protection officer"


# Roles that can see a person: each needs a second factor to sign in (quality.md L1).
SEES_PEOPLE = frozenset(
    {
        Role.PRACTITIONER,
        Role.SENIOR,
        Role.COORDINATOR,
        Role.MANAGER,
        Role.DATA_OFFICER,
        Role.CLINICIAN,
        Role.THERAPIST,
        Role.PROTECTION_OFFICER,
    }
)
# Who may decide on a caseload package that someone else offers.
LOAD_DECIDERS = (Role.DATA_OFFICER, Role.MANAGER)
