"""The keystroke-level model: what a task costs on top of the words that are typed, in seconds.

T a tap (pointing 1.1 and pressing 0.2), M a thought before it, R a page that is fetched. The
values are those of a mouse; a thumb is faster, so sums are cautious.
"""

SECONDS = {"M": 1.35, "T": 1.3, "R": 1.0}
SECONDS_A_WORD = 60 / 36.2


def taps(steps: str) -> int:
    """How often the finger comes down: ``taps("MTR MT T MTR")`` is 4."""
    return steps.count("T")


def overhead(steps: str) -> float:
    """Seconds for steps such as "MTR MT T MTR", without the words."""
    return round(sum(SECONDS[one] for one in steps.replace(" ", "")), 2)


def with_words(steps: str, words: int) -> float:
    """Seconds for the steps and so many words typed on a phone."""
    return round(overhead(steps) + words * SECONDS_A_WORD, 2)
