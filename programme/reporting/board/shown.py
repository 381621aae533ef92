"""A figure as its readers meet it: question, answer, two sentences, chart, and what is missing.

It is made from the published JSON of a figure, so that the board report and a frozen release,
whose JSON is all that is left of it, are shown by the same code.
"""

from dataclasses import dataclass

from programme.reporting.board.drawn import chart_of
from programme.reporting.board.labels import in_words
from programme.reporting.board.sentences import Json, headline, sentences
from programme.reporting.charts import Chart
from programme.reporting.definitions import DEFINITIONS, Definition


@dataclass(frozen=True)
class Shown:
    """One answer of a report."""

    id: str
    question: str
    headline: str
    sentences: tuple[str, ...]
    chart: Chart | None
    missing: tuple[str, ...]
    definition: tuple[tuple[str, str], ...]
    withheld_because: str = ""


def shown(figure: Json) -> Shown:
    """The answer a figure gives, in plain words, with everything that must stand beside it."""
    definition = DEFINITIONS[figure["id"]]
    return Shown(
        id=definition.id,
        question=definition.question,
        headline=headline(figure),
        sentences=sentences(figure),
        chart=chart_of(figure, definition),
        missing=missing(figure),
        definition=_definition(definition),
        withheld_because=figure.get("withheld_because", ""),
    )


def missing(figure: Json) -> tuple[str, ...]:
    """What is not in the figure, in words; nothing is left out in silence."""
    lines = []
    if figure.get("not_recorded"):
        lines.append(f"Not recorded: {figure['not_recorded']}.")
    if figure.get("open_window"):
        lines.append(f"Not yet long enough ago to count: {figure['open_window']}.")
    for reason, number in (figure.get("excluded") or {}).items():
        if number is None:
            lines.append(f"Counted apart: {in_words(reason).lower()}, number hidden.")
        elif number:
            lines.append(f"Counted apart: {in_words(reason).lower()}, {_amount(figure, number)}.")
    return tuple(lines) or _all_there(figure)


def _amount(figure: Json, number: float) -> str:
    return f"£{number:,.0f}" if figure["kind"] == "mean" else f"{number}"


def _all_there(figure: Json) -> tuple[str, ...]:
    """Said only of a figure that says something, and never where a number is hidden."""
    beside = (figure.get("not_recorded"), figure.get("open_window"))
    return ("Not recorded: none.",) if _says_something(figure) and beside == (0, 0) else ()


def _says_something(figure: Json) -> bool:
    if figure["kind"] == "distribution":
        return any(row["count"] for row in figure["rows"])
    has_base = bool(figure["denominator"]) or figure["kind"] == "count"
    return has_base and (figure["value"] is not None or figure["kind"] == "crosstab")


def _definition(definition: Definition) -> tuple[tuple[str, str], ...]:
    pairs = (
        ("What is counted", definition.numerator),
        ("Out of", definition.denominator),
        ("When", definition.time_basis),
        ("Left out, but counted", definition.excluded_but_counted),
    )
    return tuple((name, words) for name, words in pairs if words)
