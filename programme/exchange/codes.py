"""The codes that the database allows: dated code lists, and the stages of each pathway."""

from datetime import date

from programme.core.choices import PathwayCode
from programme.core.models import CodeValue
from programme.pathways.models import StageDefinition

Validity = tuple[date | None, date | None]


class Codes:
    """Read once for a package."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[str, list[Validity]]] = {}
        self.stages: dict[str, list[str]] = {}
        rows = CodeValue.objects.values_list("list_name", "code", "valid_from", "valid_to")
        for list_name, code, first, last in rows:
            self.lists.setdefault(list_name, {}).setdefault(code, []).append((first, last))
        for pathway, code in StageDefinition.objects.values_list("pathway_id", "code"):
            self.stages.setdefault(pathway, []).append(code)

    def is_known(self, list_name: str, code: str) -> bool:
        """Whether the list ever held the code."""
        return code in self.lists.get(list_name, {})

    def is_valid(self, list_name: str, code: str, day: date) -> bool:
        """Whether the list holds the code on that day; its first and last day count."""
        spells = self.lists.get(list_name, {}).get(code, [])
        return any((first or day) <= day <= (last or day) for first, last in spells)

    def is_stage(self, pathway: str, stage: str) -> bool:
        """Whether the pathway has the stage; one's own pathway may have any."""
        return pathway == PathwayCode.OTHER or stage in self.stages.get(pathway, [])

    def listed(self, list_name: str) -> str:
        """The codes of a list, for a sentence."""
        return ", ".join(sorted(self.lists.get(list_name, {})))
