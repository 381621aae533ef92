"""Timeliness: how early the referral, and what was done by the day it was due."""

from programme.reporting.indicators.timeliness.assessments import (
    post_birth_assessments_in_time,
    pre_birth_assessments_in_time,
)
from programme.reporting.indicators.timeliness.events import events_in_time
from programme.reporting.indicators.timeliness.formulation import formulation_on_time
from programme.reporting.indicators.timeliness.gestation import gestation_at_referral

__all__ = [
    "events_in_time",
    "formulation_on_time",
    "gestation_at_referral",
    "post_birth_assessments_in_time",
    "pre_birth_assessments_in_time",
]
