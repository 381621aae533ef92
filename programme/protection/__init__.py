"""Records that only named people see or one may not; opening a record in an emergency."""
