"""Addresses of supervision."""

from django.urls import path

from programme.supervision import views

PARENT = "parents/<uuid:parent_id>/"
EPISODE = "parents/<uuid:parent_id>/episodes/<uuid:episode_id>/"
CONTACT = "parents/<uuid:parent_id>/contacts/<uuid:contact_id>/"

app_name = "supervision"
urlpatterns = [
    path(f"{EPISODE}supervision/", views.record_supervision, name="record_supervision"),
    path(
        f"{PARENT}supervision/<uuid:supervision_id>/",
        views.correct_supervision,
        name="correct_supervision",
    ),
    path(f"{EPISODE}hand-over/", views.hand_over, name="hand_over"),
    path("team/sign-off/", views.list_sign_offs, name="list_sign_offs"),
    path(f"{CONTACT}sign-off/", views.sign_off, name="sign_off"),
    path(f"{CONTACT}answer/", views.answer_return, name="answer_return"),
    path("team/settings/<uuid:programme_id>/", views.change_settings, name="change_settings"),
]
