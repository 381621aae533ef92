"""Who may be the same person; two records side by side; what waits for a keeper."""
