"""Declared system actors: users that no one can sign in as, in whose name commands act."""

from uuid import UUID

LOADER = UUID("00000000-0000-4000-8000-000000000001")
EXPORTER = UUID("00000000-0000-4000-8000-000000000002")
FIGURES = UUID("00000000-0000-4000-8000-000000000003")
SEEDER = UUID("00000000-0000-4000-8000-000000000004")
# Looks for the same person among all records; what it finds reaches no page but the keeper's.
MATCHER = UUID("00000000-0000-4000-8000-000000000005")
# Joins two records of one person, and parts them again.
MERGER = UUID("00000000-0000-4000-8000-000000000006")
# Writes the first rows of somebody nobody knows yet: until they stand, no rule names her team.
RECEIVER = UUID("00000000-0000-4000-8000-000000000007")
# Looks for the one parent who is named, and gives a grant of one hour.
EMERGENCY = UUID("00000000-0000-4000-8000-000000000008")
# Sees to it that every file of a document has its row, and that no file outlives its row.
FILE_KEEPER = UUID("00000000-0000-4000-8000-000000000009")
# Ends drafts that nobody went on with, and says which somebody who is away began.
DRAFT_KEEPER = UUID("00000000-0000-4000-8000-0000000000d1")
# Notes that somebody was told how many things wait. Sees no record.
REMINDER = UUID("00000000-0000-4000-8000-00000000000a")

NAMES = {
    LOADER: "loader",
    EXPORTER: "exporter",
    FIGURES: "figures",
    SEEDER: "seeder",
    MATCHER: "matcher",
    MERGER: "merger",
    RECEIVER: "receiver",
    EMERGENCY: "emergency",
    FILE_KEEPER: "file-keeper",
    DRAFT_KEEPER: "draft-keeper",
    REMINDER: "reminder",
}

# These read and write whole caseloads; ``wall.py`` writes the same ids into the row policies.
WRITE_EVERYTHING = frozenset(
    {LOADER, SEEDER, MATCHER, MERGER, RECEIVER, EMERGENCY, FILE_KEEPER, DRAFT_KEEPER}
)
READ_EVERYTHING = WRITE_EVERYTHING | {EXPORTER}
