"""Addresses, one namespace for each slice."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("programme.access.urls")),
    path("", include("programme.contacts.urls")),
    path("", include("programme.desk.urls")),
]
