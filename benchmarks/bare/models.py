"""People, whose they are, and the contacts with them."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Person(models.Model):
    """Somebody on a worker's caseload."""

    worker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="people")
    given_names = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200, db_index=True)


class Contact(models.Model):
    """A contact with a person, and its history."""

    HOW = [("home_visit", "Home visit"), ("phone", "By phone"), ("text", "Text")]
    OUTCOMES = [("met", "We met"), ("missed", "Missed"), ("tried", "Tried, no answer")]

    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    mode = models.CharField(max_length=20, choices=HOW)
    outcome = models.CharField(max_length=24, choices=OUTCOMES)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    history = HistoricalRecords()

    class Meta:
        indexes = [models.Index(fields=["person", "-happened_at"], name="bare_contact_newest")]
