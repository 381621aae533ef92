"""How every field words its messages."""

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    Base = forms.Field
else:
    Base = object


class Kind(Base):
    """A field that is named in its messages: ``called="the due date"`` gives "Enter the due date".

    ``kind_messages`` are patterns with {called} and {Called}; ``error_messages`` still wins.
    """

    asks = "Enter"
    called_by_default = "this"
    called_from_label = False
    kind_messages: dict[str, str] = {}

    def __init__(self, *args: Any, called: str = "", **kwargs: Any) -> None:
        label = str(kwargs.get("label") or "").rstrip("?: ") if self.called_from_label else ""
        self.called = called or _inside_a_sentence(label) or self.called_by_default
        patterns = {"required": f"{self.asks} {{called}}", **self.kind_messages}
        words = {code: self.worded(pattern) for code, pattern in patterns.items()}
        super().__init__(
            *args, error_messages={**words, **(kwargs.pop("error_messages", None) or {})}, **kwargs
        )

    def worded(self, pattern: str) -> str:
        """The pattern with the thing's name; %(params)s of a validator are left for Django."""
        capital = self.called[:1].upper() + self.called[1:]
        return pattern.replace("{called}", self.called).replace("{Called}", capital)


def _inside_a_sentence(label: str) -> str:
    """ "Note" becomes "note"; "NHS number" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
