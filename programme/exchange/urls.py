"""Addresses of caseload packages."""

from django.urls import path

from programme.exchange import views

app_name = "exchange"
urlpatterns = [
    path("caseloads/", views.list_loads, name="list_loads"),
    path("caseloads/offer/", views.upload_caseload, name="upload_caseload"),
    path("caseloads/<uuid:load_id>/", views.show_load, name="show_load"),
    path("caseloads/<uuid:load_id>/decision/", views.approve_load, name="approve_load"),
]
