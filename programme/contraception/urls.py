"""Addresses of contraception: the care pair's."""

from django.urls import path

from programme.contraception import views

app_name = "contraception"
urlpatterns = [
    path(
        "parents/<uuid:parent_id>/contraception/",
        views.show_conversations,
        name="show_conversations",
    ),
    path(
        "parents/<uuid:parent_id>/contraception/information/",
        views.record_information,
        name="record_information",
    ),
    path(
        "parents/<uuid:parent_id>/contraception/conversation/",
        views.record_conversation,
        name="record_conversation",
    ),
]
