"""How the rows of a table hang on a parent, and which part of her record they are.

A wall is declared once on a model and asked twice: by its manager (``readable``) and by the
row policies of PostgreSQL (``policy``). Both ask the one view, ``access_visible``.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.fields.tuple_lookups import Tuple, TupleIn
from django.db.models.lookups import Exact, In

from programme.access.actors import READ_EVERYTHING, WRITE_EVERYTHING
from programme.access.held import opens_the_child
from programme.access.parts import Part
from programme.audit.actor import current_actor

ME = "current_setting('app.user_id')::uuid"


def visible(part: Part, *, writing: bool = False) -> QuerySet[Any]:
    """The rows of the rule view for the acting user and one part."""
    actor = current_actor()
    if actor.reads_figures and writing:
        return apps.get_model("programme", "Visible").objects.none()
    asked = Part.FIGURES if actor.reads_figures else part
    rows = apps.get_model("programme", "Visible").objects.filter(user_id=actor.user_id, part=asked)
    return rows.filter(can_write=1) if writing else rows


def _parents(part: Part, writing: bool) -> Any:
    """Whose part may be read or changed, as the right side of ``in``."""
    if connection.vendor == "postgresql":
        return RawSQL(_PARENTS, [part.value, writing])
    return visible(part, writing=writing).values("parent_id")


def _pairs(part: Part, writing: bool) -> Any:
    """The same with the programme beside each parent."""
    if connection.vendor == "postgresql":
        return RawSQL(_PAIRS, [part.value, writing])
    return visible(part, writing=writing).values("parent_id", "programme_id").query


def _joined_parents(part: Part) -> Any:
    """Records that lead to one whose part may be read, as the right side of ``in``."""
    if connection.vendor == "postgresql":
        return RawSQL(_JOINED_PARENTS, [part.value])
    seen, params = visible(part).values("parent_id").query.sql_with_params()
    asked = f"SELECT j.absorbed_id FROM access_joined j WHERE j.parent_id IN ({seen})"
    return RawSQL(asked, params)


def _joined_pairs(part: Part) -> Any:
    """The same with the programme beside each record."""
    if connection.vendor == "postgresql":
        return RawSQL(_JOINED_PAIRS, [part.value])
    seen, params = visible(part).values("parent_id", "programme_id").query.sql_with_params()
    asked = f"""SELECT j.absorbed_id, v.programme_id FROM access_joined j
        JOIN ({seen}) v ON v.parent_id = j.parent_id"""
    return RawSQL(asked, params)


# ``functions.sql``: PostgreSQL asks the view through functions whose plans are kept.
_PARENTS = "SELECT access_parents(%s, %s)"
_CHILDREN = "SELECT access_children(%s, %s)"
_PAIRS = "SELECT parent_id, programme_id FROM access_pairs(%s, %s)"
_JOINED_PARENTS = "SELECT access_joined_parents(%s)"
_JOINED_PAIRS = "SELECT absorbed_id, programme_id FROM access_joined_pairs(%s)"


def _said(statement: str, part: Part, writing: bool) -> str:
    return statement % (f"'{part}'", "true" if writing else "false")


def _sees_everything(writing: bool) -> str:
    ids = ", ".join(
        sorted(f"'{key}'" for key in (WRITE_EVERYTHING if writing else READ_EVERYTHING))
    )
    return f"{ME} IN ({ids})"


@dataclass(frozen=True)
class Wall:
    """Base of the kinds below. ``part`` to read, ``write`` to change (the same unless said)."""

    part: Part
    write: Part | None = None

    def _part(self, writing: bool) -> Part:
        return (self.write or self.part) if writing else self.part

    def readable(self) -> Q:
        """The condition on rows the acting user may see."""
        return self._allowed(writing=False)

    def writable(self) -> Q:
        """The condition on rows the acting user may add, change or remove."""
        return self._allowed(writing=True)

    def _allowed(self, *, writing: bool) -> Q:
        everything = WRITE_EVERYTHING if writing else READ_EVERYTHING
        if current_actor().user_id in everything:
            return Q()
        return self.condition(writing=writing)

    def condition(self, *, writing: bool) -> Q:
        """The condition in Django's words."""
        raise NotImplementedError

    def of_history(self) -> "Wall":
        """The same wall for lines of history: what belonged to a record that leads to another now
        is read with that one.
        """
        inner: dict[str, Any] = {}
        if wall := getattr(self, "wall", None):
            inner["wall"] = wall.of_history()
        if walls := getattr(self, "walls", ()):
            inner["walls"] = tuple(wall.of_history() for wall in walls)
        return replace(self, **inner)

    def policy(self, *, writing: bool) -> str:
        """The same condition in SQL, for the row policies."""
        return f"({_sees_everything(writing)} OR {self.expression(writing=writing)})"

    def expression(self, *, writing: bool) -> str:
        """The condition in SQL, for one who does not see everything."""
        raise NotImplementedError


