"""Choices about family life: time with children, strengths and worries."""

from django.db.models import TextChoices


class FamilyTimeKind(TextChoices):
    LETTERBOX = "letterbox", "Letterbox: letters, cards or photographs"
    DIRECT = "direct", "Direct: together in person"
    CALLS = "calls", "Telephone or video calls"
    OTHER = "other", "Another way"
    NONE = "none", "No family time for now"


class NoticedKind(TextChoices):
    STRENGTH = "strength", "A strength"
    WORRY = "worry", "A worry"


class WhoseWords(TextChoices):
    PARENT = "parent", "The parent’s own words"
    TOGETHER = "together", "Found together"
    WORKER = "worker", "The worker’s words"
    SOMEBODY_ELSE = "somebody_else", "Somebody else’s words"
