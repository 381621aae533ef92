"""Talking a parent's case through: supervision, handing over, and signing off what was written."""
