"""What a worker may be told outside the service: a private calendar, and how many things wait."""
