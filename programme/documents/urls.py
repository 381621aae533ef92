"""Addresses of documents."""

from django.urls import path

from programme.documents import views

app_name = "documents"
_ALL = "parents/<uuid:parent_id>/documents/"
_ONE = f"{_ALL}<uuid:document_id>/"
urlpatterns = [
    path(_ALL, views.list_documents, name="list_documents"),
    path(f"{_ALL}add/", views.add_document, name="add_document"),
    path(_ONE, views.show_document, name="show_document"),
    path(f"{_ONE}download/", views.download_document, name="download_document"),
    path(f"{_ONE}correct/", views.correct_document, name="correct_document"),
    path(f"{_ONE}remove/", views.remove_document, name="remove_document"),
    path(f"{_ONE}put-back/", views.put_back_document, name="put_back_document"),
]
