"""The senior's page about a team."""

from django.urls import path

from programme.workboard import views

app_name = "workboard"
urlpatterns = [
    path("team/", views.show_team, name="show_team"),
    path("team/me/", views.show_own_work, name="show_own_work"),
    path("team/me/summary/", views.show_own_summary, name="show_own_summary"),
    path("team/counts/", views.show_counts, name="show_counts"),
    path("team/<uuid:worker_id>/summary/", views.show_summary, name="show_summary"),
    path("team/<uuid:worker_id>/", views.show_worker, name="show_worker"),
]
