"""How fast some answers come: nothing is learnt from timing them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.conf import settings


@contextmanager
def same_time(is_asked: Callable[[], bool]) -> Iterator[None]:
    """Where it is asked for, the answer takes as long, whatever was found and written inside."""
    began = monotonic()
    try:
        yield
    finally:
        if is_asked():
            sleep(max(0.0, settings.EMERGENCY_ANSWER_SECONDS - (monotonic() - began)))
