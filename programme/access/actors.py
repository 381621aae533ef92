"""Declared system actors: users that no one can sign in as, in whose name commands act."""

from uuid import UUID

LOADER = UUID("00000000-0000-4000-8000-000000000001")
EXPORTER = UUID("00000000-0000-4000-8000-000000000002")
FIGURES = UUID("00000000-0000-4000-8000-000000000003")
SEEDER = UUID("00000000-0000-4000-8000-000000000004")

NAMES = {LOADER: "loader", EXPORTER: "exporter", FIGURES: "figures", SEEDER: "seeder"}

# These read and write whole caseloads; ``wall.py`` writes the same ids into the row policies.
READ_EVERYTHING = frozenset({LOADER, EXPORTER, SEEDER})
WRITE_EVERYTHING = frozenset({LOADER, SEEDER})
