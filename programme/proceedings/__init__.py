"""Sets of proceedings, separations, and where a child lives."""
