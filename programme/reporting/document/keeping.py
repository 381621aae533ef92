"""Keeps headings with what they head, without leaving half a page empty before a long table."""

from reportlab.platypus.flowables import Flowable, KeepTogether


class KeptWithStart(KeepTogether):
    """Together on one page; of the last part, its beginning is enough where it can be split."""

    def __init__(self, flowables: list[Flowable]) -> None:
        """What leads, then what it leads to."""
        super().__init__(flowables)
        self.flowables = list(flowables)

    def split(self, width: float, height: float) -> list[Flowable]:
        """In place if all leading parts and a beginning of the last fit, else on the next page."""
        *leading, last = self.flowables
        room = height - sum(_height(part, width) for part in leading) - last.getSpaceBefore()
        if room > 0 and last.split(width, room):
            return self.flowables
        parts: list[Flowable] = super().split(width, height)
        return parts


def _height(flowable: Flowable, width: float) -> float:
    _width, height = flowable.wrap(width, 0)
    return height + flowable.getSpaceBefore() + flowable.getSpaceAfter()
