"""Several questions in one statement: a page that asks two dozen tables asks the database once.

PostgreSQL does. SQLite opens a table the slower, the more a statement has open: home and a record
took it ten times as long. It is in the same process, so asking it again costs little.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

# PostgreSQL takes 65,535 values in a statement. Past this each question is asked by itself.
MOST_VALUES = 30_000
# Types that one column of the answer holds without loss, by how the database names them.
SAME = {
    "varchar": "text",
    "char": "text",
    "smallint": "bigint",
    "integer": "bigint",
    "numeric": "numeric",
}

# A column of the answer: the type, and its place among those of that type.
Slot = tuple[str, int]


class Questions:
    """What one read asks, as a dataclass of query sets; a page asks those of several together."""

    @property
    def query_sets(self) -> "list[QuerySet[Any, Any]]":
        """Its questions."""
        return [value for value in vars(self).values() if isinstance(value, QuerySet)]


def ask_together(*several: "Questions | QuerySet[Any, Any]") -> None:
    """Evaluates these query sets as ``list()`` would, on PostgreSQL all of them in one statement.

    Each keeps its own wall, order and limit; one that was answered before is left as it is.
    Prefetches still ask for themselves.
    """
    questions: list[QuerySet[Any, Any]] = []
    for some in several:
        questions += some.query_sets if isinstance(some, Questions) else [some]
    asked = [one for one in questions if one._result_cache is None]
    if any(connections[one.db].vendor == "sqlite" for one in asked):
        for one in asked:
            one._fetch_all()
        return
    compiled = [(one, *parts) for one in asked if (parts := _compiled(one))]
    values = [value for *_, given in compiled for value in given]
    if len(compiled) < 2 or len(values) > MOST_VALUES:
        return
    layouts = [_layout(compiler) for _, compiler, *_ in compiled]
    slots = sorted({slot for layout in layouts for slot in layout})
    branches = [
        _branch(place, compiler, sql, dict(zip(layout, _names(compiler), strict=True)), slots)
        for place, ((_, compiler, sql, _), layout) in enumerate(zip(compiled, layouts, strict=True))
    ]
    with compiled[0][1].connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(branches), values)
        answers: list[list[Any]] = [[] for _ in compiled]
        for row in sorted(cursor.fetchall(), key=itemgetter(0, 1)):
            answers[row[0]].append(row)
    at = {slot: number for number, slot in enumerate(slots, 2)}
    for (question, compiler, *_), layout, rows in zip(compiled, layouts, answers, strict=True):
        pick = [at[slot] for slot in layout]
        _fill(question, compiler, [tuple(row[number] for number in pick) for row in rows])


def _compiled(question: "QuerySet[Any, Any]") -> tuple[SQLCompiler, str, Sequence[Any]] | None:
    """How the database is asked; None where the question has no answer, which is then given."""
    compiler = question.query.get_compiler(using=question.db)
    try:
        sql, values = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        question._result_cache = []
        return None
    return compiler, sql, values


def _columns(compiler: SQLCompiler) -> Any:
    return (compiler.select or [])[: compiler.col_count]


def _names(compiler: SQLCompiler) -> list[str]:
    quote = compiler.connection.ops.quote_name
    return [quote(alias) for _, _, alias in _columns(compiler)]


def _layout(compiler: SQLCompiler) -> list[Slot]:
    """A slot for each column: columns of several questions share one only if of the same type."""
    taken: Counter[str] = Counter()
    slots = []
    for expression, _, _ in _columns(compiler):
        named = expression.output_field.db_type(compiler.connection).split("(")[0]
        kind = SAME.get(named, named)
        slots.append((kind, taken[kind]))
        taken[kind] += 1
    return slots


def _branch(
    place: int, compiler: SQLCompiler, sql: str, names: dict[Slot, str], slots: Iterable[Slot]
) -> str:
    """One question with its rows numbered in its own order, and nothing in others' columns."""
    is_typed = compiler.connection.vendor == "postgresql"
    columns = (
        f"CAST({names.get(slot, 'NULL')} AS {slot[0]})" if is_typed else names.get(slot, "NULL")
        for slot in slots
    )
    # No word of it is a person's: values stay apart, and Django quotes the names.
    return f"SELECT {place}, ROW_NUMBER() OVER (), {', '.join(columns)} FROM ({sql}) q{place}"  # noqa: S608


def _fill(question: "QuerySet[Any, Any]", compiler: Any, rows: list[tuple[Any, ...]]) -> None:
    """Lets Django make of the rows what it makes of any, and forgets the detour."""
    query: Any = question.query
    compiler.execute_sql = lambda *_, **__: [rows]
    query.get_compiler = lambda *_, **__: compiler
    try:
        question._fetch_all()
    finally:
        del query.get_compiler
