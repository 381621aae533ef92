"""What the care pair sees: offers always, conversations while consent names the reader."""

from dataclasses import dataclass

from programme.contraception.models import ContraceptionChoice, InformationOffered
from programme.core.dates import today
from programme.core.models import CodeValue
from programme.people.models import Parent

METHODS = "contraception_methods"
NOT_A_METHOD = "Not a method"


@dataclass(frozen=True)
class Conversation:
    """A conversation, choice or change with its method in words."""

    row: ContraceptionChoice
    method: str


def methods() -> list[tuple[str, str]]:
    """The methods of the dated code list, as code and label (one query)."""
    codes = CodeValue.objects.in_list(METHODS).valid_on(today()).exclude(group=NOT_A_METHOD)
    return [(one.code, one.label) for one in codes]


def conversations_of(parent: Parent) -> list[Conversation]:
    """What she told, the newest first; empty unless her consent names the reader."""
    rows = ContraceptionChoice.objects.filter(parent=parent)
    labels = dict(CodeValue.objects.in_list(METHODS).values_list("code", "label"))
    ordered = rows.order_by("-happened_on", "-stored_at")
    return [Conversation(row, labels.get(row.method, row.method)) for row in ordered]


def offers_of(parent: Parent) -> list[InformationOffered]:
    """When information was offered, the newest first."""
    return list(
        InformationOffered.objects.filter(parent=parent).order_by("-happened_on", "-stored_at")
    )
