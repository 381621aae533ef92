"""Home, finding a parent, and her record."""

from django.urls import path

from programme.desk import views

app_name = "desk"
urlpatterns = [
    path("home/", views.home, name="home"),
    path("due/", views.list_due, name="list_due"),
    path("keys/", views.show_keys, name="show_keys"),
    path("find/", views.find_parent, name="find_parent"),
    path("find/<uuid:search_id>/", views.show_found, name="show_found"),
    path("parents/<uuid:parent_id>/", views.show_parent, name="show_parent"),
    path("parents/<uuid:parent_id>/address/", views.show_safe_address, name="show_safe_address"),
    path(
        "parents/<uuid:parent_id>/address/change/",
        views.change_safe_address,
        name="change_safe_address",
    ),
]
