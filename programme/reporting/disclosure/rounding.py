"""The rounding that NHS England has used instead of suppression since September 2018."""

STAR = "*"
LARGEST_STARRED = 7
STEP = 5


def rounded_count(count: int) -> str:
    """0 is shown, 1 to 7 is a star, anything else goes to the nearest 5.

    Numbers rounded by themselves do not add up, and nothing is told apart by taking one from
    another. Source: NHS England, disclosure control of hospital episode statistics.
    """
    if count == 0:
        return "0"
    if count <= LARGEST_STARRED:
        return STAR
    return str((count + STEP // 2) // STEP * STEP)
