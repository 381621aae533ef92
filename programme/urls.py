"""Addresses, one namespace for each slice."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("programme.access.urls")),
    path("", include("programme.consents.urls")),
    path("", include("programme.contacts.urls")),
    path("", include("programme.contraception.urls")),
    path("", include("programme.desk.urls")),
    path("", include("programme.episodes.urls")),
    path("", include("programme.exchange.urls")),
    path("", include("programme.pregnancies.urls")),
    path("", include("programme.reporting.commissioner_urls")),
    path("", include("programme.reporting.urls")),
    path("", include("programme.returning.urls")),
]
