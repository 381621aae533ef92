"""Indicators, charts, report packs, disclosure control and releases."""
