"""The facts that ship with the product: one csv file a topic, its source on every row."""

from programme.core.reference.loading import load_code_lists
from programme.core.reference.reading import rows

__all__ = ["load_code_lists", "rows"]
