"""Addresses of questionnaires."""

from django.urls import path

from programme.measures import views

app_name = "measures"
urlpatterns = [
    path("parents/<uuid:parent_id>/measures/", views.show_measures, name="show_measures"),
    path(
        "parents/<uuid:parent_id>/measures/record/<slug:instrument>/",
        views.record_measure,
        name="record_measure",
    ),
    path(
        "parents/<uuid:parent_id>/measures/<uuid:measure_id>/correct/",
        views.correct_measure,
        name="correct_measure",
    ),
    path(
        "parents/<uuid:parent_id>/measures/<uuid:measure_id>/take-off/",
        views.take_off_measure,
        name="take_off_measure",
    ),
]
