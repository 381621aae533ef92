"""Everything about the people, in slices: bottom to top as in docs/architecture.md."""
