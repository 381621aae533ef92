"""Template tags; ``design`` is built in to every template."""
