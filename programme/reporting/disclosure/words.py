"""Why something is not shown, in plain and kind words."""

EVERYONE = "Withheld: it would say the same of everyone in this group."
GIVEN_AWAY = "Withheld: another published figure would give it away."
CHANGE = "Withheld until more people are counted: the change since an earlier release is too small."
TOO_FEW_FOR_VALUE = "Fewer than 10 people: hidden so that nobody can be recognised."
PART_HIDDEN = "Hidden: with it a count beside it could be worked out."
SOMEBODY_OR_THE_REST = (
    "Too few people, in it or beside it: hidden so that nobody can be recognised."
)


def fewer_than(limit: int) -> str:
    """Why a count of 1 to limit - 1 is hidden."""
    return f"Fewer than {limit}: hidden so that nobody can be recognised."
