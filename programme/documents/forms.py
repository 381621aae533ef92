"""What was typed about a document, checked; the file itself is the gate's to judge."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils import timezone

from programme.access.parts import Part
from programme.contacts.forms import PlaceForm
from programme.core.choices import DocumentKind
from programme.core.forms import AmendingForm, KeyField, VersionField
from programme.documents.actions import FACTS, Facts
from programme.documents.models import Document
from programme.documents.reads import part_of
from recurrent.design import fields, forms

# A phone offers its camera and its photos for "image/*".
ACCEPTED = "image/*,.heic,.heif,application/pdf,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.eml,.msg"


class AboutForm(forms.Form):
    """What is said about a document."""

    title = fields.TextField(
        label="What is it, in a few words?",
        called="what it is in a few words",
        help_text="For example, “Letter about housing”",
        max_length=200,
        attrs={"spellcheck": "true", "autocapitalize": "sentences"},
    )
    kind = fields.ChoiceField(label="Kind", called="the kind of document")
    from_whom = fields.TextField(
        label="Who is it from?", called="who it is from", required=False, max_length=200
    )
    dated_on = fields.DateField(label="Date on it", called="the date on it", required=False)
    received_on = fields.DateField(
        label="When did it come to us?",
        called="the day it came",
        required=False,
        latest=timezone.localdate,
    )

    def offer_kinds(self, is_open: Callable[[str], bool]) -> None:
        """Offers only the kinds that the reader may write."""
        field = self.fields["kind"]
        assert isinstance(field, fields.ChoiceField)
        field.choices = [one for one in DocumentKind.choices if is_open(one[0])]

    def facts(self) -> Facts:
        """What was typed, as the actions take it."""
        return Facts(**{name: self.cleaned_data[name] for name in FACTS})


class DocumentForm(AboutForm, PlaceForm):
    """A file and what it is."""

    key = KeyField()
    file = fields.FileField(
        label="File",
        called="the file",
        help_text=(
            "A PDF, a photo, a Word, Excel, PowerPoint or OpenDocument file, or an email "
            "(.eml or .msg) with its attachments. At most 15 MB."
        ),
        accept=ACCEPTED,
    )

    field_order = ("file", "title", "kind", "place", "from_whom", "dated_on", "received_on")

    def __init__(self, *args: Any, rights: Mapping[Part, set[UUID]], **kwargs: Any) -> None:
        """``rights``: in which programmes the reader may write each part of this record."""
        super().__init__(*args, **kwargs)
        self.rights = rights
        self.offer_kinds(lambda kind: bool(rights[part_of(kind)]))

    def clean(self) -> dict[str, Any]:
        """Court papers may be hers to add in one programme and not in another."""
        typed = self.cleaned_data
        is_placed = "place" in typed or len(self.places) == 1
        if "kind" in typed and is_placed and not self._may_add(typed["kind"]):
            self.add_error("kind", "Only those who work with the parent there add these")
        return typed

    def _may_add(self, kind: str) -> bool:
        return self.chosen.place.programme.pk in self.rights[part_of(kind)]

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.add_document`` takes but the parent and who is saving."""
        file = self.cleaned_data["file"]
        return {
            "key": self.cleaned_data["key"],
            "place": self.chosen.place,
            "facts": self.facts(),
            "content": file.read(),
            "name": file.name,
        }

    def renew_key(self) -> None:
        """The next save from this page is another document."""
        send_again(self, key=str(uuid4()))


class CorrectDocumentForm(AmendingForm, AboutForm):
    """What is said about a document put right, with the version that was on the page."""

    version = VersionField()

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        document: Document,
        rights: Mapping[Part, set[UUID]],
        needs_reason: bool,
    ) -> None:
        shown = {name: getattr(document, name) for name in (*FACTS, "version")}
        super().__init__(typed, initial=shown, needs_reason=needs_reason)
        self.offer_kinds(lambda kind: document.programme_id in rights[part_of(kind)])

    def for_action(self) -> dict[str, Any]:
        """Everything ``actions.correct_document`` takes but the document and who is saving."""
        typed = self.cleaned_data
        return {
            "facts": self.facts(),
            "seen_version": typed["version"],
            "reason": self.reason_given,
        }

    def keep_mine(self, version: int) -> None:
        """The next save from this page is made knowing that version."""
        send_again(self, version=str(version))


def send_again(form: forms.Form, **hidden: str) -> None:
    """Puts other values in the hidden fields of a form that is shown once more."""
    assert isinstance(form.data, QueryDict)
    again = form.data.copy()
    for name, value in hidden.items():
        again[name] = value
    form.data = again


class RemovalForm(forms.Form):
    """Why a document does not belong here."""

    why = fields.TextField(
        label="Why does it not belong here?",
        called="why it does not belong here",
        help_text="For example, “It is about somebody else”. Do not write names.",
        max_length=200,
    )
