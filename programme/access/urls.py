"""The demonstration's sign-in."""

from django.urls import path

from programme.access import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.choose_person, name="choose_person"),
    path("demo/sign-in/", views.sign_in, name="sign_in"),
]
