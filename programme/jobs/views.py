"""Background work, for those who look after the service."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from programme.access.requests import Request
from programme.jobs.reads import background


@require_GET
def list_jobs(request: Request) -> HttpResponse:
    """What waits, what is planned, and what failed."""
    return render(request, "programme/jobs/list_jobs.html", {"background": background()})
