"""Addresses of re-referral and of requests for an earlier record."""

from django.urls import path

from programme.returning import views

app_name = "returning"
urlpatterns = [
    path("parents/<uuid:parent_id>/refer-again/", views.re_refer, name="re_refer"),
    path("parents/<uuid:parent_id>/earlier-record/", views.ask_for_record, name="ask_for_record"),
    path("requests/", views.list_requests, name="list_requests"),
    path(
        "parents/<uuid:parent_id>/requests/<uuid:request_id>/answer/",
        views.answer_request,
        name="answer_request",
    ),
]
