"""Addresses of the same person's two records."""

from django.urls import path

from programme.joining import views

app_name = "joining"
urlpatterns = [
    path("parents/<uuid:parent_id>/same-person/", views.look_for_same, name="look_for_same"),
    path(
        "parents/<uuid:parent_id>/same-person/<uuid:other_id>/",
        views.join_records,
        name="join_records",
    ),
    path(
        "parents/<uuid:parent_id>/joined/<uuid:merge_id>/part/",
        views.undo_join,
        name="undo_join",
    ),
    path("possible-matches/", views.list_possible_matches, name="list_possible_matches"),
    path(
        "parents/<uuid:parent_id>/possible-matches/<uuid:match_id>/",
        views.answer_possible_match,
        name="answer_possible_match",
    ),
]
