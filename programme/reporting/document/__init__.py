"""Tagged PDF documents that anyone can read: headings, tables, charts with words, marked pages."""

from programme.reporting.document.kit import Document

__all__ = ["Document"]
