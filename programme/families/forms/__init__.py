"""What was typed about a family, checked; saving is the job of ``actions``."""
