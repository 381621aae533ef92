"""Conversations and choices, kept only while consent to record is in force."""
