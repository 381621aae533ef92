"""The end of a parent's time with a programme, and what becomes of what was still due."""
