"""A record of any shape, made from the models themselves: a table added later is made too."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from programme.access import actors
from programme.access.models import User
from programme.access.wall import case_models
from programme.joining.models import Merge, MergeMove
from programme.joining.moves import parent_columns
from programme.pathways.models import Pathway, Programme, Worker
from programme.people.models import Child, Parent, Protection
from tests import builders
from tests.programme.desk.scene import Scene

DAY = date(2025, 3, 4)
WORDS = ("", "Zoë", "a note\nof two lines", "O’Neill-Šmid")
# As long as each column takes, and nowhere to break.
LONG_WORDS = ("Donaudampfschifffahrt" * 40,)
# Made for each of two people; what stands here is not made of itself.
NOT_MADE = (Merge, MergeMove, Parent)


class Maker:
    """Makes rows of any table for one parent; the dice decide what is filled in."""

    def __init__(
        self,
        dice: Random,
        parent: Parent,
        others: list[Parent],
        standing: dict[type[Any], Any] | None = None,
        words: tuple[str, ...] = WORDS,
    ) -> None:
        self.dice, self.parent, self.others = dice, parent, others
        self.words = words
        # Whose work and in which programme, where it matters who reads what is made.
        self.standing = standing or {}
        self.made: dict[type[models.Model], list[Any]] = {Parent: [parent]}

    def make_some(self, model: type[Any], most: int = 2) -> None:
        """None, one or two rows; of a table that takes one for each parent, at most one."""
        once = any(field.one_to_one for field in model._meta.concrete_fields)
        if once and model in self.made:
            return
        for _ in range(self.dice.randint(0, 1 if once else most)):
            self.make(model)

    def make(self, model: type[Any]) -> Any:
        """One row of a table, with the rows that it hangs on."""
        values = {
            field.attname: self._value(model, field)
            for field in model._meta.concrete_fields
            if not (field.primary_key or field.name in ("version", "stored_at", "package_id"))
        }
        own = parent_columns(model)
        if own:
            # The first column names her; or the second, as a father or partner of another.
            mine = self.dice.choice(own)
            values |= dict(zip(own, self.dice.sample(self.others, len(own)), strict=False))
            values = {name: getattr(one, "pk", one) for name, one in values.items()}
            values[mine] = self.parent.pk
        values |= FIXED.get(model._meta.model_name, lambda dice: {})(self.dice)
        row = model(**values)
        try:
            row.validate_unique()
            row.validate_constraints()
        except ValidationError:
            # The dice gave the same pair twice.
            return None
        row.save()
        self.made.setdefault(model, []).append(row)
        return row

    def _value(self, model: type[Any], field: Any) -> Any:
        if field.null and self.dice.random() < 0.4:
            return None
        if field.is_relation:
            return self._row_of(field).pk
        return made_value(self.dice, field, self.words)

    def _row_of(self, field: Any) -> Any:
        related = field.related_model
        if related is Parent:
            return self.parent
        if related in STANDING:
            return self.standing.get(related) or STANDING[related]()
        if related not in self.made or self.dice.random() < 0.2:
            self.make(related)
        return self.dice.choice(self.made[related])


def made_value(dice: Random, field: Any, words: tuple[str, ...] = WORDS) -> Any:
    """A value that the field can hold."""
    if field.choices:
        blank = [""] if field.blank and not field.null else []
        return dice.choice([*blank, *(value for value, _ in field.flatchoices)])
    if isinstance(field, models.BooleanField):
        return dice.choice([True, False])
    if isinstance(field, models.DateTimeField):
        return datetime(2025, 3, 4, 10, 30, tzinfo=UTC)
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.DecimalField):
        return Decimal("1.50")
    if isinstance(field, models.IntegerField):
        return dice.randint(1, 3)
    if isinstance(field, models.TextField):
        return dice.choice(words)
    if isinstance(field, models.CharField):
        most = 12 if words is WORDS else 1_000
        return dice.choice(words)[: min(field.max_length or 4, most)].replace("\n", " ")
    if isinstance(field, models.TimeField):
        return time(10, 30)
    if isinstance(field, models.UUIDField):
        return UUID(int=dice.getrandbits(128))
    if isinstance(field, models.JSONField):
        return {}
    raise AssertionError(f"Say in any_record.py what {field} may hold.")


STANDING: dict[type[Any], Callable[[], Any]] = {
    User: lambda: User.objects.get(pk=actors.SEEDER),
    Programme: lambda: Programme.objects.order_by("pk")[0],
    Pathway: lambda: Pathway.objects.get(pk="pause"),
    Worker: lambda: Worker.objects.order_by("pk")[0],
}
UNREVIEWED = {"finding": "", "reviewed_by_id": None, "reviewed_at": None}
# Rules between columns that no single column tells.
FIXED: dict[str, Callable[[Random], dict[str, Any]]] = {
    "timedgrant": lambda dice: {
        **dice.choice(
            [
                {"kind": "stand_in", "worker_id": Worker.objects.order_by("pk")[0].pk},
                {"kind": dice.choice(["released", "clinician", "therapist"]), "worker_id": None},
            ]
        ),
        "ends_at": datetime(2027, 1, 1, tzinfo=UTC),
        "user_id": builders.make_user().pk,
    },
    "recordrequest": lambda dice: {"answered_by_id": None},
    "contraceptionchoice": lambda dice: {"answer": "method", "event": "choice"},
    "support": lambda dice: {"category": "practical"},
    "nextstep": lambda dice: {dice.choice(["done_on", "ended_on"]): None},
    "stage": lambda dice: {"stage": dice.choice(["engagement", "decision", "active"])},
    "consent": lambda dice: {
        "decided_at": datetime(2025, 1, dice.randint(1, 9), 10, tzinfo=UTC),
        "position": dice.randint(1, 10**9),
        "expires_on": dice.choice([None, None, DAY, DAY + timedelta(days=9000)]),
    },
    "contact": lambda dice: {"written_by_id": actors.SEEDER, "missed_because": ""},
    "plannedcontact": lambda dice: {"contact_id": None},
    "served": lambda dice: {"support_id": None},
    "courtdate": lambda dice: {
        "source": "parent",
        "kind": "issued",
        "child_id": None,
        "order": "",
        "happened_on": DAY,
    },
    "groupsession": lambda dice: {"cancelled_at": None},
    "signoff": lambda dice: {"step": "signed"},
    "hearing": lambda dice: {"source": "parent"},
    "partnership": lambda dice: {"other_member_id": None},
    "familytime": lambda dice: {"months": ""},
    "letter": lambda dice: {"state": "in_progress", "ended_on": None},
    "chronology": lambda dice: {
        "first_day": None,
        "checked_by_id": None,
        "checked_at": None,
        "digest": "",
    },
    "emergencyopening": lambda dice: {
        "ends_at": datetime(2025, 3, 4, 11, 30, tzinfo=UTC),
        "opened_by_id": builders.make_user().pk,
        **UNREVIEWED,
    },
    "protectionrequest": lambda dice: {"answered_at": None, "answered_by_id": None},
    "document": lambda dice: {
        "file_name": f"{dice.getrandbits(100):x}",
        "removed_at": None,
        "removed_by_id": None,
        "removed_why": "",
    },
    "draft": lambda dice: {"page": "contacts:log_contact", "about": "", "words": "note=Tea"},
    "significantevent": lambda dice: {"part": "notes", "pregnancy_id": None},
    "chronologyline": lambda dice: {"part": "notes", "pregnancy_id": None},
    "protection": lambda dice: {
        "from_date": date(2025, 1, dice.randint(1, 9)),
        "user_id": builders.make_user().pk,
        "worker_id": None,
    },
}


def fill(scene: Scene, number: int, words: tuple[str, ...] = WORDS) -> None:
    """So many more rows of every table of a record, of every kind that each can be of."""
    others = [scene.former, scene.newcomer, builders.make_parent()]
    standing = {Programme: scene.programme, Worker: scene.worker}
    maker = Maker(Random(number), scene.parent, others, standing, words)
    for model in made_tables():
        for _ in range(0 if model is Protection else number):
            maker.make(model)


def made_tables() -> list[type[Any]]:
    """Every table with a path to a person but those of the merge itself."""
    return [model for model in case_models() if model not in NOT_MADE]


def make_two(seed: int, senior: User) -> tuple[Parent, Parent]:
    """Two people, sometimes with a child in common, each with a record of any shape.

    ``senior`` works in the one programme and is named wherever somebody is.
    """
    dice = Random(seed)
    others = [builders.make_parent() for _ in range(3)]
    pair = [builders.stored(Parent, parent_role="mother") for _ in range(2)]
    makers = [Maker(dice, parent, others) for parent in pair]
    for maker in makers:
        for model in made_tables():
            maker.make_some(model)
        let_in(senior, maker)
    if dice.random() < 0.5:
        share_a_child(*makers)
    return pair[0], pair[1]


def let_in(senior: User, maker: Maker) -> None:
    """Her team works with the parent; a restriction names her too."""
    (programme,) = Programme.objects.all()
    builders.make_episode(maker.parent, programme)
    if Protection.objects.filter(parent=maker.parent, kind="restricted").exists():
        builders.protect(maker.parent, "restricted", senior)


def share_a_child(one: Maker, other: Maker) -> None:
    """One child of both, told in the same words: the second link cannot be moved."""
    child = builders.stored(Child, given_names="Ivy")
    link = next(model for model in made_tables() if model._meta.model_name == "parentchild")
    for maker in (one, other):
        builders.stored(link, parent=maker.parent, child=child, relation="birth")
