"""Facts of this installation that only public pages need."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def leave_site_url() -> str:
    """Where "Leave this site" goes."""
    return settings.LEAVE_SITE_URL
