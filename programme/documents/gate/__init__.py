"""What a file must be to be kept: known by its content, harmless, and cleaned of what it tells.

The name a file came with is only compared with what is inside; it is never where it is kept.
"""

from programme.documents.gate.entry import admit
from programme.documents.gate.types import Admitted, FileType, Refused

__all__ = ["Admitted", "FileType", "Refused", "admit"]
