"""Addresses of goals and help."""

from django.urls import path

from programme.support import views

PARENT = "parents/<uuid:parent_id>/"

app_name = "support"
urlpatterns = [
    path(f"{PARENT}goals/", views.show_plan, name="show_plan"),
    path(f"{PARENT}goals/agree/", views.agree_goal, name="agree_goal"),
    path(f"{PARENT}goals/<uuid:goal_id>/", views.change_goal, name="change_goal"),
    path(f"{PARENT}help/offer/", views.offer_help, name="offer_help"),
    path(f"{PARENT}help/<uuid:help_id>/", views.change_help, name="change_help"),
]
