"""Pages of papers, one file for each kind of paper."""
