"""Addresses of the contact log."""

from django.urls import path

from programme.contacts import views

app_name = "contacts"
urlpatterns = [
    path("parents/<uuid:parent_id>/contacts/log/", views.log_contact, name="log_contact"),
    path("parents/<uuid:parent_id>/contacts/no-answer/", views.log_no_answer, name="log_no_answer"),
    path(
        "parents/<uuid:parent_id>/contacts/<uuid:contact_id>/correct/",
        views.correct_contact,
        name="correct_contact",
    ),
    path("parents/<uuid:parent_id>/next-steps/add/", views.add_next_step, name="add_next_step"),
    path(
        "parents/<uuid:parent_id>/next-steps/<uuid:step_id>/finish/",
        views.finish_next_step,
        name="finish_next_step",
    ),
]
