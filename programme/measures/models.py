"""Outcome instruments, and what parents and others say."""

from django.db import models

from programme.access.parts import Part
from programme.access.records import PortableRecord
from programme.access.walls import of_episode
from programme.core.choices import (
    FeedbackAbout,
    FeedbackAnswer,
    FeedbackQuestion,
    FeedbackRespondent,
)


class Measure(PortableRecord):
    """One completed outcome instrument: its items in order, or only its total."""

    wall = of_episode(Part.OUTCOMES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="measures")
    instrument = models.CharField(max_length=20)
    completed_on = models.DateField()
    items = models.TextField(blank=True)
    total = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)


class Feedback(PortableRecord):
    """A question to a parent, relative or professional; a blank answer day = not answered."""

    wall = of_episode(Part.OUTCOMES)

    episode = models.ForeignKey("programme.Episode", models.PROTECT, related_name="feedback")
    respondent = models.CharField(max_length=15, choices=FeedbackRespondent.choices)
    about = models.CharField(max_length=30, choices=FeedbackAbout.choices)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    question = models.CharField(max_length=20, choices=FeedbackQuestion.choices)
    answer = models.CharField(max_length=20, choices=FeedbackAnswer.choices, blank=True)
    text = models.TextField(blank=True)
    themes = models.TextField(blank=True)
