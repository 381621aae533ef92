"""Needs, goals in the parent's words, help and money."""
