"""The address of the gallery."""

from django.urls import path

from recurrent.design import views

app_name = "design"
urlpatterns = [path("gallery/", views.show_gallery, name="gallery")]
