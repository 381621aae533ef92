"""Pages about the family around a parent, one function each."""
