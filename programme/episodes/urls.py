"""Addresses of episodes and their pauses."""

from django.urls import path

from programme.episodes import views

app_name = "episodes"
urlpatterns = [
    path("parents/<uuid:parent_id>/stage/", views.change_stage, name="change_stage"),
    path(
        "parents/<uuid:parent_id>/episodes/<uuid:episode_id>/pause/",
        views.begin_pause,
        name="begin_pause",
    ),
    path(
        "parents/<uuid:parent_id>/pauses/<uuid:pause_id>/review/",
        views.review_pause,
        name="review_pause",
    ),
]
