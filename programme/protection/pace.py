"""How often an emergency is tried: nothing is learnt from trying."""

from uuid import UUID

from django.core.cache import cache

from recurrent.design import forms

MOST_TRIES = 5
AN_HOUR = 3600


def may_try(user_id: UUID, form: forms.Form) -> bool:
    """Counts a try; after five within an hour the form says so and nothing is looked for.

    Each takes a place that is free again an hour later. Places are in the cache that every process
    shares, and nobody takes one twice: five tries are five, from however many browsers at once.
    """
    places = (f"emergency/{user_id}/{number}" for number in range(MOST_TRIES))
    if any(cache.add(place, True, AN_HOUR) for place in places):
        return True
    form.add_error(None, "You have tried five times this hour. Ring the duty lead.")
    return False
