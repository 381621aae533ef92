"""What was changed and what was looked at."""
