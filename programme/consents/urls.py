"""Addresses of permissions."""

from django.urls import path

from programme.consents import views

app_name = "consents"
urlpatterns = [
    path("parents/<uuid:parent_id>/permissions/", views.show_consents, name="show_consents"),
    path(
        "parents/<uuid:parent_id>/permissions/record/",
        views.record_decision,
        name="record_decision",
    ),
]
