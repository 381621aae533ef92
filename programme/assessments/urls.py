"""Addresses of assessments and meetings."""

from django.urls import path

from programme.assessments import views

PARENT = "parents/<uuid:parent_id>/"

app_name = "assessments"
urlpatterns = [
    path(f"{PARENT}meetings/", views.show_meetings, name="show_meetings"),
    path(f"{PARENT}meetings/record/", views.record_meeting, name="record_meeting"),
    path(f"{PARENT}meetings/<uuid:meeting_id>/", views.change_meeting, name="change_meeting"),
    path(f"{PARENT}assessments/start/", views.start_assessment, name="start_assessment"),
    path(
        f"{PARENT}assessments/<uuid:assessment_id>/",
        views.change_assessment,
        name="change_assessment",
    ),
]
