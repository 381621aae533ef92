"""Restricted and denied records, and opening one in an emergency."""

from django.urls import path

from programme.protection import views

app_name = "protection"
ONE = "parents/<uuid:parent_id>/protection/"
urlpatterns = [
    path("emergency/", views.open_in_emergency, name="open_in_emergency"),
    path("emergency/openings/", views.list_openings, name="list_openings"),
    path(
        "parents/<uuid:parent_id>/openings/<uuid:opening_id>/",
        views.review_opening,
        name="review_opening",
    ),
    path("protected/", views.list_protected, name="list_protected"),
    path(ONE, views.show_protection, name="show_protection"),
    path(f"{ONE}ask/", views.ask_for_protection, name="ask_for_protection"),
    path(f"{ONE}restrict/", views.restrict_record, name="restrict_record"),
    path(f"{ONE}deny/", views.deny_person, name="deny_person"),
    path(f"{ONE}keep/", views.keep_protection, name="keep_protection"),
    path(f"{ONE}<uuid:protection_id>/lift/", views.lift_protection, name="lift_protection"),
    path(f"{ONE}answer/", views.answer_requests, name="answer_requests"),
]
