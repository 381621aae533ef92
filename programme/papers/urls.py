"""Papers that leave."""

from django.urls import path

from programme.papers.views import chronology, letters, sheets, templates

app_name = "papers"
PARENT = "parents/<uuid:parent_id>/papers/"
CHRONOLOGY = f"{PARENT}chronology/<uuid:chronology_id>/"
LETTER = f"{PARENT}letters/<uuid:letter_id>/"
urlpatterns = [
    path(PARENT, sheets.choose_paper, name="choose_paper"),
    path(f"{PARENT}summary/", sheets.show_summary, name="show_summary"),
    path(f"{PARENT}summary/pdf/", sheets.download_summary, name="download_summary"),
    path(f"{PARENT}own-copy/", sheets.show_own_copy, name="show_own_copy"),
    path(f"{PARENT}own-copy/pdf/", sheets.download_own_copy, name="download_own_copy"),
    path(f"{PARENT}chronology/", chronology.begin_chronology, name="begin_chronology"),
    path(f"{CHRONOLOGY}check/", chronology.check_chronology, name="check_chronology"),
    path(CHRONOLOGY, chronology.show_chronology, name="show_chronology"),
    path(f"{CHRONOLOGY}pdf/", chronology.download_chronology_pdf, name="download_chronology_pdf"),
    path(
        f"{CHRONOLOGY}word/", chronology.download_chronology_docx, name="download_chronology_docx"
    ),
    path(f"{PARENT}letters/", letters.begin_letter, name="begin_letter"),
    path(LETTER, letters.write_letter, name="write_letter"),
    path(f"{LETTER}address/", letters.address_letter, name="address_letter"),
    path(f"{LETTER}print/", letters.print_letter, name="print_letter"),
    path(f"{LETTER}pdf/", letters.download_letter, name="download_letter"),
    path(f"{LETTER}end/", letters.end_letter, name="end_letter"),
    path(f"{LETTER}again/", letters.write_again, name="write_again"),
    path("letter-templates/", templates.list_templates, name="list_templates"),
    path(
        "letter-templates/<uuid:programme_id>/<slug:code>/",
        templates.edit_template,
        name="edit_template",
    ),
]
