"""How a page keeps a draft: ``@keeps_draft("Log a contact")`` on its view, two tags on its page.

The draft is sent to the page's own address, so whoever may not save the page keeps no draft of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import urlencode

from programme.access.requests import Request
from programme.access.writing import own_key
from programme.core.forms import KeyField
from programme.drafts.actions import end_drafts_of, keep_draft
from programme.drafts.models import Draft
from programme.drafts.reads import Earlier, Page, drafts_of
from recurrent.design.words import clock
from recurrent.views import is_secret

View = Callable[..., HttpResponse]
# What the two tags put on a page, beside what is typed there.
KEEP, KEY, TURN, EARLIER, VERSION = (
    *("keep_draft", "draft", "draft_turn"),
    *("draft_earlier", "draft_version"),
)
OUR_OWN = frozenset({KEEP, KEY, TURN, EARLIER, VERSION})
HIGHEST_TURN = 2_000_000_000


@dataclass(frozen=True)
class Carried:
    """What a page carries from one send to the next, hidden in its form."""

    key: UUID
    turn: int = 0
    earlier: Earlier | None = None

    @classmethod
    def by(cls, sent: QueryDict) -> "Carried":
        """What was sent; a value that is spoiled counts as none."""
        earlier, version = _uuid(sent.get(EARLIER)), _number(sent.get(VERSION))
        return cls(
            KeyField().clean(sent.get(KEY)),
            _number(sent.get(TURN)),
            Earlier(earlier, version) if earlier else None,
        )

    @property
    def kept_something(self) -> bool:
        """Whether there can be a draft to end; saves asking the database."""
        return self.turn > 0 or self.earlier is not None


class DraftsOfPage:
    """The drafts of the page being shown, asked for when its tags are drawn."""

    def __init__(self, request: Request, page: Page) -> None:
        """Nothing is read yet."""
        self.request, self.page = request, page
        self.carried = (
            Carried.by(request.POST) if request.method == "POST" else Carried(key=uuid4())
        )

    def put_into(self, form: BaseForm) -> list[Draft]:
        """Fills the form where the address asks for a draft; gives the others, to be offered."""
        if self.request.method != "GET":
            return []
        drafts = drafts_of(self.page, self.request.user)
        asked = _uuid(self.request.GET.get("draft"))
        chosen = next((draft for draft in drafts if draft.pk == asked), None)
        if chosen is not None:
            fill(form, chosen.typed)
            earlier = Earlier(chosen.pk, chosen.version)
            self.carried = Carried(self.carried.key, earlier=earlier)
        return [draft for draft in drafts if draft is not chosen]


def keeps_draft(title: str) -> Callable[[View], View]:
    """Lets a page keep what is being typed on it; ``title`` is what its drafts are called."""

    def decorate(view: View) -> View:
        @wraps(view)
        def with_draft(request: Request, parent_id: UUID, **about: UUID) -> HttpResponse:
            assert request.resolver_match is not None
            named = {name: str(key) for name, key in about.items()}
            page = Page(parent_id, request.resolver_match.view_name, urlencode(named), title)
            if KEEP in request.POST:
                return _keep(request, page)
            drafts = DraftsOfPage(request, page)
            request.drafts = drafts  # type: ignore[attr-defined]
            response = view(request, parent_id, **about)
            is_saved = request.method == "POST" and response.status_code == 302
            if is_saved and drafts.carried.kept_something:
                carried = drafts.carried
                key = _own(carried, request, page)
                end_drafts_of(key=key, earlier=carried.earlier, by=request.user)
            return response

        return with_draft

    return decorate


def fill(form: BaseForm, typed: QueryDict) -> None:
    """Shows what was typed without judging it; the form is sent like one just filled in."""
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(typed, {}, form.add_prefix(name))
        form.initial[name] = value


def words_of(sent: QueryDict) -> str:
    """What was typed, without passwords, the form's token and what the tags add."""
    kept = sent.copy()
    for name in list(kept):
        if name in OUR_OWN or is_secret(name):
            del kept[name]
    return kept.urlencode()


def _keep(request: Request, page: Page) -> HttpResponse:
    """A script is told what is kept; without one the page comes back and offers the draft."""
    carried = Carried.by(request.POST)
    draft = keep_draft(
        key=_own(carried, request, page),
        turn=carried.turn,
        page=page,
        words=words_of(request.POST),
        by=request.user,
        earlier=carried.earlier,
    )
    if "application/json" in request.headers.get("Accept", ""):
        # Sent every ten seconds, and shows nothing of anybody: no sight of a person.
        request.parent_id = None
        if draft is None:
            return JsonResponse({"ended": True})
        return JsonResponse({"turn": draft.turn, "at": clock(draft.saved_at)})
    if draft is None:
        return redirect(request.path)
    at = clock(draft.saved_at)
    messages.success(request, f"Draft kept at {at}. It is not in the record yet.")
    return redirect(f"{request.path}?draft={draft.pk}")


def _own(carried: Carried, request: Request, page: Page) -> UUID:
    return own_key(carried.key, page.parent_id, request.user.pk)


def _uuid(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _number(value: Any) -> int:
    text = str(value or "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return 0
    return min(int(text), HIGHEST_TURN)
