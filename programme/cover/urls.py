"""Addresses of cover."""

from django.urls import path

from programme.cover import views

WORKER = "team/<uuid:worker_id>/cover/"

app_name = "cover"
urlpatterns = [
    path(WORKER, views.arrange_cover, name="arrange_cover"),
    path(f"{WORKER}<uuid:cover_id>/end/", views.end_cover, name="end_cover"),
]
