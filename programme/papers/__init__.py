"""Papers that leave the service: chronologies, summaries, letters, the parent's own copy."""
