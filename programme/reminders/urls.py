"""Addresses of one's own reminders. A calendar's is a secret in itself."""

from django.urls import path

from programme.reminders import views

app_name = "reminders"
urlpatterns = [
    path("my-reminders/", views.show_reminders, name="show_reminders"),
    path("my-reminders/calendar/make/", views.make_calendar, name="make_calendar"),
    path("my-reminders/calendar/end/", views.end_calendar, name="end_calendar"),
    path("calendar/<str:token>/appointments.ics", views.show_calendar, name="show_calendar"),
]
