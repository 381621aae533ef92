"""Choices about documents on a record."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    LETTER = "letter", "Letter"
    COURT_PAPER = "court_paper", "Court paper"
    REPORT = "report", "Report"
    CONSENT_FORM = "consent_form", "Consent form"
    PHOTO = "photo", "Photo"
    EMAIL = "email", "Email"
    OTHER = "other", "Something else"
