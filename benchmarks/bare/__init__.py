"""The daily pages as bare Django has them: what the service is held against in ``bench.py``."""
