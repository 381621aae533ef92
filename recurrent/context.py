"""What every page knows about the organisation it is for."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def brand(request: HttpRequest | None = None) -> dict[str, Any]:
    """Names, colour and the duty lead's number of this installation; no one's data."""
    return {
        "service_name": settings.SERVICE_NAME,
        "organisation_name": settings.ORGANISATION_NAME,
        "brand_colour": settings.BRAND_COLOUR,
        "is_demo": settings.RUN_MODE == "demo",
        "duty_lead_phone": settings.DUTY_LEAD_PHONE,
    }
