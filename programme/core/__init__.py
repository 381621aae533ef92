"""Dates, working days, gestation, code lists, exact rounding: what every slice stands on."""
