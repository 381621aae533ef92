"""The folder: nobody reads it, nothing serves it, and no file stays there without its row (R7)."""

import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programme.access.forgetting import forget_words_of_document
from programme.access.models import User
from programme.documents import keeping
from programme.documents.models import Document
from programme.people.models import Parent
from tests import builders
from tests.files import Upload, a_pdf, an_email
from tests.programme.pages import rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return tmp_path / "documents"


def files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def typed(content: bytes = b"", name: str = "letter.pdf") -> dict[str, Any]:
    file = Upload(content or a_pdf(), name)
    return {"file": file, "title": "A letter", "kind": "letter"}


def add(browser: Client, parent: Parent, **options: Any) -> HttpResponse:
    url = reverse("documents:add_document", args=[parent.pk])
    answer: Any = browser.post(url, typed(**options))
    return answer


def test_a_file_lies_scrambled_under_a_random_name_for_one_account(folder: Path) -> None:
    name = keeping.write(b"what the letter says")

    (path,) = files(folder)
    assert path.name == name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"letter" not in path.read_bytes()
    assert keeping.read(name) == b"what the letter says"


def test_a_file_that_was_changed_is_not_handed_out(folder: Path) -> None:
    name = keeping.write(b"what the letter says")
    (path,) = files(folder)
    path.write_bytes(path.read_bytes()[:-5] + b"AAAA=")

    with pytest.raises(ImproperlyConfigured):
        keeping.read(name)


def test_a_power_cut_takes_no_file_away_whose_row_is_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file holds is on the disk, then that its folder holds it, and each new folder."""
    fsync, fixed = os.fsync, []
    monkeypatch.setattr(os, "fsync", lambda one: (fixed.append(os.fstat(one).st_ino), fsync(one)))

    keeping.write(b"what the letter says")

    (path,) = files(folder)
    places = [folder.parent, folder, path, path.parent]
    assert fixed == [place.stat().st_ino for place in places]


@pytest.mark.parametrize("name", ["../secret-key", "a" * 31, "A" * 32, "", "a/b"])
def test_only_names_of_its_own_are_read(name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        keeping.read(name)


def test_no_address_reaches_a_file(hers: Client, parent: Parent, folder: Path) -> None:
    assert add(hers, parent).status_code == 302
    (path,) = files(folder)
    inside = str(path.relative_to(folder.parent))
    places = (path.name, inside, f"%2e%2e{path}")
    roots = ("", "media/", "static/", "documents/", "images/")

    answers = [hers.get(f"/{root}{place}") for root in roots for place in places]

    assert {answer.status_code for answer in answers} <= {301, 403, 404}
    assert not any(path.read_bytes()[:60] in answer.content for answer in answers)


def test_an_email_with_a_bad_attachment_leaves_no_file(
    hers: Client, parent: Parent, folder: Path
) -> None:
    mail = an_email(files={"a.pdf": a_pdf(), "b.exe": b"MZ" + bytes(90)})

    assert add(hers, parent, content=mail, name="mail.eml").status_code == 200
    assert (files(folder), rows(Document)) == ([], [])


class BreaksDown:
    """Something breaks after the view did its work, inside the wall."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        assert view(request, *args, **kwargs).status_code == 302
        raise RuntimeError("after the files were written")


def test_what_breaks_after_the_view_leaves_neither_row_nor_file(
    hers: Client, parent: Parent, folder: Path, settings: Any
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.BreaksDown"]
    hers.raise_request_exception = False

    assert add(hers, parent).status_code == 500
    assert (files(folder), rows(Document)) == ([], [])


def test_a_file_written_for_a_second_send_is_gone(
    hers: Client, parent: Parent, folder: Path
) -> None:
    body = typed() | {"key": "00000000-0000-4000-8000-0000000000aa"}
    url = reverse("documents:add_document", args=[parent.pk])

    answers = [hers.post(url, body).headers["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert (len(files(folder)), len(rows(Document))) == (1, 1)


def test_one_file_one_row(hers: Client, parent: Parent, folder: Path) -> None:
    mail = an_email(files={"a.pdf": a_pdf(), "b.eml": an_email(files={"c.pdf": a_pdf()})})
    add(hers, parent, content=mail, name="mail.eml")

    assert sorted(one.file_name for one in rows(Document)) == [one.name for one in names_of(folder)]
    assert len(files(folder)) == 4


def names_of(folder: Path) -> list[Path]:
    return sorted(files(folder), key=lambda one: one.name)


def made_old(folder: Path, name: str, days: float) -> None:
    path = folder / name[:2] / name
    moment = time.time() - days * 86_400
    os.utime(path, (moment, moment))


def test_the_sweep_removes_old_files_without_rows_and_nothing_else(
    parent: Parent, episode: Any, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = builders.make_document(parent, episode.programme)
    old, young = keeping.write(b"left behind"), keeping.write(b"being written")
    for name, days in ((kept.file_name, 3), (old, 1.1), (young, 0.9)):
        made_old(folder, name, days)

    call_command("sweep_documents", "--list")
    listed = capsys.readouterr().out
    call_command("sweep_documents")

    assert old in listed and young not in listed and kept.file_name not in listed
    assert {one.name for one in files(folder)} == {kept.file_name, young}


def test_what_was_taken_out_is_deleted_after_30_days_and_not_before(
    parent: Parent,
    episode: Any,
    practitioner: User,
    folder: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def removed(days: float, **values: Any) -> Document:
        moment = timezone.now() - timedelta(days=days)
        why = {"removed_at": moment, "removed_by": practitioner, "removed_why": "Another person"}
        return builders.make_document(parent, episode.programme, **why, **values)

    mail = removed(30.1)
    removed(30.1, attached_to=removed(30.1, attached_to=mail))
    young = removed(29.9)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("sweep_documents")

    assert [one.pk for one in rows(Document)] == [young.pk]
    assert [one.name for one in files(folder)] == [young.file_name]


def lines_of(document: Document) -> list[tuple[str, str, str]]:
    with builders.as_seeder():
        lines = Document.history.filter(id=document.pk).order_by("history_date")
        return list(lines.values_list("history_type", "title", "from_whom"))


def test_with_a_document_that_ends_its_history_forgets_what_it_was_called(
    parent: Parent, episode: Any, practitioner: User
) -> None:
    words = {"title": "Letter about Canary", "from_whom": "Canary", "removed_by": practitioner}
    words |= {"removed_why": "About another person"}
    over, young = (
        builders.make_document(
            parent, episode.programme, removed_at=timezone.now() - timedelta(days=days), **words
        )
        for days in (30.1, 29.9)
    )

    call_command("sweep_documents")

    assert lines_of(over) == [("+", "", ""), ("-", "", "")]
    assert lines_of(young) == [("+", "Letter about Canary", "Canary")]


def test_nothing_is_forgotten_of_a_document_that_is_there(parent: Parent, episode: Any) -> None:
    document = builders.make_document(parent, episode.programme, title="Letter about housing")

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        forget_words_of_document(document.pk)

    assert lines_of(document) == [("+", "Letter about housing", "")]


def test_the_sweep_says_how_many_files_are_missing(
    parent: Parent, episode: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    keeping.remove(builders.make_document(parent, episode.programme).file_name)

    call_command("sweep_documents")

    assert "Documents whose file is missing: 1" in capsys.readouterr().out
