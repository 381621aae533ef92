"""A parent's time with a programme."""
