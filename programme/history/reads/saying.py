"""The values of history in plain words."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field

from programme.access.actors import EMERGENCY, LOADER, MATCHER, MERGER, RECEIVER, SEEDER
from programme.access.holdings import read_in
from programme.access.models import User
from programme.access.parts import Part
from programme.episodes.models import Episode
from programme.history.reads.kinds import WORDS, Kind
from programme.pathways.models import Programme, StageDefinition, Worker
from programme.people.models import Parent
from programme.proceedings.reads.circumstances import is_home_of_another, lives_with
from recurrent.design.words import day_and_year, moment

NOT_RECORDED = "Not recorded"
NAMED = (User, Worker, Programme)
BY_MACHINE = {
    LOADER: "a loaded caseload package",
    SEEDER: "the demonstration",
    MERGER: "the joining or parting of two records",
    RECEIVER: "the taking in of a referral",
    MATCHER: "the look for the same person",
    EMERGENCY: "the opening in an emergency",
}
# Free text in tables that are read by reference: for those who read notes or refer.
GUARDED = frozenset({("referral", "reason"), ("episode", "closure_note"), ("pause", "reason")})


class Sayer:
    """Says values to one reader of one parent (five queries, whatever is said)."""

    def __init__(self, parent: Parent) -> None:
        self._parent = parent
        rights = read_in(parent.pk)
        self._open = rights[Part.NOTES] | rights[Part.INTAKE]
        episodes = Episode.objects.filter(parent=parent).select_related("programme")
        self._programme_of = {one.pk: one.programme for one in episodes}
        stages = StageDefinition.objects.values_list("pathway_id", "code", "label")
        self._stages = {(pathway, code): label for pathway, code, label in stages}
        self._names: dict[UUID, str] = {}
        for model in (Worker, Programme):
            self._names |= dict(model.objects.values_list("pk", "name"))
        self._users: dict[UUID, str] = {}

    def learn(self, user_ids: Iterable[UUID]) -> None:
        """The names of whoever will be said to have done something (one query)."""
        self._users = dict(User.objects.filter(pk__in=set(user_ids)).values_list("pk", "name"))

    def user(self, user_id: UUID) -> str:
        """Who made a change."""
        return BY_MACHINE.get(user_id) or self._users.get(user_id, "Someone")

    def label(self, field: "Field[Any, Any]") -> str:
        """What a column is called."""
        own = str(field.verbose_name)
        return WORDS.get(field.name) or own[:1].upper() + own[1:]

    def may_say(self, kind: Kind, field: "Field[Any, Any]", line: Any) -> bool:
        """Whether this column of this line is for this reader, and can be said at all."""
        if field.is_relation and field.related_model not in NAMED:
            return False
        if field.name == "placement_code" and is_home_of_another(line, self._parent):
            return False
        return (kind.code, field.name) not in GUARDED or self.reads_text(line)

    def reads_text(self, line: Any) -> bool:
        """Whether she reads what was written in words about this programme's work."""
        programme_id = getattr(line, "programme_id", None)
        episode_id = getattr(line, "episode_id", None)
        if programme_id is None and episode_id in self._programme_of:
            programme_id = self._programme_of[episode_id].pk
        return bool(self._open) if programme_id is None else programme_id in self._open

    def value(self, field: "Field[Any, Any]", line: Any) -> str:
        """The value of a line as a reader would say it."""
        value = getattr(line, field.attname)
        if value in (None, ""):
            return NOT_RECORDED
        if field.name == "number" and field.model.__name__.endswith("SafeContact"):
            # Nobody rings from here: the number itself stands with its rule.
            return f"a number that ends in {value[-3:]}"
        if field.name == "living_with":
            return lives_with(line, self._parent)
        if field.is_relation:
            return self._names.get(value) or self._users.get(value) or "Someone"
        if field.name == "stage" and line.episode_id in self._programme_of:
            pathway = self._programme_of[line.episode_id].pathway_id
            return self._stages.get((pathway, value)) or str(value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day_and_year(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
