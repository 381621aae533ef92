"""What every page knows about the organisation it is for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch


def brand(request: HttpRequest | None = None) -> dict[str, Any]:
    """Names, colour, duty lead's number and seconds until it locks; no one's data."""
    return {
        "service_name": settings.SERVICE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
        "brand_colour": settings.BRAND_COLOUR,
        "is_demo": settings.RUN_MODE == "demo",
        "duty_lead_phone": settings.DUTY_LEAD_PHONE,
        "home_url": home_url(),
        "locks_after": settings.IDLE_MINUTES * 60,
    }


def home_url() -> str:
    """The first page of somebody who signed in."""
    try:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return "/"
