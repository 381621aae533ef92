"""Addresses of pregnancies."""

from django.urls import path

from programme.pregnancies import views

app_name = "pregnancies"
urlpatterns = [
    path(
        "parents/<uuid:parent_id>/pregnancies/record/",
        views.record_pregnancy,
        name="record_pregnancy",
    ),
    path(
        "parents/<uuid:parent_id>/pregnancies/<uuid:pregnancy_id>/due-date/",
        views.add_due_date,
        name="add_due_date",
    ),
    path(
        "parents/<uuid:parent_id>/pregnancies/<uuid:pregnancy_id>/ending/",
        views.record_ending,
        name="record_ending",
    ),
    path(
        "parents/<uuid:parent_id>/pregnancies/<uuid:pregnancy_id>/who-may-be-told/",
        views.decide_telling,
        name="decide_telling",
    ),
]
