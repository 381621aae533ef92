"""Address of the page about background work."""

from django.urls import path

from programme.jobs import views

app_name = "jobs"
urlpatterns = [path("background-work/", views.list_jobs, name="list_jobs")]
