"""Addresses of the bare pages."""

from django.urls import path

from benchmarks.bare import views

urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("people/<int:person_id>/", views.show_person, name="show_person"),
    path("people/<int:person_id>/log/", views.log_contact, name="log_contact"),
]
