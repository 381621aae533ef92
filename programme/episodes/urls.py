"""Addresses of episodes."""

from django.urls import path

from programme.episodes import views

app_name = "episodes"
urlpatterns = [
    path("parents/<uuid:parent_id>/stage/", views.change_stage, name="change_stage"),
]
