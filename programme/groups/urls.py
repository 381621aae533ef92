"""Addresses of groups and drop-ins."""

from django.urls import path

from programme.groups import views

app_name = "groups"
urlpatterns = [
    path("groups/", views.list_groups, name="list_groups"),
    path("groups/add/", views.add_group, name="add_group"),
    path("groups/<uuid:group_id>/", views.show_group, name="show_group"),
    path("groups/<uuid:group_id>/name/", views.rename_group, name="rename_group"),
    path("groups/<uuid:group_id>/dates/add/", views.add_sessions, name="add_sessions"),
    path("groups/<uuid:group_id>/people/", views.choose_people, name="choose_people"),
    path("groups/dates/<uuid:session_id>/", views.mark_register, name="mark_register"),
    path("groups/dates/<uuid:session_id>/cancel/", views.cancel_session, name="cancel_session"),
]
