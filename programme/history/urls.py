"""Addresses of what a record said and says."""

from django.urls import path

from programme.history import views

app_name = "history"
urlpatterns = [
    path("parents/<uuid:parent_id>/history/", views.show_changes, name="show_changes"),
    path("parents/<uuid:parent_id>/history/day/", views.show_day, name="show_day"),
    path(
        "parents/<uuid:parent_id>/history/<slug:code>/<uuid:row_id>/",
        views.show_row,
        name="show_row",
    ),
    path("parents/<uuid:parent_id>/who-has-seen/", views.show_seen, name="show_seen"),
]
