"""Who may see which part of whom: the URL policy, the one rule view and its two enforcers."""
