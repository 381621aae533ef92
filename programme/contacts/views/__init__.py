"""Pages of the contact log, one function each."""
