"""Addresses of the end of an episode."""

from django.urls import path

from programme.ending import views

app_name = "ending"
urlpatterns = [
    path(
        "parents/<uuid:parent_id>/episodes/<uuid:episode_id>/end/",
        views.end_episode,
        name="end_episode",
    ),
]
