"""Disclosure control: what a release may say without saying it of anybody.

Counts from 1 to a threshold are hidden (`primary`), an attacker who knows everything that was
ever released tries to find them again (`audit`), and a table that gives one away is withheld
(`protect`).
"""
