"""What is marked as significant in the demonstration, and an event from elsewhere."""

from datetime import timedelta
from uuid import uuid5

from programme.chronology.actions import add_entry, mark_significant
from programme.contacts.models import Contact
from programme.demo.history import Story

WHAT = "Moved into a room of the women’s refuge after a night without a place to sleep."
FATHERS_WHAT = "Moved into a room at a friend’s after a night without a place to sleep."


def mark(story: Story) -> None:
    """The first meeting and the stage it led to; nothing here is left to the dice."""
    episode, parent = story.episode, story.family.parent
    assert episode is not None
    first = Contact.objects.filter(episode=episode, outcome="met").order_by("happened_at").first()
    if first is not None:
        mark_significant(parent=parent, kind="contact", row=first.pk, by=story.by)
    mark_significant(parent=parent, kind="episode", row=episode.pk, by=story.by)
    add_entry(
        key=uuid5(parent.pk, "an event from elsewhere"),
        parent=parent,
        programme=story.team.programme,
        happened_on=episode.opened_on - timedelta(days=40),
        known_on=episode.opened_on,
        what=WHAT if parent.parent_role == "mother" else FATHERS_WHAT,
        source="letter of the housing office",
        by=story.by,
    )
