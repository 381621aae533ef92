"""Addresses of drafts."""

from django.urls import path

from programme.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/", views.list_drafts, name="list_drafts"),
    path("drafts/<uuid:draft_id>/throw-away/", views.throw_away, name="throw_away"),
    path("note/", views.show_blank_note, name="show_blank_note"),
    # At the top, so that it may answer for every page of the service.
    path("note-worker.js", views.note_worker, name="note_worker"),
]
