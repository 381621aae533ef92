"""The log names places, numbers and ids, and never repeats anybody's words."""

import logging
from uuid import UUID

import pytest

from recurrent.logs import WithoutWords

NAME = "Jane Canary"
KEY = UUID("7f1c5f1e-0000-4000-8000-000000000001")


def line(logger: str, message: object, *values: object, error: BaseException | None = None) -> str:
    trace = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(logger, logging.ERROR, "", 0, message, values, trace)
    return WithoutWords().format(record)


def broken() -> BaseException:
    """An error with another behind it, both with a name in their words and in a variable."""
    try:
        try:
            raise KeyError(NAME)
        except KeyError as problem:
            raise ValueError(f"no such person: {NAME}") from problem
    except ValueError as problem:
        return problem


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((NAME,), "… was not found"),
        ((KEY,), f"{KEY} was not found"),
        ((7,), "7 was not found"),
        (([NAME],), "… was not found"),
    ],
)
def test_of_other_packages_only_numbers_and_ids_come_through(
    values: tuple[object, ...], said: str
) -> None:
    assert line("somebody.else", "%s was not found", *values).endswith(said)


@pytest.mark.parametrize("message", [RuntimeError(NAME), {"name": NAME}, "%d of %s"])
def test_what_cannot_be_told_apart_is_left_out(message: object) -> None:
    assert NAME not in line("somebody.else", message, NAME, NAME)


def test_our_own_words_are_whole() -> None:
    assert line("recurrent", "Reference %s", "7KQ2-M4TW").endswith("Reference 7KQ2-M4TW")


def test_an_error_is_its_kind_and_place_and_the_one_behind_it() -> None:
    written = line("django.request", "%s: %s", "Internal Server Error", NAME, error=broken())

    assert NAME not in written
    assert "ValueError" in written
    assert "from KeyError" in written
    assert "test_logs.py" in written
    assert "broken" in written
