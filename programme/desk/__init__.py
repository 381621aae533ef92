"""Pages that join slices: a parent's record, search, print. Nothing imports it."""
