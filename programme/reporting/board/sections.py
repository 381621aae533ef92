"""The questions of the board report, in order, and the indicators that answer each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One question of a board, with the ids of its answers."""

    key: str
    question: str
    indicators: tuple[str, ...]


SECTIONS = (
    Section(
        "referred",
        "Who is referred to us, and do we take them on?",
        ("RE-3", "RE-4", "RE-5", "RE-9", "EQ-2"),
    ),
    Section("early", "Are we reaching parents early enough?", ("TI-1", "TI-4")),
    Section("in-time", "Do we do what we owe in time?", ("TI-7", "TI-9", "TI-10")),
    Section(
        "with-us",
        "Are parents with us, and do they get help?",
        ("SN-1", "EN-2", "SU-1", "VO-3", "FA-1", "CO-2"),
    ),
    Section("changed", "What changed for parents?", ("PR-1", "PR-2", "PR-3", "SN-2")),
    Section("babies", "Where are the babies?", ("SN-3", "BA-10", "BA-11", "PR-7", "SN-4")),
    Section("carry", "Can the team carry it, and what does it cost?", ("WF-1", "CA-1")),
)
# What the first page says alone.
HEADLINES = ("RE-3", "RE-4", "SN-3", "TI-7", "EN-2", "VO-3", "CA-1")
ORDER = tuple(name for section in SECTIONS for name in section.indicators)