def asked_once(columns: str, asked: str) -> str:
    """Keeps PostgreSQL from making a join of it, which may ask the rule view for every row."""
    return f"({columns} IN ({asked})) IS TRUE"


class _AskedOnce:
    """The same for the managers: a condition that is worked out once a query."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """As ``asked_once``."""
        sql, params = self.as_sql(compiler, connection)  # type: ignore[attr-defined]
        return f"({sql}) IS TRUE", params


class KeyIn(_AskedOnce, In):
    """A column is among the keys that the rule view gives."""


@dataclass(frozen=True)
class OfParent(Wall):
    """The row belongs to a person, whichever programme knows her."""

    column: str = "parent_id"
    # Whether those of the records that lead to one of hers are meant, and not her own.
    joined: bool = False

    def of_history(self) -> "OfParent":
        return replace(self, joined=True)

    def condition(self, *, writing: bool) -> Q:
        part = self._part(writing)
        asked = _joined_parents(part) if self.joined else _parents(part, writing)
        return Q(KeyIn(F(self.column), asked))

    def expression(self, *, writing: bool) -> str:
        part = self._part(writing)
        asked = _JOINED_PARENTS % f"'{part}'" if self.joined else _said(_PARENTS, part, writing)
        return asked_once(self.column, asked)


class PairIn(_AskedOnce, TupleIn):
    """Two columns together are among the rows of a query (5.2 counts only composite keys)."""

    def get_prep_lookup(self) -> Any:
        return self.rhs


@dataclass(frozen=True)
class OfProgramme(Wall):
    """The row belongs to a person's time with one programme, named on the row itself."""

    joined: bool = False

    def of_history(self) -> "OfProgramme":
        return replace(self, joined=True)

    def condition(self, *, writing: bool) -> Q:
        part = self._part(writing)
        rows = _joined_pairs(part) if self.joined else _pairs(part, writing)
        return Q(PairIn(Tuple(F("parent_id"), F("programme_id")), rows))

    def expression(self, *, writing: bool) -> str:
        part = self._part(writing)
        asked = _JOINED_PAIRS % f"'{part}'" if self.joined else _said(_PAIRS, part, writing)
        return asked_once("(parent_id, programme_id)", asked)


@dataclass(frozen=True)
class Linked(Wall):
    """The row is seen with rows of another table: its ``column`` is their ``key``."""

    column: str = ""
    through: str = ""
    key: str = "id"
    inner: Wall | None = None

    def condition(self, *, writing: bool) -> Q:
        assert self.inner is not None
        model: Any = apps.get_model("programme", self.through)
        inner = self.inner.condition(writing=writing)
        return Q(**{f"{self.column}__in": model.unwalled.filter(inner).values(self.key)})

    def expression(self, *, writing: bool) -> str:
        assert self.inner is not None
        model: Any = apps.get_model("programme", self.through)
        inner = self.inner.expression(writing=writing)
        return f"{self.column} IN (SELECT {self.key} FROM {model._meta.db_table} WHERE {inner})"


def of_episode(part: Part, write: Part | None = None, column: str = "episode_id") -> Linked:
    """The row belongs to an episode, so to its parent and programme."""
    return Linked(part, write, column, "Episode", "id", OfProgramme(part, write))


@dataclass(frozen=True)
class OfChild(Wall):
    """The row belongs to a child, so to each of the child's parents."""

    column: str = "child_id"

    def condition(self, *, writing: bool) -> Q:
        part = self._part(writing)
        if connection.vendor == "postgresql":
            return Q(KeyIn(F(self.column), RawSQL(_CHILDREN, [part.value, writing])))
        links = apps.get_model("programme", "ParentChild").unwalled
        rows = links.filter(OfParent(part).condition(writing=writing), opens_the_child()).values(
            "child_id"
        )
        return Q(**{f"{self.column}__in": rows})

    def expression(self, *, writing: bool) -> str:
        return asked_once(self.column, _said(_CHILDREN, self._part(writing), writing))


def of_child(part: Part, write: Part | None = None, column: str = "child_id") -> OfChild:
    """The row belongs to a child, so to each of the child's parents."""
    return OfChild(part, write, column)


