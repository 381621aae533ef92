"""Outcome instruments and the parent's own voice."""
