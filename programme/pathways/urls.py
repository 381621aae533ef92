"""Addresses of what a service sets for itself."""

from django.urls import path

from programme.pathways import views

app_name = "pathways"
urlpatterns = [
    path("days-off/", views.list_closed_days, name="list_closed_days"),
    path("days-off/<uuid:day_id>/remove/", views.remove_closed_day, name="remove_closed_day"),
]
