"""Someone asks a programme to work with a parent."""
