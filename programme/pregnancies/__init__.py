"""Pregnancies and every estimate of a due date."""
