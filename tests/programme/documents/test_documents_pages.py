"""Documents on a record: adding, reading, downloading, taking out and putting back."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.models import User
from programme.access.parts import Role
from programme.audit.models import Event, Sight
from programme.chronology.models import SignificantEvent
from programme.core.dates import today
from programme.documents import actions, keeping
from programme.documents.gate import FileType, pdf
from programme.documents.models import Document
from programme.episodes.models import Episode
from programme.people.models import Parent
from tests import builders
from tests.files import Upload, a_docx, a_pdf, an_email
from tests.pristine import as_owner
from tests.programme.desk.scene import boxes
from tests.programme.documents.test_pictures import a_pdf_with, taken
from tests.programme.pages import queries, rows, said

pytestmark = pytest.mark.django_db


def url_of(page: str, parent: Parent, *keys: Any) -> str:
    return reverse(f"documents:{page}", args=[parent.pk, *keys])


def typed(content: bytes | None = None, name: str = "letter.pdf", **values: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "file": Upload(a_pdf() if content is None else content, name),
        "title": "Letter about housing",
        "kind": "letter",
        **values,
    }


@pytest.fixture
def document(parent: Parent, episode: Episode) -> Document:
    return builders.make_document(parent, episode.programme, dated_on=date(2026, 3, 4))


@pytest.fixture
def senior(programme: Any) -> User:
    return builders.make_practitioner(programme, "Sam Example", Role.SENIOR)


# --- Adding ---------------------------------------------------------------------------------


def test_add_document_saves_and_moves_on(hers: Client, parent: Parent, episode: Episode) -> None:
    day = boxes("dated_on", date(2026, 3, 4))
    response = hers.post(url_of("add_document", parent), typed(from_whom="The council", **day))

    (stored,) = rows(Document)
    assert response.headers["Location"] == url_of("show_document", parent, stored.pk)
    assert said(response) == [f"Document saved, record {parent.reference}"]
    assert (stored.title, stored.kind, stored.from_whom) == (
        "Letter about housing",
        "letter",
        "The council",
    )
    assert (stored.dated_on, stored.programme_id, stored.episode_id) == (
        date(2026, 3, 4),
        episode.programme_id,
        episode.pk,
    )
    assert keeping.read(stored.file_name) == a_pdf()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ" + bytes(90), "letter.pdf", "This kind of file cannot be kept"),
        (b"", "letter.pdf", "This file has nothing in it"),
        (bytes(15_000_001), "letter.pdf", "larger than 15 MB"),
        (a_pdf(), "letter.pdf.exe", "what is inside is a PDF"),
        (None, "", "Choose the file"),
    ],
)
def test_a_refused_file_keeps_every_other_field(
    hers: Client, parent: Parent, episode: Episode, content: bytes | None, name: str, words: str
) -> None:
    sent = typed(content or b"", name, from_whom="The council", **boxes("dated_on", today()))
    if content is None:
        del sent["file"]

    response = hers.post(url_of("add_document", parent), sent)

    form = response.context["form"]
    assert list(form.errors) == ["file"]
    assert form.errors["file"][0].startswith(words) or words in form.errors["file"][0]
    page = response.content.decode()
    assert 'value="Letter about housing"' in page and 'value="The council"' in page
    assert f'value="{today().year}"' in page
    assert form["kind"].value() == "letter"
    assert "What you typed is still here. Choose the file again" in page
    assert "Error: " in page and rows(Document) == []


def test_where_another_field_is_wrong_it_says_to_choose_the_file_again(
    hers: Client, parent: Parent, episode: Episode
) -> None:
    response = hers.post(url_of("add_document", parent), typed(title=""))

    assert response.context["form"].errors == {"title": ["Enter what it is in a few words"]}
    assert "Choose the file again: a browser does not keep it." in response.content.decode()


def test_a_day_it_came_is_not_in_the_future(hers: Client, parent: Parent, episode: Episode) -> None:
    tomorrow = boxes("received_on", today() + timedelta(days=1))

    response = hers.post(url_of("add_document", parent), typed(**tomorrow))

    assert list(response.context["form"].errors) == ["received_on"]


def test_an_email_brings_its_attachments_each_on_a_page_of_its_own(
    hers: Client, parent: Parent, episode: Episode
) -> None:
    mail = an_email(files={"plan.docx": a_docx(), "photo.jpg": taken("JPEG")})
    shown = hers.post(
        url_of("add_document", parent), typed(mail, "m.eml", kind="email"), follow=True
    )

    mail_row, *attached = rows(Document)
    assert [(one.title, one.kind, one.file_type) for one in attached] == [
        ("plan.docx", "other", "docx"),
        ("photo.jpg", "photo", "jpg"),
    ]
    assert {one.attached_to_id for one in attached} == {mail_row.pk}
    assert [line.document.title for line in shown.context["attachments"]] == [
        "plan.docx",
        "photo.jpg",
    ]


def test_a_signed_pdf_with_a_photo_is_kept_and_said_to_be(
    hers: Client, parent: Parent, episode: Episode
) -> None:
    content = a_pdf_with(taken("JPEG"), signed=True)

    response = hers.post(url_of("add_document", parent), typed(content))

    assert said(response) == [f"Document saved, record {parent.reference}", pdf.SIGNED]
    assert keeping.read(rows(Document)[0].file_name) == content


def test_what_is_attached_to_a_court_paper_stays_behind_its_wall(
    hers: Client, parent: Parent, episode: Episode
) -> None:
    mail = an_email(files={"order.pdf": a_pdf(), "fwd.eml": an_email(files={"a.pdf": a_pdf()})})
    hers.post(url_of("add_document", parent), typed(mail, "m.eml", kind="court_paper"))

    assert {one.kind for one in rows(Document)} == {"court_paper"}
    assert len(rows(Document)) == 4


def test_sent_again_with_another_file_nothing_is_lost(
    hers: Client, parent: Parent, episode: Episode
) -> None:
    first = typed()
    hers.post(url_of("add_document", parent), first)

    again = hers.post(
        url_of("add_document", parent), {**first, "file": Upload(a_docx(), "other.docx")}
    )
    form = again.context["form"]
    third = {**first, "file": Upload(a_docx(), "other.docx"), "key": form["key"].value()}
    hers.post(url_of("add_document", parent), third)

    assert form.errors["file"][0].startswith("You saved “Letter about housing” from this page")
    assert [one.file_type for one in rows(Document)] == ["pdf", "docx"]


def test_a_scanner_that_is_down_stops_files_and_nothing_else(
    hers: Client, parent: Parent, episode: Episode, document: Document, settings: Any
) -> None:
    settings.CLAMD_SOCKET = "/nowhere/clamd"

    refused = hers.post(url_of("add_document", parent), typed())
    contact = hers.post(
        reverse("contacts:log_contact", args=[parent.pk]),
        {"mode": "phone", "outcome": "met", "happened_at": "now", "note": "We talked"},
    )

    assert "The virus scanner does not answer" in refused.context["form"].errors["file"][0]
    assert refused.context["form"]["title"].value() == "Letter about housing"
    assert contact.status_code == 302
    assert hers.get(url_of("download_document", parent, document.pk)).status_code == 200


# --- Who may --------------------------------------------------------------------------------


def test_court_papers_are_for_those_who_read_courts_part(
    sign_in: Any, parent: Parent, programme: Any, episode: Episode
) -> None:
    """The duty worker may write notes about a parent nobody holds, and no court papers."""
    waiting = builders.make_parent()
    builders.make_referral(waiting, programme, decision="")
    duty = builders.make_practitioner(programme, "Dana Example")

    page = sign_in(duty).get(url_of("add_document", waiting))
    kinds = [value for value, _ in page.context["form"].fields["kind"].choices]
    forged = sign_in(duty).post(url_of("add_document", waiting), typed(kind="court_paper"))

    assert "letter" in kinds and "court_paper" not in kinds
    assert list(forged.context["form"].errors) == ["kind"]
    assert rows(Document) == []


def test_a_team_mate_reads_and_changes_nothing(
    sign_in: Any, programme: Any, parent: Parent, document: Document
) -> None:
    browser = sign_in(builders.make_practitioner(programme, "Tim Example"))

    shown = browser.get(url_of("show_document", parent, document.pk))

    assert shown.status_code == 200
    assert "added by mistake" not in shown.content.decode()
    assert browser.get(url_of("remove_document", parent, document.pk)).status_code == 403
    assert browser.get(url_of("add_document", parent)).status_code == 403


def test_a_document_of_another_record_is_not_found_under_hers(
    hers: Client, parent: Parent, programme: Any, worker: Any
) -> None:
    other = builders.make_parent()
    builders.make_episode(other, programme, worker)
    theirs = builders.make_document(other, programme)

    for page in ("show_document", "download_document", "remove_document"):
        assert hers.get(url_of(page, parent, theirs.pk)).status_code == 404


def test_of_another_programme_nothing_is_listed(
    hers: Client, parent: Parent, document: Document
) -> None:
    elsewhere = builders.make_programme("Elsewhere")
    builders.make_episode(parent, elsewhere)
    hidden = builders.make_document(parent, elsewhere, title="Canary")

    lines = hers.get(url_of("list_documents", parent)).context["lines"]

    assert [line.document.pk for line in lines] == [document.pk]
    assert hers.get(url_of("download_document", parent, hidden.pk)).status_code == 404


# --- Downloads ------------------------------------------------------------------------------


@pytest.mark.parametrize("file_type", list(FileType))
def test_every_type_leaves_as_an_attachment_that_can_do_nothing(
    hers: Client, parent: Parent, episode: Episode, file_type: FileType
) -> None:
    kept = builders.make_document(
        parent, episode.programme, file_type=file_type, dated_on=date(2026, 3, 4), title="Ann Lee"
    )

    response = hers.get(url_of("download_document", parent, kept.pk))

    assert response.streaming is False
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="letter-{parent.reference}-2026-03-04.{file_type.value}"'
    )
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == file_type.media_type


@pytest.mark.parametrize(
    ("kind", "begins"), [("court_paper", "court-paper-"), ("other", "document-")]
)
def test_a_download_is_named_by_kind_reference_and_day(
    hers: Client, parent: Parent, episode: Episode, kind: str, begins: str
) -> None:
    day = {"dated_on": None, "received_on": None}
    kept = builders.make_document(parent, episode.programme, kind=kind, title="Ann Lee", **day)

    said_name = hers.get(url_of("download_document", parent, kept.pk)).headers[
        "Content-Disposition"
    ]

    assert said_name == f'attachment; filename="{begins}{parent.reference}-{today():%Y-%m-%d}.pdf"'


def sights() -> list[tuple[str, str]]:
    with as_owner():
        return list(Sight.objects.values_list("page", "outcome"))


def test_each_look_and_each_download_is_one_line_in_the_log(
    hers: Client, parent: Parent, document: Document
) -> None:
    for page in ("list_documents", "show_document", "download_document"):
        keys = [] if page == "list_documents" else [document.pk]
        hers.get(url_of(page, parent, *keys))

    assert sights() == [
        ("documents:list_documents", "opened"),
        ("documents:show_document", "opened"),
        ("documents:download_document", "taken_out"),
    ]


def test_a_missing_file_is_said_kindly(hers: Client, parent: Parent, document: Document) -> None:
    keeping.remove(document.file_name)

    response = hers.get(url_of("download_document", parent, document.pk))

    assert said(response) == ["The file is missing. Tell your administrator."]


# --- Correcting -----------------------------------------------------------------------------


def correction(document: Document, **values: Any) -> dict[str, Any]:
    said_now = {name: getattr(document, name) for name in ("title", "kind", "from_whom")}
    days = boxes("dated_on", document.dated_on) if document.dated_on else {}
    days |= boxes("received_on", document.received_on) if document.received_on else {}
    return {**said_now, **days, "version": str(document.version), **values}


def versions_of(document: Document) -> list[tuple[str, str | None]]:
    with builders.as_seeder():
        lines = Document.history.filter(id=document.pk).order_by("history_date")
        return list(lines.values_list("title", "history_change_reason"))


def test_what_is_said_of_a_document_is_put_right_with_a_reason_and_the_earlier_words_kept(
    hers: Client, parent: Parent, document: Document
) -> None:
    url = url_of("correct_document", parent, document.pk)
    right = correction(document, title="Letter about school", from_whom="The school")

    without = hers.post(url, right)
    response = hers.post(url, right | {"reason": "It said housing"})

    assert list(without.context["form"].errors) == ["reason"]
    assert 'value="Letter about school"' in without.content.decode()
    assert response.headers["Location"] == url_of("show_document", parent, document.pk)
    assert said(response) == ["Document corrected. What it said before is kept."]
    (stored,) = rows(Document)
    assert (stored.title, stored.from_whom) == ("Letter about school", "The school")
    assert (stored.dated_on, stored.received_on) == (document.dated_on, document.received_on)
    assert versions_of(document) == [
        (document.title, None),
        ("Letter about school", "It said housing"),
    ]


def test_ones_own_fresh_document_is_put_right_without_a_reason(
    hers: Client, parent: Parent, episode: Episode
) -> None:
    hers.post(url_of("add_document", parent), typed())
    (own,) = rows(Document)

    page = hers.get(url_of("correct_document", parent, own.pk))
    hers.post(url_of("correct_document", parent, own.pk), correction(own, kind="photo"))

    assert "reason" not in page.context["form"].fields
    assert [one.kind for one in rows(Document)] == ["photo"]


def test_what_becomes_a_court_paper_takes_its_attachments_along_and_none_comes_out_alone(
    hers: Client, parent: Parent, document: Document
) -> None:
    attached = builders.make_document(parent, document.programme, attached_to=document)
    why = {"reason": "It is an order"}

    first = correction(document, kind="court_paper", **why)
    hers.post(url_of("correct_document", parent, document.pk), first)
    assert {one.kind for one in rows(Document)} == {"court_paper"}

    (_, inner) = rows(Document)
    url = url_of("correct_document", parent, attached.pk)
    refused = hers.post(url, correction(inner, kind="letter", **why))
    outer = rows(Document)[0]
    hers.post(
        url_of("correct_document", parent, document.pk), correction(outer, kind="letter", **why)
    )

    assert refused.context["form"].errors == {
        "kind": ["What came with a court paper is a court paper too."]
    }
    assert [one.kind for one in rows(Document)] == ["letter", "court_paper"]


def test_changed_by_somebody_else_meanwhile_both_are_shown_and_nothing_is_lost(
    hers: Client, parent: Parent, document: Document
) -> None:
    url, why = url_of("correct_document", parent, document.pk), {"reason": "Wrong"}
    hers.post(url, correction(document, title="Theirs", **why))

    shown = hers.post(url, correction(document, title="Mine", **why))
    again = correction(document, title="Mine", **why)
    again["version"] = shown.context["form"]["version"].value()
    hers.post(url, again)

    (told,) = shown.context["form"].non_field_errors()
    assert "It now says: “Theirs” (Letter)." in told
    assert 'value="Mine"' in shown.content.decode()
    assert [title for title, _ in versions_of(document)] == [document.title, "Theirs", "Mine"]


def test_only_who_may_write_it_corrects_it(
    sign_in: Any, hers: Client, programme: Any, parent: Parent, document: Document
) -> None:
    mate = sign_in(builders.make_practitioner(programme, "Tim Example"))
    url = url_of("correct_document", parent, document.pk)

    assert mate.get(url).status_code == 403
    assert url not in mate.get(url_of("show_document", parent, document.pk)).content.decode()


# --- On the record --------------------------------------------------------------------------


def shown_on(browser: Client, parent: Parent) -> list[tuple[str, str]]:
    url = reverse("desk:show_parent", args=[parent.pk])
    entries = browser.get(url, {"kind": "documents"}).context["timeline"].entries
    return [(entry.title, entry.text) for entry in entries]


def test_the_record_says_when_a_document_was_added(
    hers: Client, parent: Parent, document: Document, senior: User
) -> None:
    builders.make_document(parent, document.programme, attached_to=document, title="plan.pdf")
    out = {"removed_at": timezone.now(), "removed_by": senior, "removed_why": "Wrong"}
    builders.make_document(parent, document.programme, title="Taken out", **out)
    builders.make_document(parent, document.programme, kind="court_paper", title="An order")

    assert shown_on(hers, parent) == [
        ("Document added: court paper", "An order"),
        ("Document added: letter", document.title),
    ]


def test_a_document_of_another_programme_is_not_on_the_record(
    hers: Client, parent: Parent, document: Document
) -> None:
    elsewhere = builders.make_programme("Elsewhere")
    builders.make_episode(parent, elsewhere)
    for kind in ("letter", "court_paper"):
        builders.make_document(parent, elsewhere, kind=kind, title="Canary")

    assert shown_on(hers, parent) == [("Document added: letter", document.title)]


@pytest.mark.parametrize(("kind", "part"), [("letter", "notes"), ("court_paper", "court")])
def test_marked_as_significant_the_mark_stays_behind_the_documents_wall(
    hers: Client, parent: Parent, episode: Episode, kind: str, part: str
) -> None:
    document = builders.make_document(parent, episode.programme, kind=kind)
    name = "court_paper" if kind == "court_paper" else "document"
    other = "document" if kind == "court_paper" else "court_paper"
    address = reverse("chronology:mark_significant", args=[parent.pk])
    answers = [hers.post(address, {"event": f"{one} {document.pk}"}) for one in (name, other)]

    assert [answer.status_code for answer in answers] == [302, 404]
    (mark,) = rows(SignificantEvent)
    assert (mark.kind, mark.part, mark.programme_id) == (name, part, document.programme_id)


# --- Added by mistake -----------------------------------------------------------------------


def test_taken_out_it_is_hidden_with_its_attachments_and_a_senior_puts_both_back(
    hers: Client, parent: Parent, document: Document, senior: User
) -> None:
    attached = builders.make_document(parent, document.programme, attached_to=document)
    remove, list_url = (
        url_of("remove_document", parent, document.pk),
        url_of("list_documents", parent),
    )

    without_reason = hers.post(remove, {"why": ""})
    response = hers.post(remove, {"why": "It is about another person"})

    assert list(without_reason.context["form"].errors) == ["why"]
    assert response.headers["Location"] == list_url
    assert hers.get(list_url).context["lines"] == []
    assert hers.get(list_url).context["removed"] == []
    for page in ("show_document", "download_document"):
        for one in (document, attached):
            assert hers.get(url_of(page, parent, one.pk)).status_code == 404
    assert hers.post(url_of("put_back_document", parent, document.pk)).status_code == 403

    browser = Client()
    browser.force_login(senior, backend=builders.DEMO_BACKEND)
    (line,) = browser.get(list_url).context["removed"]
    assert line.document.removed_why == "It is about another person"
    assert line.until.date() == (timezone.now() + timedelta(days=30)).date()
    put_back = browser.post(url_of("put_back_document", parent, document.pk))

    assert said(put_back) == ["Document put back"]
    (line,) = hers.get(list_url).context["lines"]
    assert [one.document.pk for one in line.attachments] == [attached.pk]


def test_an_attachment_taken_out_earlier_stays_out(
    hers: Client, parent: Parent, document: Document, senior: User
) -> None:
    attached = builders.make_document(parent, document.programme, attached_to=document)
    for one in (attached, document):
        hers.post(url_of("remove_document", parent, one.pk), {"why": "Wrong"})
    hers.force_login(senior, backend=builders.DEMO_BACKEND)

    too_early = hers.post(url_of("put_back_document", parent, attached.pk))
    hers.post(url_of("put_back_document", parent, document.pk))

    assert said(too_early) == ["Put the email back first."]
    assert [one.removed_at is None for one in rows(Document)] == [True, False]


def test_taken_out_twice_it_is_said_once(parent: Parent, document: Document, senior: User) -> None:
    with builders.as_seeder():
        for why in ("Wrong", "Wrong again"):
            actions.remove_document(document=document, why=why, by=senior)

    with as_owner():
        assert Event.objects.filter(name="documents.document_removed").count() == 1
    assert [one.removed_why for one in rows(Document)] == ["Wrong"]


def test_after_30_days_nothing_can_be_put_back(
    sign_in: Any, parent: Parent, episode: Episode, senior: User
) -> None:
    """The file goes with the next daily sweep, which may be hours away."""
    moment = timezone.now() - timedelta(days=30, minutes=1)
    out = {"removed_at": moment, "removed_by": senior, "removed_why": "Wrong"}
    over = builders.make_document(parent, episode.programme, **out)

    listed = sign_in(senior).get(url_of("list_documents", parent)).context["removed"]
    answer = sign_in(senior).post(url_of("put_back_document", parent, over.pk))

    assert listed == []
    assert said(answer) == [
        "This was taken out over 30 days ago, so it cannot be put back any more."
    ]
    assert [one.removed_at for one in rows(Document)] == [moment]


# --- Lists ----------------------------------------------------------------------------------


def test_an_empty_list_says_so(hers: Client, parent: Parent) -> None:
    page = hers.get(url_of("list_documents", parent)).content.decode()

    assert "There is no document on this record yet." in page


@pytest.mark.parametrize("count", [1, 3, 30, 300])
def test_the_list_asks_no_more_for_many(
    hers: Client,
    parent: Parent,
    episode: Episode,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    with builders.as_seeder():
        first = builders.make_document(parent, episode.programme)
        more = {"file_type": "pdf", "size": 1, "kind": "letter", "title": "Letter"}
        more |= {"added_by": first.added_by, "attached_to": first, "parent": parent}
        Document.objects.bulk_create(
            Document(**more, programme=episode.programme, file_name=uuid4().hex)
            for _ in range(count - 1)
        )
    hers.get(url_of("list_documents", parent))

    with django_assert_num_queries(queries(10)):
        page = hers.get(url_of("list_documents", parent))

    assert sum(1 + len(line.attachments) for line in page.context["lines"]) == count


def test_a_long_list_has_pages(hers: Client, parent: Parent, episode: Episode) -> None:
    for _ in range(51):
        builders.make_document(parent, episode.programme)

    first, second = (hers.get(url_of("list_documents", parent), {"page": at}) for at in (1, 2))

    assert [len(page.context["lines"]) for page in (first, second)] == [50, 1]
    assert 'aria-label="Page 2"' in first.content.decode()


def test_the_record_leads_there_for_those_who_may_read_it(
    hers: Client, sign_in: Any, parent: Parent, episode: Episode, coordinator: User
) -> None:
    record = reverse("desk:show_parent", args=[parent.pk])
    link = url_of("list_documents", parent)

    assert link in hers.get(record).content.decode()
    assert link not in sign_in(coordinator).get(record).content.decode()
