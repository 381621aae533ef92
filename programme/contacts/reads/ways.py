"""Ringing, texting, visiting: each with how it is logged afterwards."""

from dataclasses import dataclass

from programme.core.choices import ContactMode


@dataclass(frozen=True)
class Way:
    """One way to get in touch, and how it is logged afterwards."""

    verb: str
    mode: str
    no_answer: str
    scheme: str = ""


RING = Way("Ring", ContactMode.PHONE.value, "No answer", "tel")
TEXT = Way("Text", ContactMode.TEXT.value, "Sent, no answer", "sms")
VISIT = Way("Visit", ContactMode.HOME_VISIT.value, "Nobody was there")
