"""Template tags of published pages."""
