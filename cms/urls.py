"""Addresses under /resources/ that are not pages of the tree."""

from django.urls import path

from cms import views

app_name = "cms"

urlpatterns = [
    path("search/", views.search, name="search"),
    path("stage/<slug:stage>/", views.resources_for_stage, name="resources_for_stage"),
]
