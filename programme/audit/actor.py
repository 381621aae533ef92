"""Who is acting. Set by ``programme.access.scope``; asked by every write and every read."""

from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID


class NoScope(RuntimeError):
    """Nobody is acting: an error, never an empty answer (a false "no record" does harm)."""


@dataclass(frozen=True)
class Actor:
    """The user in whose name rows are read and written, and whether only counts may leave."""

    user_id: UUID
    reads_figures: bool = False


acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


def current_actor() -> Actor:
    """The actor of this request, job or command; raises ``NoScope`` when there is none."""
    actor = acting.get()
    if actor is None:
        raise NoScope("Nobody is acting. Use programme.access.scope.acting_as(user).")
    return actor
