"""Chance that falls the same way every time, and ids from it."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from programme.access.records import CaseRecord
from programme.access.writing import store
from programme.audit.records import Record

T = TypeVar("T")


class Dice:
    """One source of chance for the whole demonstration."""

    def __init__(self, seed: str) -> None:
        """The same ``seed`` gives the same people."""
        self._random = Random(seed)  # noqa: S311 - stories, not secrets

    def key(self) -> UUID:
        """An id that is the same in every demonstration."""
        return UUID(int=self._random.getrandbits(128), version=4)

    def pick(self, among: Sequence[T]) -> T:
        """One of several."""
        return among[self._random.randrange(len(among))]

    def some(self, among: Sequence[T], least: int, most: int) -> list[T]:
        """A few of several, in their order."""
        chosen = set(self._random.sample(range(len(among)), self.between(least, most)))
        return [one for position, one in enumerate(among) if position in chosen]

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def happens(self, in_a_hundred: int) -> bool:
        """So many times in a hundred."""
        return self._random.randrange(100) < in_a_hundred

    def day(self, first: date, last: date) -> date:
        """A day between two, both included; the first when they are the wrong way round."""
        return first + timedelta(days=self.between(0, max(0, (last - first).days)))

    def put(self, model: type[T], **values: Any) -> T:
        """Stores a row for which there is no action yet, under a repeatable id."""
        make: Any = model
        row: Any = make(id=self.key(), **values)
        if isinstance(row, CaseRecord):
            store(row)
        else:
            assert isinstance(row, Record)
            row.save()
        return row  # type: ignore[no-any-return]
