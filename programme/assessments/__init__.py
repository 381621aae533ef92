"""Assessments with timescales, and meetings."""
