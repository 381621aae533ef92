"""Reading history: tables and their words, changes, a past day, sights."""
