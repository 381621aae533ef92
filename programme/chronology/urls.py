"""Significant events, and events added by hand."""

from django.urls import path

from programme.chronology import views

app_name = "chronology"
urlpatterns = [
    path("parents/<uuid:parent_id>/significant/", views.mark_significant, name="mark_significant"),
    path(
        "parents/<uuid:parent_id>/significant/<uuid:mark_id>/",
        views.show_significant,
        name="show_significant",
    ),
    path("parents/<uuid:parent_id>/events/add/", views.add_entry, name="add_entry"),
    path(
        "parents/<uuid:parent_id>/events/<uuid:entry_id>/",
        views.correct_entry,
        name="correct_entry",
    ),
]
