"""What is due, for every page, count, calendar and message that says so."""

from programme.workboard.reads.due import due_items, items_from
from programme.workboard.reads.items import AGREED, PLANNED, RETURNED, SET, Item

__all__ = ["AGREED", "PLANNED", "RETURNED", "SET", "Item", "due_items", "items_from"]
