"""Addresses of the contact log."""

from django.urls import path

from programme.contacts.views import log, planned, together

app_name = "contacts"
urlpatterns = [
    path("parents/<uuid:parent_id>/contacts/log/", log.log_contact, name="log_contact"),
    path(
        "parents/<uuid:parent_id>/contacts/log-together/",
        together.log_together,
        name="log_together",
    ),
    path("parents/<uuid:parent_id>/contacts/no-answer/", log.log_no_answer, name="log_no_answer"),
    path("parents/<uuid:parent_id>/contacts/plan/", planned.plan_contact, name="plan_contact"),
    path(
        "parents/<uuid:parent_id>/contacts/planned/<uuid:plan_id>/settle/",
        planned.settle_planned_contact,
        name="settle_planned_contact",
    ),
    path(
        "parents/<uuid:parent_id>/contacts/<uuid:contact_id>/correct/",
        log.correct_contact,
        name="correct_contact",
    ),
    path("parents/<uuid:parent_id>/ring/", log.ring_parent, name="ring_parent"),
    path("parents/<uuid:parent_id>/text/", log.text_parent, name="text_parent"),
    path("parents/<uuid:parent_id>/visit/", log.visit_parent, name="visit_parent"),
    path("parents/<uuid:parent_id>/next-steps/add/", log.add_next_step, name="add_next_step"),
    path(
        "parents/<uuid:parent_id>/next-steps/<uuid:step_id>/finish/",
        log.finish_next_step,
        name="finish_next_step",
    ),
]
