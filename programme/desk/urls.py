"""Home, finding a parent, and her record."""

from django.urls import path

from programme.desk import views

app_name = "desk"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("find/", views.find_parent, name="find_parent"),
    path("find/<uuid:search_id>/", views.show_found, name="show_found"),
    path("parents/<uuid:parent_id>/", views.show_parent, name="show_parent"),
    path("parents/<uuid:parent_id>/address/", views.show_safe_address, name="show_safe_address"),
]
