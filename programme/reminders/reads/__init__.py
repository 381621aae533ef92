"""What waits for somebody, and the days of her calendar."""

from programme.reminders.reads.calendar import calendar_of, owner_of
from programme.reminders.reads.waiting import waiting_count

__all__ = ["calendar_of", "owner_of", "waiting_count"]
