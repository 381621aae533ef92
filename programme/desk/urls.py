"""Home, and a parent's record."""

from django.urls import path

from programme.desk import views

app_name = "desk"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("parents/<uuid:parent_id>/", views.show_parent, name="show_parent"),
    path("parents/<uuid:parent_id>/address/", views.show_safe_address, name="show_safe_address"),
]
