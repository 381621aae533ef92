"""The board report and its releases."""

from django.urls import path

from programme.reporting import views

app_name = "reporting"
_REPORT = "reports/<uuid:programme_id>/"
urlpatterns = [
    path("reports/", views.choose_report, name="choose_report"),
    path(_REPORT, views.show_report, name="show_report"),
    path(f"{_REPORT}pdf/", views.download_report_pdf, name="download_report_pdf"),
    path(f"{_REPORT}csv/", views.download_report_csv, name="download_report_csv"),
    path(f"{_REPORT}behind/<str:indicator>/", views.show_members, name="show_members"),
    path(f"{_REPORT}propose/", views.propose_release, name="propose_release"),
    path("releases/", views.list_releases, name="list_releases"),
    path("releases/<uuid:release_id>/", views.show_release, name="show_release"),
    path("releases/<uuid:release_id>/decide/", views.decide_release, name="decide_release"),
]
