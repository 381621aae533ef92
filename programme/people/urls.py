"""Addresses of how to reach a parent safely."""

from django.urls import path

from programme.people import views

app_name = "people"
RULES = "parents/<uuid:parent_id>/safe-contact/"
urlpatterns = [
    path(RULES, views.show_safe_contact, name="show_safe_contact"),
    path(f"{RULES}add/", views.add_rule, name="add_rule"),
    path(f"{RULES}<uuid:rule_id>/change/", views.change_rule, name="change_rule"),
    path(f"{RULES}<uuid:rule_id>/end/", views.end_rule, name="end_rule"),
]
