"""Access mistakes planted on purpose: what a developer in a hurry writes. None may leak."""
