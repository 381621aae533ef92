"""What a commissioner reads: released tables of her own contract and nothing else."""

from django.urls import path

from programme.reporting import commissioner_views as views

app_name = "commissioner"
urlpatterns = [
    path("released/", views.list_releases, name="list_releases"),
    path("released/<uuid:release_id>/", views.show_release, name="show_release"),
]
