"""Programmes, their workers, pathways, stages and timescale rules: all data."""