@dataclass(frozen=True)
class SeenWith(Wall):
    """The row is seen, and changed, with the row of another table that its ``column`` names.

    PostgreSQL asks through a function of the other table (``keys_function``): who may add to a
    row need not be able to read it.
    """

    column: str = ""
    through: str = ""

    @property
    def keys_function(self) -> str:
        """The function that gives the keys of the other table's rows."""
        return f"access_keys_of_{self.through.lower()}"

    def condition(self, *, writing: bool) -> Q:
        model: Any = apps.get_model("programme", self.through)
        inner = model.wall.condition(writing=writing)
        return Q(**{f"{self.column}__in": model.unwalled.filter(inner).values("pk")})

    def expression(self, *, writing: bool) -> str:
        return f"{self.column} IN (SELECT {self.keys_function}({str(writing).lower()}))"

    def function(self) -> str:
        """The definition of ``keys_function``, asked with its owner's rights."""
        model: Any = apps.get_model("programme", self.through)
        table = model._meta.db_table
        read, write = (model.wall.expression(writing=writing) for writing in (False, True))
        return f"""
            CREATE FUNCTION {self.keys_function} (writing boolean) RETURNS SETOF uuid
            LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200
            SET search_path = public, pg_temp AS $$
            BEGIN
                IF writing THEN
                    RETURN QUERY SELECT t.id FROM {table} t WHERE {write};
                ELSE
                    RETURN QUERY SELECT t.id FROM {table} t WHERE {read};
                END IF;
            END $$
        """


def seen_with(through: str, column: str, part: Part) -> SeenWith:
    """The row is seen with the row of ``through`` that its ``column`` names."""
    return SeenWith(part, None, column, through)


@dataclass(frozen=True)
class Where(Wall):
    """Another wall, only for the rows that ``sql`` and ``condition_q`` both describe."""

    wall: Wall | None = None
    q: Q = field(default_factory=Q)
    sql: str = "TRUE"

    def condition(self, *, writing: bool) -> Q:
        assert self.wall is not None
        return self.q & self.wall.condition(writing=writing)

    def expression(self, *, writing: bool) -> str:
        assert self.wall is not None
        return f"({self.sql} AND {self.wall.expression(writing=writing)})"


@dataclass(frozen=True)
class ReadOwn(Wall):
    """Rows about the acting user herself: to read, never to change."""

    column: str = "user_id"

    def condition(self, *, writing: bool) -> Q:
        return Q(pk__in=[]) if writing else Q(**{self.column: current_actor().user_id})

    def expression(self, *, writing: bool) -> str:
        return "FALSE" if writing else f"{self.column} = {ME}"


@dataclass(frozen=True)
class ReadAsWorker(Wall):
    """Rows about the acting user's own work: to read, never to change."""

    column: str = "worker_id"

    def condition(self, *, writing: bool) -> Q:
        own = apps.get_model("programme", "Worker").objects.filter(user=current_actor().user_id)
        return Q(pk__in=[]) if writing else Q(**{f"{self.column}__in": own.values("pk")})

    def expression(self, *, writing: bool) -> str:
        own = f"SELECT w.id FROM programme_worker w WHERE w.user_id = {ME}"
        return "FALSE" if writing else f"{self.column} IN ({own})"


@dataclass(frozen=True)
class OwnRows(Wall):
    """A wall that also asks that the acting user wrote the row."""

    wall: Wall | None = None
    column: str = "written_by_id"

    def condition(self, *, writing: bool) -> Q:
        assert self.wall is not None
        return Q(**{self.column: current_actor().user_id}) & self.wall.condition(writing=writing)

    def expression(self, *, writing: bool) -> str:
        assert self.wall is not None
        return f"({self.column} = {ME} AND {self.wall.expression(writing=writing)})"


@dataclass(frozen=True)
class Either(Wall):
    """Rows that any of several walls lets through."""

    walls: tuple[Wall, ...] = ()

    def condition(self, *, writing: bool) -> Q:
        joined = Q(pk__in=[])
        for wall in self.walls:
            joined |= wall.condition(writing=writing)
        return joined

    def expression(self, *, writing: bool) -> str:
        return "(" + " OR ".join(wall.expression(writing=writing) for wall in self.walls) + ")"


@dataclass(frozen=True)
class ActorsOnly(Wall):
    """Rows for declared actors: nobody who signs in reads or writes them."""

    def condition(self, *, writing: bool) -> Q:
        # Asked of the database like every other wall, not answered before.
        return Q(Exact(Value(1), Value(0)))

    def expression(self, *, writing: bool) -> str:
        return "FALSE"
