"""Addresses of court."""

from django.urls import path

from programme.proceedings import views

app_name = "proceedings"
COURT = "parents/<uuid:parent_id>/court/"
urlpatterns = [
    path(COURT, views.show_court, name="show_court"),
    path(f"{COURT}add/", views.add_set, name="add_set"),
    path(f"{COURT}<uuid:set_id>/dates/add/", views.add_date, name="add_date"),
    path(f"{COURT}<uuid:set_id>/hearings/add/", views.add_hearing, name="add_hearing"),
    path(
        f"{COURT}<uuid:set_id>/representation/",
        views.record_representation,
        name="record_representation",
    ),
    path(f"{COURT}<uuid:set_id>/people/", views.name_people, name="name_people"),
    path(f"{COURT}<uuid:set_id>/people/take-off/", views.take_off_people, name="take_off_people"),
    path(f"{COURT}hearings/<uuid:hearing_id>/", views.change_hearing, name="change_hearing"),
    path(f"{COURT}hearings/<uuid:hearing_id>/company/", views.ask_company, name="ask_company"),
]
